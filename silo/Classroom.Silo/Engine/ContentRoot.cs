namespace Classroom.Silo.Engine;

/// <summary>Finds the project folder when the program runs from its build output.</summary>
public static class ContentRoot
{
    public static string? OfProject(string from)
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
