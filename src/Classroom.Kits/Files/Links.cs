namespace Classroom.Kits.Files;

internal static class Links
{
    /// <summary>A link within the folder is how Kubernetes mounts files; one that leads out of it shows what was never put there.</summary>
    public static bool LeadsOut(string folder, FileSystemInfo file)
    {
        try
        {
            if (file.LinkTarget is null)
            {
                return false;
            }

            var inside = (Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(folder)).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
            return file.ResolveLinkTarget(returnFinalTarget: true) is not { Exists: true } target || !Path.GetFullPath(target.FullName).StartsWith(inside, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // Links that lead to each other.
            return true;
        }
    }
}
