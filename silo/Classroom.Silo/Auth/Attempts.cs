using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;

namespace Classroom.Silo.Auth;

/// <summary>
/// The ladder before every <see cref="Door"/>. A browser that was let in before has an allowance of its own, all others of an address share one; whoever has
/// none left pays for each try with work (<see cref="ProofOfWork"/>), which gets dearer up to a limit. Invariants: nobody is refused for what others do; what a
/// known browser may do depends on itself alone; of all free tries at once, at whichever silos, no more fail than there are.
/// </summary>
public sealed class Attempts(IPermits permits, ProofOfWork work, KnownDevices known) : IDisposable
{
    private const int TurnsAtOnce = 4;
    private const int MaxWaiting = 1000;

    // More than a class types of one wrong code: each of them is looked up.
    private const int SameTries = 100;

    private readonly PartitionedRateLimiter<string> _turns = PartitionedRateLimiter.Create<string, string>(payer =>
        RateLimitPartition.GetConcurrencyLimiter(payer, _ => new ConcurrencyLimiterOptions { PermitLimit = TurnsAtOnce, QueueLimit = MaxWaiting }));

    /// <summary>A try at a door. Without a proof, only so many of one payer at once in this process, the others wait: a burst is counted before it is let in.</summary>
    /// <param name="subject">What is tried: a code, a login.</param>
    /// <returns>An attempt whose <see cref="Attempt.Challenge"/>, if it has one, is to be solved first.</returns>
    public async Task<Attempt> BeginAsync(HttpContext context, Door door, string subject, Proof? proof)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(door);
        var (free, also, home) = PayersOf(context, door, subject);
        var what = $"{door.Name}/{Networks.Of(context.Connection.RemoteIpAddress)}/{subject}";
        PermitLimit? same = door.SameIsOne ? new PermitLimit($"{door.Name}/same/{Fingerprint(what)}", SameTries) : null;
        if (proof is not null && await work.TakeAsync(proof, what))
        {
            // Who solves puzzles faster than any phone takes no more of this process than a few tries at once, and nothing of who is known.
            var paid = await _turns.AcquireAsync($"{door.Name}/paid", 1, context.RequestAborted);
            if (paid.IsAcquired)
            {
                return new Attempt(permits, free, also, same, isPaid: true, paid);
            }

            paid.Dispose();
            return new Attempt(await AskAsync(what, free));
        }

        if (!await permits.AnyLeftAsync(free))
        {
            return new Attempt(await AskAsync(what, free));
        }

        var turn = await _turns.AcquireAsync(home, 1, context.RequestAborted);
        if (turn.IsAcquired && await permits.AnyLeftAsync(free))
        {
            return new Attempt(permits, free, also, same, isPaid: false, turn, () => AskAsync(what, free));
        }

        turn.Dispose();
        return new Attempt(await AskAsync(what, free));
    }

    public void Dispose() => _turns.Dispose();

    internal static PermitLimit PaidOf(PermitLimit free) => new(free.Scope + "/paid", int.MaxValue);

    private async Task<Challenge> AskAsync(string what, ImmutableArray<PermitLimit> free)
    {
        var range = 0;
        foreach (var limit in free)
        {
            range = Math.Max(range, ProofOfWork.RangeFor(await permits.TakenAsync(PaidOf(limit)), limit.AMinute));
        }

        return work.Ask(what, range);
    }

    private (ImmutableArray<PermitLimit> Free, ImmutableArray<PermitLimit> AlsoCounted, string Home) PayersOf(HttpContext context, Door door, string subject)
    {
        if (known.Of(context.Request, door.FreeOfASubject is null ? null : subject) is { } device)
        {
            var own = new PermitLimit($"{door.Name}/device/{device}", door.FreeOfADevice);
            return ([own], door.Overall is { } all ? [all] : [], own.Scope);
        }

        var address = new PermitLimit($"{door.Name}/address/{Networks.Of(context.Connection.RemoteIpAddress)}", door.FreeOfAnAddress);
        ImmutableArray<PermitLimit> free = door.Overall is { } overall ? [address, overall] : [address];
        return (door.FreeOfASubject is { } most ? free.Add(new PermitLimit($"{door.Name}/subject/{Fingerprint(subject)}", most)) : free, [], address.Scope);
    }

    // What is guessed at is no word for a key that others read.
    private static string Fingerprint(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}

/// <summary>One try, until it is known whether it was right.</summary>
public sealed class Attempt : IDisposable
{
    private readonly IPermits? _permits;
    private readonly ImmutableArray<PermitLimit> _free = [];
    private readonly ImmutableArray<PermitLimit> _alsoCounted = [];
    private readonly PermitLimit? _same;
    private readonly bool _isPaid;
    private readonly RateLimitLease? _turn;
    private readonly Func<Task<Challenge>>? _ask;

    internal Attempt(Challenge challenge) => Challenge = challenge;

    /// <param name="alsoCounted">What it counts for, though nothing of it is asked for.</param>
    internal Attempt(
        IPermits permits, ImmutableArray<PermitLimit> free, ImmutableArray<PermitLimit> alsoCounted, PermitLimit? same, bool isPaid, RateLimitLease? turn = null, Func<Task<Challenge>>? ask = null) =>
        (_permits, _free, _alsoCounted, _same, _isPaid, _turn, _ask) = (permits, free, alsoCounted, same, isPaid, turn, ask);

    /// <summary>What is to be solved before the try is looked at.</summary>
    public Challenge? Challenge { get; }

    /// <summary>It was wrong, or whatever comes of it uses something up.</summary>
    /// <returns>Null, or what is to be solved first: meanwhile others took what was free, and it must not be told that it was wrong.</returns>
    public async ValueTask<Challenge?> FailedAsync()
    {
        if (_isPaid)
        {
            await CountAsync(_free);
            await CountAsync(_alsoCounted);
            return null;
        }

        if (_same is { } known && await _permits!.TakenAsync(known) > 0 && await _permits.TakeAsync(known))
        {
            return null;
        }

        if (!await _permits!.TakeAsync(_free))
        {
            return await _ask!();
        }

        await CountAsync(_alsoCounted);
        if (_same is { } same)
        {
            await _permits.TakeAsync(same);
        }

        return null;
    }

    private async ValueTask CountAsync(ImmutableArray<PermitLimit> limits)
    {
        foreach (var limit in limits)
        {
            _ = await _permits!.TakeAsync(limit) || await _permits.TakeAsync(Attempts.PaidOf(limit));
        }
    }

    public void Dispose() => _turn?.Dispose();
}
