using System.Runtime.InteropServices;
using System.Text;

namespace Classroom.Storage;

/// <summary>
/// Which file a name leads to, by device and number, so that one that was put in another's place is known. .NET does not tell it, so Linux is asked
/// (statx, whose layout is the same on every processor). Elsewhere it is only known whether the name leads to a file.
/// </summary>
internal readonly record struct FileIdentity(ulong Device, ulong Number)
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint WithNumber = 0x100; // STATX_INO
    private const uint WithChange = 0x80; // STATX_CTIME

    /// <returns>Null when there is no such file.</returns>
    public static FileIdentity? Of(string path) => StateOf(path)?.File;

    /// <summary>The same, and when it was last changed in any way: whoever writes into the file, moves it or copies another over it moves that on.</summary>
    public static (FileIdentity File, long Seconds, uint Nanoseconds)? StateOf(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return File.Exists(path) ? (default, File.GetLastWriteTimeUtc(path).Ticks, 0) : null;
        }

        var found = default(Found);
        return StatX(CurrentFolder, Encoding.UTF8.GetBytes(path + '\0'), 0, WithNumber | WithChange, ref found) == 0
            ? (new FileIdentity(((ulong)found.Major << 32) | found.Minor, found.Number), found.Seconds, found.Nanoseconds) : null;
    }

    [DllImport("libc", EntryPoint = "statx")]
    private static extern int StatX(int folder, byte[] path, int flags, uint mask, ref Found found);

    // struct statx: what is read of its 256 bytes.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Found
    {
        [FieldOffset(32)]
        public ulong Number;

        [FieldOffset(96)]
        public long Seconds;

        [FieldOffset(104)]
        public uint Nanoseconds;

        [FieldOffset(136)]
        public uint Major;

        [FieldOffset(140)]
        public uint Minor;
    }
}
