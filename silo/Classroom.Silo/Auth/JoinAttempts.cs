using System.Collections.Concurrent;
using System.Net;

namespace Classroom.Silo.Auth;

/// <summary>
/// Counts wrong codes, by address and over all. Right ones cost nothing, so that a class of thirty behind one address joins at once.
/// </summary>
public sealed class JoinAttempts(TimeProvider time)
{
    public const int WrongAMinute = 600;
    public const int WrongAMinuteByAddress = 30;
    public const long WrongAnHour = WrongAMinute * 60;
    private readonly ConcurrentDictionary<IPAddress, int> _byAddress = new();
    private readonly Lock _lock = new();
    private long _minute = time.GetTimestamp();
    private int _all;

    public bool MayTry(IPAddress? address)
    {
        Turn();
        return Volatile.Read(ref _all) < WrongAMinute && _byAddress.GetValueOrDefault(address ?? IPAddress.None) < WrongAMinuteByAddress;
    }

    public void Wrong(IPAddress? address)
    {
        Turn();
        Interlocked.Increment(ref _all);
        _byAddress.AddOrUpdate(address ?? IPAddress.None, 1, (_, n) => n + 1);
    }

    private void Turn()
    {
        // Not by the time of day: a clock set back by an hour would lock a school out for that long.
        var now = time.GetTimestamp();
        lock (_lock)
        {
            if (time.GetElapsedTime(_minute, now) >= TimeSpan.FromMinutes(1))
            {
                (_minute, _all) = (now, 0);
                _byAddress.Clear();
            }
        }
    }
}
