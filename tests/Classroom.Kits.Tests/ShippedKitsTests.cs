namespace Classroom.Kits.Tests;

/// <summary>The kits that ship: they load, they are runnable, and they keep the rules of a good text.</summary>
public class ShippedKitsTests
{
    private static readonly KitLibrary Library = KitLibrary.LoadAll(KitLibrary.ShippedFolder);

    public static TheoryData<string> Files() => [.. Directory.GetFiles(KitLibrary.ShippedFolder).Select(f => Path.GetFileName(f)!).Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_shipped_kit_loads_without_an_error(string file)
    {
        var result = KitLoader.Load(Path.Combine(KitLibrary.ShippedFolder, file));

        string.Join('\n', result.Errors).ShouldBe("");
        result.Ok.ShouldBeTrue();
    }

    [Fact]
    public void The_library_holds_them_all()
    {
        Library.Errors.ShouldBeEmpty();
        Library.Find("photosynthesis").ShouldNotBeNull();
    }
}
