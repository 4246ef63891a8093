namespace Classroom.Grains.Tests;

/// <summary>What the design says of the grains' form.</summary>
public sealed class Shape
{
    [Fact]
    public void No_file_of_the_grains_is_longer_than_150_lines() =>
        Directory.GetFiles(Folder(), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).ShouldAllBe(f => File.ReadAllLines(f).Length <= 150);

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
