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

    // A line is read whole by whoever verifies, so it stays within a few hundred kilobytes.
    private const int HeadsPerLine = 2000;
    private string? _path;
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
}
