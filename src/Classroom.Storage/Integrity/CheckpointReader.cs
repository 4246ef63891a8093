namespace Classroom.Storage;

/// <summary>Reads a checkpoint file and checks its own chain. The last line may be torn: the power went, or it is being written right now.</summary>
internal static class CheckpointReader
{
    /// <returns>The lines that can be read; a line that breaks the chain is reported, and still read: it can only raise an alarm.</returns>
    public static IEnumerable<CheckpointLine> Read(string path, Action<Finding> broken, Action<string> note)
    {
        var name = Path.GetFileName(path);
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var (previous, number, next) = ((string?)CheckpointLine.NoPrevious, 0L, reader.ReadLine());
        while (next is { } text)
        {
            next = reader.ReadLine();
            number++;
            if (CheckpointLine.TryParse(text) is not { } line)
            {
                if (next is null)
                {
                    note($"{name} line {number}: the last line is torn (the power went while it was written, or it is being written now); the lines before it count.");
                    yield break;
                }

                broken(new Finding(Fault.Checkpoint, name, number, "this line of the checkpoints was edited: it cannot be read"));
                previous = null;
                continue;
            }

            if (previous is not null && line.Previous != previous)
            {
                // The line knows the one before it, so it is that one which differs: or the first line, which has none before it.
                broken(new Finding(Fault.Checkpoint, name, Math.Max(number - 1, 1), line.Sequence == number
                    ? "this line of the checkpoints was edited: the next one knows another" : "lines of the checkpoints are missing here"));
            }

            previous = CheckpointLine.HashOf(text);
            yield return line;
        }
    }
}
