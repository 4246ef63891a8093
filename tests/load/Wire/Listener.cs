namespace Classroom.Load;

/// <summary>Counts deliveries: every stamp that reaches a screen is one, however many of them share a frame.</summary>
public sealed class Listener
{
    private long _frames;
    private long _bytes;

    public Histogram Latency { get; } = new();

    public long Frames => Volatile.Read(ref _frames);

    public long Bytes => Volatile.Read(ref _bytes);

    public void Hear(Peer peer, ReadOnlySpan<byte> payload, long readAt)
    {
        _frames++;
        _bytes += payload.Length;
        while (payload.IndexOf(Clock.Mark) is var at and >= 0 && payload.Length >= at + Clock.StampLength)
        {
            Latency.Record(readAt - Clock.Read(payload.Slice(at + 1, 16)));
            payload = payload[(at + Clock.StampLength)..];
        }
    }

    public void Clear()
    {
        Latency.Clear();
        (_frames, _bytes) = (0, 0);
    }
}
