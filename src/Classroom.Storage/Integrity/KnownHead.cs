using System.Text;

namespace Classroom.Storage;

/// <summary>A fact that a checkpoint says was stored.</summary>
public sealed record KnownHead(string Stream, long Version, byte[] Hash, DateTimeOffset Time)
{
    // A line holds two thousand heads at most (CheckpointFile); whoever cannot be read to its line's begin is left to `verify`.
    private const int MostOfAFile = 512 * 1024;
    private const int MostFiles = 100;
    private const int MostOfALine = 50;

    /// <summary>
    /// What the newest checkpoints of a folder know, the newest last. The end of a file is enough to see that the log has lost its own end, so that a
    /// start takes no longer after years; `verify` reads all.
    /// </summary>
    /// <returns>Nothing where there is no folder.</returns>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static IReadOnlyList<KnownHead> NewestOf(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        // Names carry the time of a clock that may have been wrong, and so do the files' dates: the newest by either.
        var files = Directory.GetFiles(folder, CheckpointFile.Pattern);
        var newest = files.OrderDescending(StringComparer.Ordinal).Take(MostFiles).Union(files.OrderByDescending(File.GetLastWriteTimeUtc).Take(MostFiles), StringComparer.Ordinal);
        return [.. newest.Concat(Directory.GetFiles(folder, CheckpointFile.NewestPattern)).SelectMany(OfEndOf).OrderBy(h => h.Time)];
    }

    private static IEnumerable<KnownHead> OfEndOf(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(Math.Max(0, file.Length - MostOfAFile), SeekOrigin.Begin);
        using var reader = new StreamReader(file, Encoding.UTF8);
        // The last line may be torn: the one before it counts then.
        return reader.ReadToEnd().Split('\n').Reverse().Where(l => l.Length > 0).Take(2).Select(CheckpointLine.TryParse).FirstOrDefault(l => l is not null)
            is { } line ? [.. line.Heads.TakeLast(MostOfALine).Select(h => new KnownHead(h.Stream, h.Version, Convert.FromHexString(h.Hash), line.Time))] : [];
    }
}
