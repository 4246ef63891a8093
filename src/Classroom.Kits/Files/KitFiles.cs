using System.Text.RegularExpressions;

namespace Classroom.Kits.Files;

/// <summary>What lies beside a kit's YAML: nothing, a folder, or what came in one zip with it.</summary>
internal abstract partial class KitFiles
{
    public static readonly KitFiles None = new Nothing();

    /// <returns>The file, or one byte more than <paramref name="most"/> of it; null when there is no ordinary file of this name.</returns>
    public abstract byte[]? Read(string name, int most);

    /// <summary>One file of the folder of pictures: no path, and nothing that a file system hides or reads in its own way.</summary>
    public static bool IsImageName(string name) => ImageName().IsMatch(name);

    protected static byte[] BeginOf(Stream stream, long length, int most)
    {
        var bytes = new byte[Math.Min(Math.Max(length, 0), most) + 1];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*\.(svg|png|webp)\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ImageName();

    private sealed class Nothing : KitFiles
    {
        public override byte[]? Read(string name, int most) => null;
    }
}
