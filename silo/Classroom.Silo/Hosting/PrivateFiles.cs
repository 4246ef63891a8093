using System.Runtime.InteropServices;

namespace Classroom.Silo.Hosting;

/// <summary>Nothing that this program keeps is for other accounts of the machine: what it makes it alone may read, and what stood open before is closed.</summary>
public static class PrivateFiles
{
    private const int GroupAndOthers = 0x3F; // 077
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    // What the program, its backups and its restore make. The folder may be somebody's home by mistake: what else is in it is none of ours.
    private static readonly string[] Ours = ["ortaq.", "checkpoints", "newest-", "before-"];
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, MaxRecursionDepth = 4, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>From here on, whatever the shell or the service had set. SQLite and the framework make files of their own: only the process's mask reaches them all.</summary>
    public static void Begin()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = UMask(GroupAndOthers);
        }
    }

    /// <returns>What stands open to others and could not be closed, for it belongs to somebody else or lies on a disk that knows no owners.</returns>
    public static IReadOnlyList<string> Close(string folder)
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists(folder))
        {
            return [];
        }

        var all = new DirectoryInfo(folder).GetFileSystemInfos().ToLookup(i => Ours.Any(o => i.Name.StartsWith(o, StringComparison.Ordinal)));
        var paths = all[true].SelectMany(i => i is DirectoryInfo { LinkTarget: null } d ? d.EnumerateFileSystemInfos("*", Everything).Prepend(d) : [i]).Select(i => i.FullName);
        return [.. (all[false].Any() ? paths : paths.Prepend(folder)).Where(IsOpen).Where(p => !TryClose(p))];
    }

    private static bool IsOpen(string path)
    {
        try
        {
            return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None;
        }
        catch (IOException)
        {
            // It went meanwhile.
            return false;
        }
    }

    private static bool TryClose(string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, File.GetUnixFileMode(path) & ~Others);
            }

            return !IsOpen(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "umask")]
    private static extern uint UMask(uint mask);
}
