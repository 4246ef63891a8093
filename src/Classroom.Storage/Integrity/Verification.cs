namespace Classroom.Storage;

public enum Fault
{
    /// <summary>The fact does not have the content that its hash was made of.</summary>
    Edited,

    /// <summary>The fact, with its hash, belongs elsewhere.</summary>
    OutOfOrder,

    /// <summary>A version between others is not there.</summary>
    Missing,

    /// <summary>A checkpoint knows later facts of the stream.</summary>
    CutOff,

    /// <summary>A checkpoint knows the stream; the log has nothing of it.</summary>
    StreamMissing,

    /// <summary>The stream's own hashes fit, yet a checkpoint knows another: edited, and the chain computed anew.</summary>
    Rewritten,

    /// <summary>A line of a checkpoint file; the stream is the file's name and the version its line.</summary>
    Checkpoint,
}

/// <summary>The first thing that is wrong with a stream.</summary>
/// <param name="Version">The first version concerned.</param>
public sealed record Finding(Fault Fault, string Stream, long Version, string What)
{
    public override string ToString() => $"{Stream} {Version}: {What}";
}

/// <summary>What walking a log has shown.</summary>
/// <param name="Checkpoints">Lines read, in <paramref name="Files"/> files.</param>
/// <param name="Digest">SHA-256 over all heads, hexadecimal: the same for the same facts on either database.</param>
/// <param name="Findings">In the order of the log, at most <see cref="MaxFindings"/>.</param>
/// <param name="Broken">How many streams and checkpoint lines are broken in all.</param>
/// <param name="Notes">What should be known without being a fault.</param>
public sealed record Verification(
    long Streams, long Facts, long Checkpoints, int Files, string Digest, IReadOnlyList<Finding> Findings, long Broken, IReadOnlyList<string> Notes)
{
    public const int MaxFindings = 100;

    public bool IsWhole => Broken == 0;
}
