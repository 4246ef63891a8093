using System.Net;
using System.Threading.RateLimiting;

namespace Classroom.Silo.Auth;

/// <summary>
/// Limits wrong codes, by address and over all, and how often a seat is asked for from another device. Only a wrong one takes a permit, so that a class of thirty behind one address joins at once.
/// The windows run by the machine's monotonic clock: a clock set back by an hour locks nobody out.
/// </summary>
public sealed class JoinAttempts : IDisposable
{
    public const int WrongAMinute = 600;
    public const int WrongAMinuteByAddress = 30;
    public const int DevicesAMinute = 6;
    private const int TurnsAtOnce = 4;
    private const int MaxWaiting = 1000;
    public const long WrongAnHour = WrongAMinute * 60;

    private readonly PartitionedRateLimiter<IPAddress> _wrong = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => AMinute(address, WrongAMinuteByAddress)),
        PartitionedRateLimiter.Create<IPAddress, int>(_ => AMinute(0, WrongAMinute)));

    private readonly PartitionedRateLimiter<IPAddress> _turns = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        RateLimitPartition.GetConcurrencyLimiter(address, _ => new ConcurrencyLimiterOptions { PermitLimit = TurnsAtOnce, QueueLimit = MaxWaiting }));

    private readonly PartitionedRateLimiter<Guid> _devices = PartitionedRateLimiter.Create<Guid, Guid>(seat => AMinute(seat, DevicesAMinute));

    /// <summary>Each request is stored and shown to the teacher: of one seat only so many.</summary>
    public bool MayAskFor(Guid seat)
    {
        using var lease = _devices.AttemptAcquire(seat);
        return lease.IsAcquired;
    }

    /// <summary>
    /// A try at a code, until it is known whether it was right: only so many of an address at once, the others wait. Else a burst would be let in
    /// before the first of it is counted.
    /// </summary>
    public ValueTask<RateLimitLease> TurnAsync(IPAddress? address, CancellationToken cancellationToken) =>
        _turns.AcquireAsync(address ?? IPAddress.None, 1, cancellationToken);

    /// <summary>Asks for no permit: whether there are some left.</summary>
    public bool MayTry(IPAddress? address)
    {
        using var lease = _wrong.AttemptAcquire(address ?? IPAddress.None, permitCount: 0);
        return lease.IsAcquired;
    }

    public void Wrong(IPAddress? address) => _wrong.AttemptAcquire(address ?? IPAddress.None).Dispose();

    public void Dispose()
    {
        _wrong.Dispose();
        _turns.Dispose();
        _devices.Dispose();
    }

    private static RateLimitPartition<T> AMinute<T>(T key, int permits) =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) });
}
