namespace Classroom.Silo.Hosting;

/// <summary>Content and kits stand beside the program, wherever it is started from.</summary>
public static class ContentRoot
{
    public static string Find() =>
        Directory.Exists(Path.Combine(Environment.CurrentDirectory, "wwwroot")) ? Environment.CurrentDirectory
        : Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")) ? AppContext.BaseDirectory
        : OfProject(AppContext.BaseDirectory) ?? Environment.CurrentDirectory;

    // The project folder, when the program runs from its build output.
    private static string? OfProject(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Classroom.Silo.csproj")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
