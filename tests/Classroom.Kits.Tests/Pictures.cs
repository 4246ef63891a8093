using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Classroom.Kits.Tests;

/// <summary>Pictures made by hand, and the sample as a kit that has some: in a folder, or in a zip.</summary>
internal static class Pictures
{
    public const string Svg = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 54"><rect width="96" height="54" rx="4" fill="#fbf7ea"/></svg>""";

    public static readonly string Yaml = Sample.Yaml
        .Replace("lessons:\n", Declared("leaf", "leaf.svg") + Declared("key", "key.png", "").Replace("images:\n", "", StringComparison.Ordinal) + "lessons:\n", StringComparison.Ordinal)
        .Replace("      - id: s-ask\n", "      - id: s-ask\n        image: leaf\n        boardImage: key\n", StringComparison.Ordinal)
        .Replace("          - id: q-single\n", "          - id: q-single\n            image: leaf\n            solutionImage: key\n", StringComparison.Ordinal)
        .Replace("              - id: a\n", "              - id: a\n                image: key\n", StringComparison.Ordinal)
        .Replace("          - id: e-one\n", "          - id: e-one\n            image: leaf\n", StringComparison.Ordinal)
        .Replace("          - id: p-1\n", "          - id: p-1\n            image: leaf\n", StringComparison.Ordinal);

    public static string Declared(string id, string file, string caption = "    caption:\n      kk: Жапырақ\n      ru: Лист\n      en: A leaf\n") =>
        $"images:\n  - id: {id}\n    file: {file}\n    alt:\n      kk: Жасыл жапырақ\n      ru: Зелёный лист\n      en: A green leaf\n{caption}    source: Ortaq\n    licence: CC BY 4.0\n";

    public static byte[] Png(uint width, uint height)
    {
        var bytes = new byte[60];
        new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R' }.CopyTo(bytes, 0);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(20), height);
        return bytes;
    }

    /// <param name="kind">VP8, VP8L or VP8X.</param>
    public static byte[] WebP(string kind, int width, int height)
    {
        var bytes = new byte[40];
        Encoding.ASCII.GetBytes("RIFF\0\0\0\0WEBP" + kind.PadRight(4)).CopyTo(bytes, 0);
        switch (kind)
        {
            case "VP8":
                (bytes[23], bytes[24], bytes[25]) = (0x9D, 0x01, 0x2A);
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(26), (ushort)width);
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(28), (ushort)height);
                break;
            case "VP8L":
                bytes[20] = 0x2F;
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(21), (uint)(width - 1) | (uint)(height - 1) << 14);
                break;
            default:
                (bytes[24], bytes[25], bytes[26]) = ((byte)(width - 1), (byte)((width - 1) >> 8), 0);
                (bytes[27], bytes[28], bytes[29]) = ((byte)(height - 1), (byte)((height - 1) >> 8), 0);
                break;
        }

        return bytes;
    }

    public static byte[] Zip(params (string Name, byte[] Bytes)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    public static (string Name, byte[] Bytes)[] Whole(string root = "", byte[]? svg = null, byte[]? png = null, string? yaml = null) =>
        [(root + "kit.yaml", Encoding.UTF8.GetBytes(yaml ?? Yaml)), (root + "images/leaf.svg", svg ?? Encoding.UTF8.GetBytes(Svg)), (root + "images/key.png", png ?? Png(120, 80))];

    public static IReadOnlyList<KitError> Errors(params (string Name, byte[] Bytes)[] files) => KitLoader.Parse(Zip(files), "kit.zip").Errors;
}
