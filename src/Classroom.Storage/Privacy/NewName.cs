using System.Runtime.InteropServices;
using System.Text;

namespace Classroom.Storage;

/// <summary>
/// A name is given to a file that is whole, and only where nothing bears it, also among processes that do so at once. <see cref="File.Move(string, string)"/>
/// looks first and renames then, so of two the second takes the first one's place; a hard link is made or refused in one act (link, POSIX).
/// </summary>
internal static class NewName
{
    private const int Exists = 17; // EEXIST

    /// <returns>False when the name is another file's: this one is gone then, and the other stands.</returns>
    /// <exception cref="IOException">The name cannot be given; nothing is left of the file.</exception>
    public static bool Give(string made, string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                return Moved(made, path);
            }

            if (Link(Encoding.UTF8.GetBytes(made + '\0'), Encoding.UTF8.GetBytes(path + '\0')) == 0)
            {
                return true;
            }

            // A file system without hard links has nothing better.
            return Marshal.GetLastPInvokeError() != Exists && Moved(made, path);
        }
        finally
        {
            File.Delete(made);
        }
    }

    private static bool Moved(string made, string path)
    {
        try
        {
            File.Move(made, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    private static extern int Link(byte[] file, byte[] name);
}
