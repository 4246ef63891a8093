using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Classroom.Lessons;

/// <summary>
/// Which device a seat is on. Invariant: a request is approved by its own id, never by being the last; two that are open show different codes.
/// Invariant: whoever asks is listed. Where there is no place left, the asker who holds most gives the oldest one; browsers that were let in before, those
/// that keep a name, and all others have places of their own, so that who has only an address takes none from who has more.
/// Invariant: who was refused a seat twice is not shown for it again, until the teacher lifts it.
/// </summary>
internal static class DeviceRules
{
    /// <summary>Of one seat by browsers that were let in before, as many by others that keep a name, and as many by those that do not.</summary>
    public const int MaxRequests = 3;

    /// <summary>Of the lesson, each of the two kinds that keep a name: with <see cref="MaxOpenCookieless"/> fewer than there are codes.</summary>
    public const int MaxOpenRequests = 40;
    public const int MaxOpenCookieless = 9;

    /// <summary>A child may be taken for another once.</summary>
    public const int RefusalsToQuiet = 2;

    private const int FirstCode = 10;
    private const int Codes = 90;
    private const int Remembered = 8;
    private const int RememberedAskers = 32;
    private const int FingerprintBytes = 16;

    internal static void Register(RuleTable rules)
    {
        rules.Decide<RequestDevice>(static (state, request, context) => Ask(state, state.Seats[context.By.Id], request));
        rules.Decide<ApproveDevice>(static (state, approve, _) =>
            Waiting(state, approve.StudentId, approve.DeviceId) ?? Decision.Of(new DeviceApproved(approve.StudentId, approve.DeviceId)));
        rules.Decide<RefuseDevice>(static (state, refuse, _) =>
            Waiting(state, refuse.StudentId, refuse.DeviceId) ?? Decision.Of(new DeviceRefused(refuse.StudentId, refuse.DeviceId)));
        rules.Decide<LiftBars>(static (state, _, _) => state.Barred.IsEmpty && QuietAskers(state) == 0 ? Decision.Nothing : Decision.Of(new BarsLifted()));

        rules.Apply<DeviceRequested>(static (state, d, meta) => SeatsRules.Change(state, meta.By.Id, s => s with
        {
            Requests = [.. s.Requests.Where(r => d.Code is not null && !IsOf(r, d.BrowserId)), new DeviceRequest(d.DeviceId, d.BrowserId, d.Code, d.Network, d.Cookieless)],
        }));
        rules.Apply<DeviceDisplaced>(static (state, d, _) => SeatsRules.Change(state, d.StudentId, s => Find(s, d.DeviceId) is not { } request ? s : s with
        {
            Requests = s.Requests.Remove(request),
            Displaced = Remember(s.Displaced, [request]),
        }));
        rules.Apply<DeviceApproved>(static (state, d, _) => SeatsRules.Change(state, d.StudentId, s => Find(s, d.DeviceId) is not { } request ? s : s with
        {
            DeviceId = request.DeviceId,
            BrowserId = request.BrowserId,
            Requests = [],
            Refused = Remember(s.Refused, s.Requests.Where(r => r != request)),
        }));
        rules.Apply<DeviceRefused>(static (state, d, _) => SeatsRules.Change(state, d.StudentId, s => Find(s, d.DeviceId) is not { } request ? s : s with
        {
            Requests = s.Requests.Remove(request),
            Refused = Remember(s.Refused, [request]),
            RefusedAskers = Count(s.RefusedAskers, request.Asker),
        }));
        rules.Apply<DeviceBarred>(static (state, d, _) => AskedFrom(state, d.BrowserId).Aggregate(
            state with { Barred = state.Barred.Add(d.BrowserId), BarredNames = state.BarredNames.Union(NamesOf(state, d.BrowserId)) },
            (after, seat) => SeatsRules.Change(after, seat, s => s with { Requests = s.Requests.RemoveAll(r => IsOf(r, d.BrowserId)) })));
        rules.Apply<BarsLifted>(static (state, _, _) => state with
        {
            Barred = [],
            BarredNames = [],
            Seats = state.Seats.SetItems(state.Seats.Values.Where(s => !s.RefusedAskers.IsEmpty)
                .Select(s => KeyValuePair.Create(s.StudentId, s with { RefusedAskers = [] }))),
        });
    }

    /// <summary>Without the bar of a child who is wanted again: its browser's, and its name's.</summary>
    internal static LessonState Lifted(LessonState state, Seat seat) => state with
    {
        Barred = seat.BrowserId is { } browser ? state.Barred.Remove(browser) : state.Barred,
        BarredNames = state.BarredNames.Except(state.BarredNames.Where(n => n.StudentId == seat.StudentId)),
    };

    /// <summary>A name under which somebody was barred: whoever comes with it now is looked at by the teacher.</summary>
    public static bool IsBarredName(LessonState state, string nickname)
    {
        var plain = SeatsRules.Plain(nickname);
        return !state.BarredNames.IsEmpty && state.Barred.Select(b => Fingerprint(b, plain)).Intersect(state.BarredNames.Select(n => n.Fingerprint)).Any();
    }

    /// <summary>How many are not shown to the teacher when they ask, one for each seat.</summary>
    public static int QuietAskers(LessonState state) => state.Seats.Values.Sum(s => s.RefusedAskers.Count(a => a.Times >= RefusalsToQuiet));

    public static bool IsBarred(LessonState state, Guid? browser) => browser is { } b && state.Barred.Contains(b);

    /// <summary>Seats, and places at the door, that one browser holds.</summary>
    public static int HeldBy(LessonState state, Guid? browser) => browser is null ? 0
        : state.Seats.Values.Count(s => s.BrowserId == browser) + state.Entries.Values.Count(e => e.BrowserId == browser);

    /// <summary>Seats that are asked for from a browser.</summary>
    public static IEnumerable<Guid> AskedFrom(LessonState state, Guid browser) =>
        state.Seats.Values.Where(s => s.Requests.Any(r => IsOf(r, browser))).Select(s => s.StudentId);

    private static Decision Ask(LessonState state, Seat seat, RequestDevice request)
    {
        if (seat.DeviceId == request.DeviceId || seat.Requests.Any(r => r.DeviceId == request.DeviceId))
        {
            return Decision.Nothing;
        }

        if (IsBarred(state, request.BrowserId))
        {
            return Decision.Refuse("device-barred");
        }

        if (request.SeatsADevice > 0 && HeldBy(state, request.BrowserId) >= request.SeatsADevice)
        {
            return Decision.Refuse("device-full", "max", request.SeatsADevice);
        }

        var asker = new DeviceRequest(request.DeviceId, request.BrowserId, null, request.Network, request.Cookieless).Asker;
        if (seat.RefusedAskers.Any(a => a.Asker == asker && a.Times >= RefusalsToQuiet))
        {
            return Decision.Refuse("device-refused");
        }

        // What this browser asked for this seat before goes in any case.
        var open = state.Seats.Values.SelectMany(s => s.Requests.Select(r => (Seat: s.StudentId, Request: r)))
            .Where(o => o.Seat != seat.StudentId || !IsOf(o.Request, request.BrowserId)).ToList();
        var kind = open.Where(o => (o.Request.Network is null, o.Request.Cookieless) == (request.Network is null, request.Cookieless)).ToList();
        var here = kind.Where(o => o.Seat == seat.StudentId).ToList();
        var full = here.Count >= MaxRequests ? here : kind.Count >= (request.Cookieless ? MaxOpenCookieless : MaxOpenRequests) ? [.. kind.OrderBy(o => o.Request.DeviceId)] : [];
        var asked = new DeviceRequested(
            request.DeviceId, request.BrowserId, FreeCode([.. open.Select(o => o.Request.Code)], request.Draw), request.Network, request.Cookieless);
        return OfMost(full) is { } gives ? Decision.Of(new DeviceDisplaced(gives.Seat, gives.Request.DeviceId), asked) : Decision.Of(asked);
    }

    // The oldest request of the asker who has most of them. A seat keeps its own in the order in which they came, and ids are ordered by their time.
    private static (Guid Seat, DeviceRequest Request)? OfMost(List<(Guid Seat, DeviceRequest Request)> oldestFirst) => oldestFirst
        .GroupBy(o => (o.Request.Network, o.Request.Network is null ? o.Request.BrowserId ?? o.Request.DeviceId : Guid.Empty))
        .OrderByDescending(g => g.Count()).Select(g => ((Guid, DeviceRequest)?)g.First()).FirstOrDefault();

    // Two digits: a child reads them out, and a teacher sees at once which of two requests is that child's.
    private static string FreeCode(HashSet<string?> taken, int draw) => Enumerable.Range(0, Codes)
        .Select(i => (FirstCode + (((draw % Codes) + Codes + i) % Codes)).ToString(CultureInfo.InvariantCulture)).First(code => !taken.Contains(code));

    private static bool IsOf(DeviceRequest request, Guid? browser) => browser is not null && request.BrowserId == browser;

    private static IEnumerable<BarredName> NamesOf(LessonState state, Guid browser) => state.Seats.Values.Where(s => s.BrowserId == browser).Select(s => (s.StudentId, s.Nickname))
        .Concat(state.Entries.Values.Where(e => e.BrowserId == browser).Select(e => (e.StudentId, e.Nickname)))
        .Select(named => new BarredName(named.StudentId, Fingerprint(browser, SeatsRules.Plain(named.Nickname))));

    private static Guid Fingerprint(Guid browser, string plain) =>
        new(SHA256.HashData([.. browser.ToByteArray(), .. Encoding.UTF8.GetBytes(plain)]).AsSpan(0, FingerprintBytes));

    // Who is not known cannot be told from another.
    private static ImmutableArray<RefusedAsker> Count(ImmutableArray<RefusedAsker> before, DeviceAsker asker) => asker is { BrowserId: null, Network: null } ? before
        : [.. before.Where(a => a.Asker != asker).Append(new RefusedAsker(asker, 1 + (before.FirstOrDefault(a => a.Asker == asker)?.Times ?? 0))).TakeLast(RememberedAskers)];

    private static DeviceRequest? Find(Seat seat, Guid? device) =>
        device is null ? seat.Requests.LastOrDefault() : seat.Requests.FirstOrDefault(r => r.DeviceId == device);

    private static ImmutableArray<Guid> Remember(ImmutableArray<Guid> refused, IEnumerable<DeviceRequest> more) =>
        [.. refused.Concat(more.Select(r => r.DeviceId)).TakeLast(Remembered)];

    private static Decision? Waiting(LessonState state, Guid student, Guid device) =>
        !state.Seats.TryGetValue(student, out var seat) ? Decision.Refuse("no-such-student")
        : seat.Requests.All(r => r.DeviceId != device) ? Decision.Refuse("no-device-waiting") : null;
}
