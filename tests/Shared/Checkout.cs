namespace Classroom.Tests;

/// <summary>The repository that the tests were built in.</summary>
internal static class Checkout
{
    public static string Folder { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Classroom.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
