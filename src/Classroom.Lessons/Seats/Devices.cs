using System.Globalization;

namespace Classroom.Lessons;

/// <summary>
/// Which device a seat is on. Invariant: a request is approved by its own id, never by being the last; two that are open show different codes.
/// </summary>
internal static class DeviceRules
{
    /// <summary>Of one seat: whoever asks in another child's name cannot keep that child from being listed.</summary>
    public const int MaxRequests = 3;

    /// <summary>Of the lesson: fewer than there are codes.</summary>
    public const int MaxOpenRequests = 40;

    private const int FirstCode = 10;
    private const int Codes = 90;
    private const int Remembered = 8;

    internal static void Register(RuleTable rules)
    {
        rules.Decide<RequestDevice>(static (state, request, context) => Ask(state, state.Seats[context.By.Id], request));
        rules.Decide<ApproveDevice>(static (state, approve, _) =>
            Waiting(state, approve.StudentId, approve.DeviceId) ?? Decision.Of(new DeviceApproved(approve.StudentId, approve.DeviceId)));
        rules.Decide<RefuseDevice>(static (state, refuse, _) =>
            Waiting(state, refuse.StudentId, refuse.DeviceId) ?? Decision.Of(new DeviceRefused(refuse.StudentId, refuse.DeviceId)));
        rules.Decide<LiftBars>(static (state, _, _) => state.Barred.IsEmpty ? Decision.Nothing : Decision.Of(new BarsLifted()));

        rules.Apply<DeviceRequested>(static (state, d, meta) => SeatsRules.Change(state, meta.By.Id, s => s with
        {
            Requests = [.. s.Requests.Where(r => d.Code is not null && !IsOf(r, d.BrowserId)), new DeviceRequest(d.DeviceId, d.BrowserId, d.Code)],
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
        }));
        rules.Apply<DeviceBarred>(static (state, d, _) => AskedFrom(state, d.BrowserId).Aggregate(
            state with { Barred = state.Barred.Add(d.BrowserId) },
            (after, seat) => SeatsRules.Change(after, seat, s => s with { Requests = s.Requests.RemoveAll(r => IsOf(r, d.BrowserId)) })));
        rules.Apply<BarsLifted>(static (state, _, _) => state with { Barred = [] });
    }

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

        var open = state.Seats.Values.SelectMany(s => s.Requests).ToList();
        return IsBarred(state, request.BrowserId) ? Decision.Refuse("device-barred")
            : request.SeatsADevice > 0 && HeldBy(state, request.BrowserId) >= request.SeatsADevice ? Decision.Refuse("device-full", "max", request.SeatsADevice)
            : seat.Requests.Count(r => !IsOf(r, request.BrowserId)) >= MaxRequests || open.Count >= MaxOpenRequests ? Decision.Refuse("device-busy")
            : Decision.Of(new DeviceRequested(request.DeviceId, request.BrowserId, FreeCode([.. open.Select(r => r.Code)], request.Draw)));
    }

    // Two digits: a child reads them out, and a teacher sees at once which of two requests is that child's.
    private static string FreeCode(HashSet<string?> taken, int draw) => Enumerable.Range(0, Codes)
        .Select(i => (FirstCode + (((draw % Codes) + Codes + i) % Codes)).ToString(CultureInfo.InvariantCulture)).First(code => !taken.Contains(code));

    private static bool IsOf(DeviceRequest request, Guid? browser) => browser is not null && request.BrowserId == browser;

    private static DeviceRequest? Find(Seat seat, Guid? device) =>
        device is null ? seat.Requests.LastOrDefault() : seat.Requests.FirstOrDefault(r => r.DeviceId == device);

    private static ImmutableArray<Guid> Remember(ImmutableArray<Guid> refused, IEnumerable<DeviceRequest> more) =>
        [.. refused.Concat(more.Select(r => r.DeviceId)).TakeLast(Remembered)];

    private static Decision? Waiting(LessonState state, Guid student, Guid device) =>
        !state.Seats.TryGetValue(student, out var seat) ? Decision.Refuse("no-such-student")
        : seat.Requests.All(r => r.DeviceId != device) ? Decision.Refuse("no-device-waiting") : null;
}
