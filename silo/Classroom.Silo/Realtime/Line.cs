namespace Classroom.Silo.Realtime;

/// <summary>
/// Whether a connection is still heard. A page that is looked at promises to say something every 3 s (<see cref="ClassroomHub.Ping"/>), so that a teacher soon
/// sees which screen is dead. Browsers let the timers of a hidden one run once a minute: it, and who has promised nothing, has the framework's own time-out.
/// </summary>
/// <param name="silence">How long a page that is looked at may say nothing.</param>
internal sealed class Line(TimeSpan silence)
{
    private long _heardAt = Environment.TickCount64;
    private volatile bool _isVisible;

    public Line(Hosting.HubOptions options) : this(TimeSpan.FromSeconds(options.VisibleSilentSeconds))
    {
    }

    public bool IsDead => _isVisible && Environment.TickCount64 - Volatile.Read(ref _heardAt) > silence.TotalMilliseconds;

    public void Heard() => Volatile.Write(ref _heardAt, Environment.TickCount64);

    public void Promise(bool isVisible) => _isVisible = isVisible;
}
