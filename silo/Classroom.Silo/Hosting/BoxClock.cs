namespace Classroom.Silo.Hosting;

/// <summary>
/// The machine's clock, unless it tells a time that cannot be: a box whose battery is dead believes that it is the year 2000. Lessons then go by the last
/// time that is known to have been (of what is stored, else of this program), and on from there, so that scales, tickets and cookies are those of today and
/// are still good when the clock is set. Screens say that it is wrong.
/// </summary>
public sealed class BoxClock(TimeProvider machine) : TimeProvider
{
    /// <summary>This program is not older than that.</summary>
    public static readonly DateTimeOffset Released = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    // Somebody may set it back by an hour, or have it in another zone: that is a time that can be.
    private static readonly TimeSpan Tolerance = TimeSpan.FromDays(1);

    // What was stored while the clock was ahead of its time by decades says nothing of today.
    private static readonly TimeSpan Believed = TimeSpan.FromDays(20 * 365);
    private readonly long _began = machine.GetTimestamp();
    private long _floor = Released.UtcTicks;
    private long _stored;

    /// <summary>The clock tells a time before the program was made, or before something that is stored.</summary>
    public bool IsBehind => machine.GetUtcNow() < new DateTimeOffset(Math.Max(Released.UtcTicks, Volatile.Read(ref _stored)), TimeSpan.Zero) - Tolerance;

    /// <summary>It cannot be, and lessons go by another.</summary>
    public bool IsImpossible => machine.GetUtcNow() < Released - Tolerance;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() =>
        IsImpossible ? new DateTimeOffset(Volatile.Read(ref _floor), TimeSpan.Zero) + machine.GetElapsedTime(_began) : machine.GetUtcNow();

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Something was stored at that time: it is past.</summary>
    public void Know(DateTimeOffset stored)
    {
        Volatile.Write(ref _stored, Math.Max(_stored, stored.UtcTicks));
        if (stored > Released && stored < Released + Believed)
        {
            Volatile.Write(ref _floor, Math.Max(_floor, stored.UtcTicks));
        }
    }
}
