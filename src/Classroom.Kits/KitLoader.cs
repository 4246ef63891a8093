using System.IO.Compression;
using System.Text;
using Classroom.Kits.Files;
using Classroom.Kits.Reading;
using Classroom.Kits.Yaml;

namespace Classroom.Kits;

/// <summary>Reads and checks a kit. A broken kit never starts: it comes back as all of its errors, none hidden behind the first.</summary>
public static class KitLoader
{
    internal const string KitFile = "kit.yaml";
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Reads the file at <paramref name="path"/>, a YAML or a zip, or the folder with a kit.yaml in it. Errors name it by its name. What has no length, a device, a pipe or a socket, is never opened: it may
    /// have no end, or wait for one who writes.
    /// </summary>
    public static KitResult Load(string path)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        try
        {
            if (Directory.Exists(path))
            {
                return LoadFolder(path, name);
            }

            var length = new FileInfo(path).Length;
            return length > Limits.ZipBytes ? Huge(name, length, Limits.ZipBytes)
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
        return ZipFiles.IsZip(bytes) ? ParseZip(bytes, file) : Parse(bytes, file, KitFiles.None);
    }

    private static KitResult LoadFolder(string path, string name)
    {
        var files = new FolderFiles(path);
        return files.Read(KitFile, Limits.FileBytes) is { } yaml ? Parse(yaml, $"{name}/{KitFile}", files)
            : Failed(name, KitErrorCodes.NoFile, $"there is no {KitFile} in the folder, or it is empty or no ordinary file");
    }

    private static KitResult ParseZip(byte[] bytes, string file)
    {
        if (bytes.Length > Limits.ZipBytes)
        {
            return Huge(file, bytes.Length, Limits.ZipBytes);
        }

        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            var (files, code, complaint) = ZipFiles.Open(zip);
            return files is null ? Failed(file, code!, complaint!) : Parse(files.Read(KitFile, Limits.FileBytes)!, $"{file}/{KitFile}", files);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            return Failed(file, KitErrorCodes.ZipBroken, "the zip cannot be read: " + e.Message);
        }
    }

    private static KitResult Parse(byte[] bytes, string file, KitFiles files)
    {
        if (bytes.Length > Limits.FileBytes)
        {
            return Huge(file, bytes.Length, Limits.FileBytes);
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
        var kit = errors.Any ? null : Read(text, bytes, files, errors);
        return errors.Any ? new KitResult(null, errors.Errors) : new KitResult(kit, []);
    }

    // One byte more than is allowed: a file that grows while it is read is huge, and not read to its end.
    private static byte[] BeginOf(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[Math.Min(file.Length, Limits.ZipBytes) + 1];
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    private static Kit? Read(string text, byte[] bytes, KitFiles files, ErrorSink errors)
    {
        try
        {
            var root = YamlTree.Read(text);
            if (root is null or YamlScalar { IsNull: true })
            {
                errors.Add(KitErrorCodes.EmptyFile, default, "", "the file is empty");
                return null;
            }

            return KitReader.Read(root, bytes, files, errors);
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

    private static KitResult Huge(string file, long length, int most) =>
        Failed(file, KitErrorCodes.HugeFile, $"the file has {length} bytes; at most {most} are allowed");

    private static KitResult Failed(string file, string code, string message) =>
        new(null, [new KitError(file, 0, 0, "", code, message)]);
}
