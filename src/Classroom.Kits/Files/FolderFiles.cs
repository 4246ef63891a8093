namespace Classroom.Kits.Files;

/// <summary>A kit that is a folder. A link that leads out of it is no file of it, and neither is what has no length: a device, a pipe.</summary>
internal sealed class FolderFiles(string folder) : KitFiles
{
    public override byte[]? Read(string name, int most)
    {
        try
        {
            var file = new FileInfo(Path.Combine(folder, name));
            if (!file.Exists || file.Length == 0 || Links.LeadsOut(folder, file) || Links.LeadsOut(folder, file.Directory!))
            {
                return null;
            }

            using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return BeginOf(stream, stream.Length, most);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
