using System.Text.RegularExpressions;

namespace Classroom.Silo.Hosting;

/// <summary>
/// Whether a folder is a volume without a name, which Docker and Podman make for a <c>VOLUME</c> of an image when nobody gave one: it goes with its container,
/// or stays behind under a number that nobody finds (one that is given by that number later looks the same). The kernel tells where in its file system a mount begins, and theirs begin at the volume's own folder.
/// </summary>
public static partial class ContainerVolume
{
    private const int Root = 3;
    private const int Point = 4;

    public static bool IsNameless(string folder)
    {
        try
        {
            return OperatingSystem.IsLinux() && IsNameless(folder, File.ReadLines("/proc/self/mountinfo"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whoever hides it is no Docker.
            return false;
        }
    }

    /// <param name="mounts">Lines of <c>/proc/self/mountinfo</c>.</param>
    internal static bool IsNameless(string folder, IEnumerable<string> mounts)
    {
        // The one that covers the folder: the longest, and of two in one place the last.
        var (covers, root) = ("", "");
        foreach (var mount in mounts.Select(m => m.Split(' ')).Where(m => m.Length > Point))
        {
            var point = Unescaped(mount[Point]).TrimEnd('/');
            if (point.Length >= covers.Length && (folder == point || folder.StartsWith(point + '/', StringComparison.Ordinal)))
            {
                (covers, root) = (point, mount[Root]);
            }
        }

        return Nameless().IsMatch(root);
    }

    private static string Unescaped(string text) => text.Replace("\\040", " ", StringComparison.Ordinal).Replace("\\011", "\t", StringComparison.Ordinal).Replace("\\134", "\\", StringComparison.Ordinal);

    [GeneratedRegex("/volumes/[0-9a-f]{64}/_data$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Nameless();
}
