namespace Classroom.Grains.Tests;

/// <summary>What the design says of the grains' form.</summary>
public sealed class Shape
{
    public static TheoryData<string> GrainFiles => [.. Directory.GetFiles(Folder(), "*.cs").Select(f => Path.GetFileName(f)!)];

    [Theory]
    [MemberData(nameof(GrainFiles))]
    public void A_grain_is_a_shell_of_at_most_150_lines(string file) =>
        File.ReadAllLines(Path.Combine(Folder(), file)).Length.ShouldBeLessThanOrEqualTo(150);

    [Fact]
    public void A_grain_never_waits_for_a_process_that_listens() =>
        typeof(IClassroomObserver).GetMethods().Concat(typeof(ICentreObserver).GetMethods())
            .ShouldAllBe(m => m.IsDefined(typeof(Orleans.Concurrency.OneWayAttribute), inherit: false));

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Classroom.sln")))
            {
                return Path.Combine(folder.FullName, "src", "Classroom.Grains");
            }
        }

        throw new DirectoryNotFoundException("Classroom.sln is not above the tests.");
    }
}
