namespace Classroom.Lessons.Tests;

/// <summary>Where this project and the whole checkout lie, for files that a test reads or rewrites.</summary>
internal static class Folders
{
    public static string Project => Above("Classroom.Lessons.Tests.csproj");

    public static string Checkout => Above("Classroom.sln");

    /// <summary>Set ORTAQ_WRITE_GOLDEN=1 to write expected files anew instead of comparing with them.</summary>
    public static bool WritesGolden => Environment.GetEnvironmentVariable("ORTAQ_WRITE_GOLDEN") == "1";

    private static string Above(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, file)))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
