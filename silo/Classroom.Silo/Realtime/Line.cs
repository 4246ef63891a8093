namespace Classroom.Silo.Realtime;

/// <summary>
/// How long a connection may say nothing. A page that is looked at promises to be heard every few seconds (<see cref="ClassroomHub.Ping"/>), so that a teacher soon
/// sees which screen is dead; browsers let the timers of a hidden one run once a minute. Who has promised nothing (a page of yesterday's program) has the time between.
/// </summary>
internal sealed class Line(TimeSpan unknown, TimeSpan visible, TimeSpan hidden)
{
    private readonly Lock _lock = new();
    private TimeSpan _silence = unknown;
    private long _heardAt = Environment.TickCount64;

    public Line(Hosting.HubOptions options)
        : this(TimeSpan.FromSeconds(options.SilentSeconds), TimeSpan.FromSeconds(options.VisibleSilentSeconds), TimeSpan.FromSeconds(options.HiddenSilentSeconds))
    {
    }

    public bool IsDead
    {
        get
        {
            lock (_lock)
            {
                return Environment.TickCount64 - _heardAt > _silence.TotalMilliseconds;
            }
        }
    }

    public void Heard()
    {
        lock (_lock)
        {
            _heardAt = Environment.TickCount64;
        }
    }

    public void Promise(bool isVisible)
    {
        lock (_lock)
        {
            _silence = isVisible ? visible : hidden;
        }
    }
}
