using System.Text;

namespace Classroom.Storage;

/// <summary>
/// The heads of the log, kept apart from it: a file of this process alone, only ever added to, each line carrying the hash of the line before.
/// One caller at a time.
/// Invariant: when <see cref="Write"/> returns, the lines are on the disk.
/// </summary>
public sealed class CheckpointFile(string folder, TimeProvider time)
{
    public const string Pattern = "checkpoints-*.jsonl";

    /// <summary>Beside them, a file a process: the fact that it stored last.</summary>
    public const string NewestPattern = "newest-*.json";

    // A line is read whole by whoever verifies, so it stays within a few hundred kilobytes.
    private const int HeadsPerLine = 2000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);
    private string? _path;
    private string? _newestPath;
    private int _newestSize = 512;
    private string _previous = CheckpointLine.NoPrevious;
    private long _sequence;

    /// <exception cref="IOException">Not written, or not whole: the next call begins another file, and the torn line stays in this one.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public void Write(IReadOnlyDictionary<string, Head> heads)
    {
        ArgumentNullException.ThrowIfNull(heads);
        var now = time.GetUtcNow();
        try
        {
            Directory.CreateDirectory(folder);
            _path ??= Path.Combine(folder, $"checkpoints-{Guid.CreateVersion7(now)}.jsonl");
            using var file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read);
            foreach (var some in heads.Chunk(HeadsPerLine))
            {
                var line = new CheckpointLine(
                    _sequence + 1, now, [.. some.Select(h => new CheckpointHead(h.Key, h.Value.Version, Convert.ToHexStringLower(h.Value.Hash)))],
                    _previous).ToJson();
                file.Write(Encoding.UTF8.GetBytes(line + "\n"));
                (_sequence, _previous) = (_sequence + 1, CheckpointLine.HashOf(line));
            }

            file.Flush(flushToDisk: true);
        }
        catch
        {
            (_path, _sequence, _previous) = (null, 0, CheckpointLine.NoPrevious);
            throw;
        }
    }

    /// <summary>
    /// Notes the fact that was stored last, in the place of the one before: what the next start must find. Not flushed, so it costs nothing, and it is
    /// on the disk at most as late as the system writes by itself; a line of <see cref="Write"/> is there at once.
    /// </summary>
    /// <exception cref="IOException">Not written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public void WriteNewest(string stream, Head head)
    {
        var now = time.GetUtcNow();
        var line = new CheckpointLine(1, now, [new CheckpointHead(stream, head.Version, Convert.ToHexStringLower(head.Hash))], CheckpointLine.NoPrevious).ToJson();
        Directory.CreateDirectory(folder);
        _newestPath ??= Path.Combine(folder, NewestPattern.Replace("*", Guid.CreateVersion7(now).ToString(), StringComparison.Ordinal));
        using var file = File.OpenHandle(_newestPath, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        // One write, never shorter than the one before: the end of the old one must not stand behind the new one.
        var bytes = Encoding.UTF8.GetBytes(line);
        _newestSize = Math.Max(_newestSize, bytes.Length);
        RandomAccess.Write(file, [.. bytes, .. Enumerable.Repeat((byte)' ', _newestSize - bytes.Length)], 0);
    }

    /// <summary>What processes before this one noted last, once it was found in the log. Where several processes share the folder, only what is old.</summary>
    public void ForgetNewestOfOthers(bool alone)
    {
        foreach (var path in Directory.Exists(folder) ? Directory.GetFiles(folder, NewestPattern).Where(p => p != _newestPath) : [])
        {
            if (alone || time.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(path) > KeptFor)
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>Puts aside what is known of a database that is not there any more; it stays readable with `verify --checkpoints`.</summary>
    /// <returns>Where it is now.</returns>
    public string PutAside()
    {
        var aside = Path.Combine(folder, "before-" + time.GetUtcNow().ToString("yyyyMMdd-HHmmss", System.Globalization.CultureInfo.InvariantCulture));
        Directory.CreateDirectory(aside);
        foreach (var path in Directory.GetFiles(folder, Pattern).Concat(Directory.GetFiles(folder, NewestPattern)))
        {
            File.Move(path, Path.Combine(aside, Path.GetFileName(path)));
        }

        return aside;
    }
}
