using System.IO.Compression;
using Classroom.Kits.Reading;

namespace Classroom.Kits.Files;

/// <summary>
/// A kit in one zip: kit.yaml and images/, at its top or in one folder. Only what the kit names is unpacked, each file no further than its own limit, so
/// that what the zip promises of sizes does not matter. Names are compared and never opened: nothing is written anywhere.
/// </summary>
internal sealed class ZipFiles : KitFiles
{
    private const string Kit = "kit.yaml";
    private readonly Dictionary<string, ZipArchiveEntry> _entries;

    private ZipFiles(Dictionary<string, ZipArchiveEntry> entries) => _entries = entries;

    public static bool IsZip(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PK\u0003\u0004"u8) || bytes.StartsWith("PK\u0005\u0006"u8);

    /// <returns>The files, or the code and the sentence of what is wrong.</returns>
    public static (ZipFiles? Files, string? Code, string? Complaint) Open(ZipArchive zip)
    {
        if (zip.Entries.Count > Limits.ZipEntries)
        {
            return (null, KitErrorCodes.ZipEntries, $"the zip has {zip.Entries.Count} files; at most {Limits.ZipEntries} are allowed");
        }

        if (zip.Entries.FirstOrDefault(e => LeadsOut(e.FullName)) is { } outward)
        {
            return (null, KitErrorCodes.ZipPath, $"the zip holds a file with a path that leads out of it: {Words.Shown(outward.FullName)}");
        }

        var kits = zip.Entries.Where(e => e.Name == Kit && e.FullName.Count(c => c == '/') <= 1).ToList();
        if (kits is not [{ } kit])
        {
            return (null, KitErrorCodes.ZipWithoutKit, "the zip has no kit.yaml at its top or in its one folder, or has several");
        }

        var root = kit.FullName[..^Kit.Length];
        var files = zip.Entries.Where(e => e.FullName.StartsWith(root, StringComparison.Ordinal) && e.Name.Length > 0).ToList();
        return files.GroupBy(e => e.FullName, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? (null, KitErrorCodes.ZipPath, $"the zip has two files of one name: {Words.Shown(twice.Key)}")
            : (new ZipFiles(files.ToDictionary(e => e.FullName[root.Length..], StringComparer.Ordinal)), null, null);
    }

    public override byte[]? Read(string name, int most)
    {
        if (!_entries.TryGetValue(name, out var entry))
        {
            return null;
        }

        using var stream = entry.Open();
        // What it says of its length is not believed.
        return BeginOf(stream, most, most);
    }

    private static bool LeadsOut(string name) =>
        name.Length is 0 or > 255 || name[0] == '/' || name.Contains('\\', StringComparison.Ordinal) || name.Contains(':', StringComparison.Ordinal)
        || name.Any(char.IsControl) || name.Split('/').Any(p => p is "." or "..");
}
