using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Classroom.Tutor.Audit;

public sealed record ManifestFile(string Name, long Bytes, string Sha256);

/// <summary>What is signed: the name, the size and the hash of each file.</summary>
public sealed record Manifest(string Format, ImmutableArray<ManifestFile> Files)
{
    public const string FormatNow = "ortaq-audit-manifest.1";

    internal static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, NewLine = "\n", RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true,
    };
}

/// <summary>A dossier as files in a folder, and as one zip of them.</summary>
public static class DossierFiles
{
    public const string Json = "dossier.json";
    public const string ManifestName = "manifest.json";
    public const string Signature = "manifest.sig";
    public const string PublicKey = "public.pem";

    // More is none that this program wrote.
    private const int MostFiles = 20;
    private const long MostBytes = 64 << 20;

    /// <summary>All files of a signed dossier, by name.</summary>
    public static ImmutableSortedDictionary<string, byte[]> Of(Dossier dossier, DossierSigner signer)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(signer);
        var files = ImmutableSortedDictionary.CreateBuilder<string, byte[]>(StringComparer.Ordinal);
        files[Json] = dossier.ToJson();
        foreach (var language in Enum.GetValues<Language>())
        {
            files[DossierHtml.NameOf(language)] = DossierHtml.Of(dossier, language);
        }

        return Signed(files.ToImmutable(), signer);
    }

    /// <summary>The files with a manifest of them, its signature and the key.</summary>
    public static ImmutableSortedDictionary<string, byte[]> Signed(ImmutableSortedDictionary<string, byte[]> files, DossierSigner signer)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(signer);
        var manifest = JsonSerializer.SerializeToUtf8Bytes(
            new Manifest(Manifest.FormatNow, [.. files.Select(f => new ManifestFile(f.Key, f.Value.Length, Convert.ToHexStringLower(SHA256.HashData(f.Value))))]), Manifest.Options);
        return files.Add(ManifestName, manifest).Add(Signature, signer.Sign(manifest)).Add(PublicKey, Encoding.ASCII.GetBytes(signer.PublicPem));
    }

    /// <summary>Makes the folder and writes into it and beside it, to see that both can be done.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not.</exception>
    public static void TryFolder(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var probe in new[] { Path.Combine(folder, ".probe"), ZipOf(folder) + ".probe" })
        {
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
    }

    private static string ZipOf(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + ".zip";

    public static async Task WriteAsync(ImmutableSortedDictionary<string, byte[]> files, string folder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        Directory.CreateDirectory(folder);
        foreach (var (name, bytes) in files)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, name), bytes, cancellationToken);
        }

        await File.WriteAllBytesAsync(ZipOf(folder), Zip(files), cancellationToken);
    }

    public static byte[] Zip(ImmutableSortedDictionary<string, byte[]> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize).Open();
                entry.Write(bytes);
            }
        }

        return memory.ToArray();
    }

    // What a Mac's file manager lays beside the files of everybody.
    private static bool IsOfFinder(string name) => name.StartsWith("__MACOSX/", StringComparison.Ordinal) || Path.GetFileName(name) is ".DS_Store" or ['.', '_', ..];

    /// <summary>The files of a folder or of a zip. Nothing is written anywhere.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no zip, a broken one, or holds what no dossier holds.</exception>
    public static ImmutableSortedDictionary<string, byte[]> Read(string path)
    {
        if (!Directory.Exists(path))
        {
            MustBeFile(new FileInfo(path));
            using var stream = File.OpenRead(path);
            return Unzip(stream);
        }

        var files = Directory.GetFiles(path).Where(f => !IsOfFinder(f)).Take(MostFiles + 1).Select(f => new FileInfo(f)).ToList();
        if (files.Exists(f => f.LinkTarget is not null))
        {
            throw new InvalidDataException("It holds a link: a dossier is files alone.");
        }

        files.ForEach(MustBeFile);
        return files.Count > MostFiles || files.Sum(f => f.Length) > MostBytes ? throw TooMuch()
            : files.ToImmutableSortedDictionary(f => f.Name, f => File.ReadAllBytes(f.FullName), StringComparer.Ordinal);
    }

    /// <inheritdoc cref="Read"/>
    public static ImmutableSortedDictionary<string, byte[]> Unzip(Stream stream)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        var entries = zip.Entries.Where(e => !IsOfFinder(e.FullName)).ToList();
        // Whoever packs the folder again has it as the one folder at the top.
        var top = entries.Select(e => e.FullName.Split('/')[0]).Distinct(StringComparer.Ordinal).ToList() is [var only] && only is not ("" or "." or "..") && entries.TrueForAll(e => e.FullName.StartsWith(only + "/", StringComparison.Ordinal)) ? only.Length + 1 : 0;
        var (files, left) = (ImmutableSortedDictionary.CreateBuilder<string, byte[]>(StringComparer.Ordinal), MostBytes);
        foreach (var entry in entries.Count > MostFiles + 1 ? throw TooMuch() : entries)
        {
            var name = entry.FullName[top..];
            if (top > 0 && name.Length == 0)
            {
                // The folder itself.
                continue;
            }

            if (name.Length == 0 || name is "." or ".." || name.AsSpan().IndexOfAny('/', '\\', ':') >= 0 || entry.FullName.Any(char.IsControl))
            {
                throw new InvalidDataException($"The zip holds the name \"{entry.FullName}\", which leads out of its folder.");
            }

            using var content = entry.Open();
            using var memory = new MemoryStream();
            var buffer = new byte[64 * 1024];
            // What an entry says of its size is not believed.
            for (int read; (read = content.Read(buffer)) > 0; memory.Write(buffer, 0, read))
            {
                left -= read;
                if (left < 0)
                {
                    throw TooMuch();
                }
            }

            if (!files.TryAdd(name, memory.ToArray()))
            {
                throw new InvalidDataException($"The zip holds {entry.FullName} twice.");
            }
        }

        return files.ToImmutable();
    }

    // A pipe or a device has no length, and would be read for ever.
    private static void MustBeFile(FileInfo file)
    {
        if ((file.ResolveLinkTarget(returnFinalTarget: true) ?? file) is { Exists: true } and not FileInfo { Length: > 0 })
        {
            throw new InvalidDataException($"{file.Name} is not a file, or an empty one.");
        }
    }

    private static InvalidDataException TooMuch() => new($"It holds more than {MostFiles} files, or more than {MostBytes >> 20} MB: no dossier does.");
}
