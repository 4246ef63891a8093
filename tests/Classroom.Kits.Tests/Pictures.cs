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

    public static byte[] Png(uint width, uint height, params (string Name, string Text)[] more)
    {
        var head = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(head, width);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), height);
        return [0x89, .. "PNG\r\n\u001A\n"u8, .. Part("IHDR", head), .. more.SelectMany(m => Part(m.Name, Encoding.ASCII.GetBytes(m.Text))), .. Part("IDAT", [1, 2, 3]), .. Part("IEND", [])];

        // Nobody here looks at the sum at its end.
        static byte[] Part(string name, byte[] bytes) => [0, 0, (byte)(bytes.Length >> 8), (byte)bytes.Length, .. Encoding.ASCII.GetBytes(name), .. bytes, 9, 9, 9, 9];
    }

    /// <param name="kind">VP8, VP8L or VP8X.</param>
    /// <param name="flags">Of VP8X: what else is in it.</param>
    public static byte[] WebP(string kind, int width, int height, byte flags = 0, params (string Name, string Text)[] more)
    {
        var (w, h) = (width - 1, height - 1);
        byte[] parts = kind switch
        {
            "VP8" => Part("VP8 ", [0, 0, 0, 0x9D, 0x01, 0x2A, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8)]),
            "VP8L" => Part("VP8L", [0x2F, (byte)w, (byte)(w >> 8 | h << 6), (byte)(h >> 2), (byte)(h >> 10), 0, 0, 0, 0, 0]),
            _ => [.. Part("VP8X", [flags, 0, 0, 0, (byte)w, (byte)(w >> 8), 0, (byte)h, (byte)(h >> 8), 0]), .. more.SelectMany(m => Part(m.Name, Encoding.ASCII.GetBytes(m.Text))), .. Part("VP8 ", [7, 7])],
        };
        return [.. "RIFF"u8, (byte)(parts.Length + 4), (byte)((parts.Length + 4) >> 8), 0, 0, .. "WEBP"u8, .. parts];

        static byte[] Part(string name, byte[] bytes) => [.. Encoding.ASCII.GetBytes(name), (byte)bytes.Length, 0, 0, 0, .. bytes, .. bytes.Length % 2 == 1 ? new byte[1] : []];
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
