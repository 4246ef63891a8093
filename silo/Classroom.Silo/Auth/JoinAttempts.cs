using System.Net;
using System.Threading.RateLimiting;

namespace Classroom.Silo.Auth;

/// <summary>
/// Limits wrong codes, by address and over all, and how often a seat is asked for from another device. Only a wrong one takes a permit, so that a class of thirty behind one address joins at once.
/// </summary>
public sealed class JoinAttempts(IPermits permits) : IDisposable
{
    public const int WrongAMinute = 600;
    public const int WrongAMinuteByAddress = 30;
    public const int DevicesAMinute = 6;
    private const int TurnsAtOnce = 4;
    private const int MaxWaiting = 1000;
    public const long WrongAnHour = WrongAMinute * 60;

    private readonly PartitionedRateLimiter<IPAddress> _turns = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        RateLimitPartition.GetConcurrencyLimiter(address, _ => new ConcurrencyLimiterOptions { PermitLimit = TurnsAtOnce, QueueLimit = MaxWaiting }));

    /// <summary>Each request is stored and shown to the teacher: of one seat only so many.</summary>
    public ValueTask<bool> MayAskForAsync(Guid seat) => permits.TakeAsync(new PermitLimit($"seat/{seat}", DevicesAMinute));

    /// <summary>
    /// A try at a code, until it is known whether it was right: only so many of an address at once in this process, the others wait. Else a burst would
    /// be let in before the first of it is counted.
    /// </summary>
    public ValueTask<RateLimitLease> TurnAsync(IPAddress? address, CancellationToken cancellationToken) =>
        _turns.AcquireAsync(address ?? IPAddress.None, 1, cancellationToken);

    /// <summary>Takes no permit: whether there are some left.</summary>
    public ValueTask<bool> MayTryAsync(IPAddress? address) => permits.AnyLeftAsync(Of(address));

    /// <returns>False: there was no permit left for it, and it must not be told that it was wrong.</returns>
    public ValueTask<bool> WrongAsync(IPAddress? address) => permits.TakeAsync(Of(address));

    public void Dispose() => _turns.Dispose();

    private static ImmutableArray<PermitLimit> Of(IPAddress? address) =>
        [new($"wrong/{address ?? IPAddress.None}", WrongAMinuteByAddress), new("wrong", WrongAMinute)];
}
