namespace Classroom.Grains;

/// <summary>How text leaves for the connections.</summary>
public sealed class StreamingOptions
{
    /// <summary>About one chunk of a variant in this time. A child does not see the steps; each chunk costs every phone about 100 bytes.</summary>
    public TimeSpan ChunkEvery { get; set; } = TimeSpan.FromMilliseconds(90);
}

/// <summary>Variants being streamed in this process just now, for one that is about to stop.</summary>
public sealed class ActiveStreams
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    internal void Begin() => Interlocked.Increment(ref _count);

    internal void End() => Interlocked.Decrement(ref _count);
}
