using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Classroom.Silo.Auth;

/// <summary>
/// Limits wrong codes by address, and how often a seat is asked for from another device. Only a wrong one takes a permit, so that a class of thirty behind one address joins at once.
/// Invariant: what other addresses do refuses nobody's right code. How many guess together is counted all the same, for the length of new codes (<see cref="JoinCodes"/>).
/// </summary>
public sealed class JoinAttempts(IPermits permits) : IDisposable
{
    public const int WrongAMinuteByAddress = 30;

    /// <summary>Over all: what every code is long enough for, 667 addresses that do nothing but guess. While there are more, new codes are longer.</summary>
    public const int WrongAMinute = 20_000;

    /// <summary>All networks of one site (an IPv6 /48), each at its limit.</summary>
    public const int MostWrongAMinute = 65_536 * WrongAMinuteByAddress;
    public const int DevicesAMinute = 6;
    private const int TurnsAtOnce = 4;
    private const int MaxWaiting = 1000;
    private const int HostBytes = 8;

    private static readonly PermitLimit OverAll = new("wrong", WrongAMinute);

    private readonly PartitionedRateLimiter<IPAddress> _turns = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        RateLimitPartition.GetConcurrencyLimiter(address, _ => new ConcurrencyLimiterOptions { PermitLimit = TurnsAtOnce, QueueLimit = MaxWaiting }));

    /// <summary>Each request is stored and shown to the teacher: of one seat only so many.</summary>
    public ValueTask<bool> MayAskForAsync(Guid seat) => permits.TakeAsync(new PermitLimit($"seat/{seat}", DevicesAMinute));

    /// <summary>
    /// A try at a code, until it is known whether it was right: only so many of an address at once in this process, the others wait. Else a burst would
    /// be let in before the first of it is counted.
    /// </summary>
    public ValueTask<RateLimitLease> TurnAsync(IPAddress? address, CancellationToken cancellationToken) =>
        _turns.AcquireAsync(Network(address), 1, cancellationToken);

    /// <summary>Whether fewer wrong codes came in this minute than codes are made for.</summary>
    public ValueTask<bool> AreFewAsync() => permits.AnyLeftAsync(OverAll);

    /// <summary>Takes no permit: whether there are some left.</summary>
    public ValueTask<bool> MayTryAsync(IPAddress? address) => permits.AnyLeftAsync(Of(address));

    /// <returns>False: there was no permit left for it, and it must not be told that it was wrong.</returns>
    public async ValueTask<bool> WrongAsync(IPAddress? address)
    {
        if (!await permits.TakeAsync(Of(address)))
        {
            return false;
        }

        await permits.TakeAsync(OverAll);
        return true;
    }

    public void Dispose() => _turns.Dispose();

    private static PermitLimit Of(IPAddress? address) => new($"wrong/{Network(address)}", WrongAMinuteByAddress);

    // Whoever has an IPv6 address has all of its /64.
    private static IPAddress Network(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6 })
        {
            return address ?? IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, HostBytes, HostBytes);
        return new IPAddress(bytes);
    }
}
