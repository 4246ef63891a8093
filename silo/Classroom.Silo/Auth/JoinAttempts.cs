using System.Net;
using System.Threading.RateLimiting;

namespace Classroom.Silo.Auth;

/// <summary>
/// Limits wrong codes, by address and over all. Only a wrong one takes a permit, so that a class of thirty behind one address joins at once.
/// The windows run by the machine's monotonic clock: a clock set back by an hour locks nobody out.
/// </summary>
public sealed class JoinAttempts : IDisposable
{
    public const int WrongAMinute = 600;
    public const int WrongAMinuteByAddress = 30;
    public const long WrongAnHour = WrongAMinute * 60;

    private readonly PartitionedRateLimiter<IPAddress> _wrong = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => AMinute(address, WrongAMinuteByAddress)),
        PartitionedRateLimiter.Create<IPAddress, int>(_ => AMinute(0, WrongAMinute)));

    /// <summary>Asks for no permit: whether there are some left.</summary>
    public bool MayTry(IPAddress? address)
    {
        using var lease = _wrong.AttemptAcquire(address ?? IPAddress.None, permitCount: 0);
        return lease.IsAcquired;
    }

    public void Wrong(IPAddress? address) => _wrong.AttemptAcquire(address ?? IPAddress.None).Dispose();

    public void Dispose() => _wrong.Dispose();

    private static RateLimitPartition<T> AMinute<T>(T key, int permits) =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) });
}
