using System.Security.Cryptography;
using System.Text;
using Classroom.Kits.Reading;
using Classroom.Kits.Yaml;

namespace Classroom.Kits;

/// <summary>Reads and checks a kit. A broken kit never starts: it comes back as all of its errors, none hidden behind the first.</summary>
public static class KitLoader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Reads the file at <paramref name="path"/>. Errors name it by its file name. What has no length, a device, a pipe or a socket, is never opened: it may
    /// have no end, or wait for one who writes.
    /// </summary>
    public static KitResult Load(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            var length = new FileInfo(path).Length;
            return length > Limits.FileBytes ? Huge(name, length)
                : length == 0 ? Failed(name, KitErrorCodes.EmptyFile, "the file is empty, or is no ordinary file")
                : Parse(BeginOf(path), name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Failed(name, KitErrorCodes.NoFile, "the file cannot be read: " + e.Message);
        }
    }

    /// <summary>Reads a text, as an editor holds it.</summary>
    public static KitResult Parse(string yaml, string file = "kit.yaml") => Parse(Encoding.UTF8.GetBytes(yaml), file);

    public static KitResult Parse(byte[] bytes, string file = "kit.yaml")
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length > Limits.FileBytes)
        {
            return Huge(file, bytes.Length);
        }

        string text;
        try
        {
            text = StrictUtf8.GetString(bytes).TrimStart('\uFEFF').ReplaceLineEndings("\n");
        }
        catch (DecoderFallbackException)
        {
            return Failed(file, KitErrorCodes.NotUtf8, "the file is not in UTF-8: save it again with the encoding UTF-8");
        }

        var errors = new ErrorSink(file);
        FindTabs(text, errors);
        var kit = errors.Any ? null : Read(text, Convert.ToHexStringLower(SHA256.HashData(bytes)), errors);
        return errors.Any ? new KitResult(null, errors.Errors) : new KitResult(kit, []);
    }

    // One byte more than is allowed: a file that grows while it is read is huge, and not read to its end.
    private static byte[] BeginOf(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[Math.Min(file.Length, Limits.FileBytes) + 1];
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    private static Kit? Read(string text, string hash, ErrorSink errors)
    {
        try
        {
            var root = YamlTree.Read(text);
            if (root is null or YamlScalar { IsNull: true })
            {
                errors.Add(KitErrorCodes.EmptyFile, default, "", "the file is empty");
                return null;
            }

            return KitReader.Read(root, hash, errors);
        }
        catch (YamlRefusal refusal)
        {
            errors.Add(refusal.Code, refusal.At, "", refusal.Message);
            return null;
        }
    }

    private static void FindTabs(string text, ErrorSink errors)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var column = lines[i].IndexOf('\t', StringComparison.Ordinal);
            if (column >= 0)
            {
                errors.Add(KitErrorCodes.Tab, new Position(i + 1, column + 1), "", "a tab: use spaces");
            }
        }
    }

    private static KitResult Huge(string file, long length) =>
        Failed(file, KitErrorCodes.HugeFile, $"the file has {length} bytes; at most {Limits.FileBytes} are allowed");

    private static KitResult Failed(string file, string code, string message) =>
        new(null, [new KitError(file, 0, 0, "", code, message)]);
}
