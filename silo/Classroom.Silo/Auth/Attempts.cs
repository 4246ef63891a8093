using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;

namespace Classroom.Silo.Auth;

/// <summary>
/// The ladder before every <see cref="Door"/>. A browser that was let in before has an allowance of its own, all others of an address share one; whoever has
/// none left pays for each try with work (<see cref="ProofOfWork"/>), which gets dearer: up to a limit, or, for a subject that is guessed at, without one.
/// Invariants: nobody is refused for what others do; what a browser may do that signed in before depends on itself alone; of all free tries at once, at whichever
/// silos, no more fail than there are; what a right code gives away is worth no more than the address has (<see cref="Door.FreeOfKnown"/>).
/// </summary>
public sealed class Attempts(IPermits permits, ProofOfWork work, KnownDevices known, Devices devices) : IDisposable
{
    /// <summary>Tries of one payer that are looked at together in this process: so many may be under way before the first is counted.</summary>
    public const int TurnsAtOnce = 4;

    /// <summary>A puzzle is taken while its price is no less than this part of today's: it may have become dearer while somebody honest worked.</summary>
    public const int MayBeBehind = 4;
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
        var (payers, also, home) = PayersOf(context, door, subject);
        ImmutableArray<PermitLimit> free = [.. payers.Select(p => p.Free)];
        PermitLimit? same = door.SameIsOne
            ? new PermitLimit($"{door.Name}/same/{Fingerprint($"{Networks.Of(context.Connection.RemoteIpAddress)}/{subject}")}", SameTries) : null;
        if (proof is not null && (!door.KeepsCookie || devices.Known(context.Request) is not null) && await work.TakeAsync(proof, AskerOf(context, door, subject)) is { } range)
        {
            // Who solves puzzles faster than any phone takes no more of this process than a few tries at once, and nothing of who is known.
            var paid = await _turns.AcquireAsync($"{door.Name}/paid", 1, context.RequestAborted);
            if (paid.IsAcquired && range >= await PriceAsync(payers) / MayBeBehind)
            {
                return new Attempt(permits, payers, also, same, isPaid: true, paid);
            }

            paid.Dispose();
            return new Attempt(await AskAsync());
        }

        if (!await permits.AnyLeftAsync(free))
        {
            return new Attempt(await AskAsync());
        }

        var turn = await _turns.AcquireAsync(home, 1, context.RequestAborted);
        if (turn.IsAcquired && await permits.AnyLeftAsync(free))
        {
            return new Attempt(permits, payers, also, same, isPaid: false, turn, AskAsync);
        }

        turn.Dispose();
        return new Attempt(await AskAsync());

        async Task<Challenge> AskAsync()
        {
            // From now on it has a name, by which its proof is known wherever its phone comes from next.
            devices.Ensure(context);
            return work.Ask(AskerOf(context, door, subject), await PriceAsync(payers));
        }
    }

    /// <summary>Whether this is a proof for that door: it was asked for there.</summary>
    public bool IsFor(HttpContext context, Door door, string subject, Proof? proof) =>
        proof is not null && work.IsFor(proof, AskerOf(context, door, subject));

    public void Dispose() => _turns.Dispose();

    internal static PermitLimit PaidOf(PermitLimit free) => free with { Scope = free.Scope + "/paid", Most = int.MaxValue };

    private Asker AskerOf(HttpContext context, Door door, string subject)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(door);
        return new($"{door.Name}/{subject}", devices.Named(context), Networks.Around(context.Connection.RemoteIpAddress));
    }

    private async ValueTask<long> PriceAsync(ImmutableArray<Payer> payers)
    {
        long range = ProofOfWork.Least;
        foreach (var payer in payers)
        {
            range = Math.Max(range, ProofOfWork.RangeFor(await permits.TakenAsync(payer.Paid), payer.PaidADoubling, payer.Dearest));
        }

        return range;
    }

    private (ImmutableArray<Payer> Payers, ImmutableArray<PermitLimit> AlsoCounted, string Home) PayersOf(HttpContext context, Door door, string subject)
    {
        var network = Networks.Of(context.Connection.RemoteIpAddress);
        var of = door.IsOfASubject || door.Subject is not null ? "/" + Fingerprint(subject) : "";
        if (known.Of(context.Request, door.Subject is null ? null : subject) is { } device)
        {
            var own = door.Subject is { } guarded ? Guarded(guarded, $"{door.Name}/device/{device}{of}") : Plain($"{door.Name}/device/{device}{of}", door.FreeOfADevice);
            return (door.FreeOfKnown is { } all ? [own, OfNetwork("known", all)] : [own], door.Overall is { } also ? [also] : [], own.Free.Scope);
        }

        var address = OfNetwork("address", door.FreeOfAnAddress);
        ImmutableArray<Payer> payers = door.Overall is { } overall ? [address, Plain(overall.Scope, overall.Most)] : [address];
        if (door.Subject is not { } rule)
        {
            return (payers, [], address.Free.Scope);
        }

        // They wait for each other, wherever they come from: else as many tries are looked at as there are addresses, before the first is counted.
        var wanted = Guarded(rule, $"{door.Name}/subject{of}");
        return (payers.Add(wanted), [], wanted.Free.Scope);

        Payer OfNetwork(string who, int most)
        {
            var scope = $"{door.Name}/{who}/{network}{(door.IsOfASubject || who == "known" ? of : "")}";
            return door.Crowd is not { } crowd ? Plain(scope, most)
                : new(new PermitLimit(scope, most, crowd.Minutes), CrowdOf(door, crowd, network, subject), crowd.PaidADoubling, ProofOfWork.Dearest);
        }
    }

    /// <summary>What strangers and known browsers of an address have paid for together.</summary>
    internal static PermitLimit CrowdOf(Door door, SubjectRule crowd, IPAddress network, string subject) =>
        new($"{door.Name}/crowd/{network}/{Fingerprint(subject)}/paid", int.MaxValue, crowd.Minutes);

    private static Payer Plain(string scope, int most) => Of(new PermitLimit(scope, most), most, ProofOfWork.Most);

    private static Payer Guarded(SubjectRule rule, string scope) => Of(new PermitLimit(scope, rule.Free, rule.Minutes), rule.PaidADoubling, ProofOfWork.Dearest);

    private static Payer Of(PermitLimit free, int paidADoubling, long dearest) => new(free, PaidOf(free), paidADoubling, dearest);

    // What is guessed at is no word for a key that others read.
    private static string Fingerprint(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}

/// <param name="Paid">Where is counted what comes beyond the free ones.</param>
internal sealed record Payer(PermitLimit Free, PermitLimit Paid, int PaidADoubling, long Dearest);

/// <summary>One try, until it is known whether it was right.</summary>
public sealed class Attempt : IDisposable
{
    private readonly IPermits? _permits;
    private readonly ImmutableArray<Payer> _payers = [];
    private readonly ImmutableArray<PermitLimit> _alsoCounted = [];
    private readonly PermitLimit? _same;
    private readonly bool _isPaid;
    private readonly RateLimitLease? _turn;
    private readonly Func<Task<Challenge>>? _ask;

    internal Attempt(Challenge challenge) => Challenge = challenge;

    /// <param name="alsoCounted">What it counts for, though nothing of it is asked for.</param>
    internal Attempt(
        IPermits permits, ImmutableArray<Payer> payers, ImmutableArray<PermitLimit> alsoCounted, PermitLimit? same, bool isPaid, RateLimitLease? turn = null, Func<Task<Challenge>>? ask = null) =>
        (_permits, _payers, _alsoCounted, _same, _isPaid, _turn, _ask) = (permits, payers, alsoCounted, same, isPaid, turn, ask);

    /// <summary>What is to be solved before the try is looked at.</summary>
    public Challenge? Challenge { get; }

    /// <summary>It was wrong, or whatever comes of it uses something up.</summary>
    /// <returns>Null, or what is to be solved first: meanwhile others took what was free, and it must not be told that it was wrong.</returns>
    public async ValueTask<Challenge?> FailedAsync()
    {
        if (_isPaid)
        {
            foreach (var payer in _payers)
            {
                await CountAsync(payer.Free, payer.Paid);
            }

            await CountAlsoAsync();
            return null;
        }

        if (_same is { } known && await _permits!.TakenAsync(known) > 0 && await _permits.TakeAsync(known))
        {
            return null;
        }

        if (!await _permits!.TakeAsync([.. _payers.Select(p => p.Free)]))
        {
            return await _ask!();
        }

        await CountAlsoAsync();
        if (_same is { } same)
        {
            await _permits.TakeAsync(same);
        }

        return null;
    }

    private async ValueTask CountAlsoAsync()
    {
        foreach (var limit in _alsoCounted)
        {
            await CountAsync(limit, Attempts.PaidOf(limit));
        }
    }

    private async ValueTask CountAsync(PermitLimit free, PermitLimit paid) => _ = await _permits!.TakeAsync(free) || await _permits.TakeAsync(paid);

    public void Dispose() => _turn?.Dispose();
}
