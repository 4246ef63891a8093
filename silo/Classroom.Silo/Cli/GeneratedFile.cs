namespace Classroom.Silo.Cli;

/// <summary>A file that the build generates other files from.</summary>
public static class GeneratedFile
{
    /// <summary>Leaves the file untouched when nothing changed, so that what is made from it is not made anew.</summary>
    public static void Write(string file, string text)
    {
        if (File.Exists(file) && File.ReadAllText(file) == text)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllText(file, text);
    }
}
