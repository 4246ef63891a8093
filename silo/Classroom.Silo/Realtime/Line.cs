using Classroom.Silo.Hosting;

namespace Classroom.Silo.Realtime;

/// <summary>
/// Whether a connection is still heard. A page that is looked at promises to say something every 3 s (<see cref="ClassroomHub.Ping"/>), so that a teacher soon
/// sees which screen is dead. Browsers let the timers of a hidden one run once a minute: it, and who has promised nothing, has the framework's own time-out.
/// Half a message is as good as silence.
/// </summary>
internal sealed class Line(HubOptions options)
{
    private readonly HalfMessage _half = new();
    private long _heardAt = Environment.TickCount64;
    private volatile bool _isVisible;

    public bool IsDead =>
        _isVisible && Environment.TickCount64 - Volatile.Read(ref _heardAt) > options.VisibleSilentSeconds * 1000
        || _half.IsOlderThan(options.Silent);

    public void Read(ReadOnlySpan<byte> piece)
    {
        Volatile.Write(ref _heardAt, Environment.TickCount64);
        _half.Read(piece);
    }

    public void Promise(bool isVisible) => _isVisible = isVisible;
}
