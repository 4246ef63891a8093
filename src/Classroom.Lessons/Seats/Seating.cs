namespace Classroom.Lessons;

/// <summary>Who sits in the lesson, on which device, under which nickname, and how the pace feels to them.</summary>
public static class Seating
{
    public const int MaxSeats = 60;
    public const int MaxNickname = 24;

    public static Decision? Decide(LessonState state, Envelope envelope, DateTimeOffset now)
    {
        var me = envelope.By.Id;
        return envelope.Command switch
        {
            TakeSeat take => Take(state, me, take),
            RequestDevice request => state.Seats[me].DeviceId == request.DeviceId || state.Seats[me].WaitingDevice == request.DeviceId
                ? Decision.Nothing : Decision.Of(new DeviceRequested(request.DeviceId)),
            ApproveDevice approve => Waiting(state, approve.StudentId) ?? Decision.Of(new DeviceApproved(approve.StudentId)),
            RefuseDevice refuse => Waiting(state, refuse.StudentId) ?? Decision.Of(new DeviceRefused(refuse.StudentId)),
            RemoveStudent remove => state.Seats.ContainsKey(remove.StudentId)
                ? Decision.Of(new StudentRemoved(remove.StudentId)) : Decision.Refuse("no-such-student"),
            RenameStudent rename => Rename(state, rename),
            ChangePreferences prefer => !Enum.IsDefined(prefer.Language) || !Enum.IsDefined(prefer.Level) ? Decision.Refuse("bad-value")
                : state.Seats[me].Variant == new Variant(prefer.Language, prefer.Level) ? Decision.Nothing
                : Decision.Of(new PreferencesChanged(prefer.Language, prefer.Level)),
            SetTempo tempo => tempo.Face is < 1 or > 4 ? Decision.Refuse("bad-value")
                : Decision.Of(new TempoSet(tempo.Face)).Then(new WakeForTempo(now + Lesson.TempoWindow)),
            ExpireTempo => Expire(state, now),
            _ => null,
        };
    }

    public static LessonState? Apply(LessonState state, Fact fact, FactMeta meta) => fact switch
    {
        SeatTaken t => state with
        {
            Seats = state.Seats.Add(meta.By.Id, new Seat(meta.By.Id, t.Nickname, t.Themed, t.Language, t.Level, t.DeviceId, meta.At)),
        },
        DeviceRequested d => Change(state, meta.By.Id, s => s with { WaitingDevice = d.DeviceId }),
        DeviceApproved d => Change(state, d.StudentId, s => s with { DeviceId = s.WaitingDevice!.Value, WaitingDevice = null }),
        DeviceRefused d => Change(state, d.StudentId, s => s with { WaitingDevice = null }),
        StudentRemoved r => state with { Seats = state.Seats.Remove(r.StudentId), Hands = state.Hands.Remove(r.StudentId) },
        StudentRenamed r => Change(state, r.StudentId, s => s with { Nickname = r.Nickname, Themed = false }),
        PreferencesChanged p => Change(state, meta.By.Id, s => s with { Language = p.Language, Level = p.Level }),
        TempoSet t => Change(state, meta.By.Id, s => s with { Tempo = t.Face, TempoAt = meta.At }),
        TempoExpired e => e.Students.Aggregate(state, (s, id) => Change(s, id, x => x with { Tempo = null, TempoAt = null })),
        _ => null,
    };

    /// <summary>A nickname as it is compared: no case, no repeated spaces.</summary>
    public static string Plain(string nickname) =>
        string.Join(' ', nickname.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToUpperInvariant();

    /// <summary>A nickname is 1 to 24 letters, digits, spaces, dots, hyphens or apostrophes, with at least one letter.</summary>
    public static bool IsNickname(string? nickname) =>
        nickname is not null && nickname.Trim().Length is > 0 and <= MaxNickname && nickname.Any(char.IsLetter)
        && nickname.All(c => char.IsLetterOrDigit(c) || c is ' ' or '.' or '-' or '\'' or '’');

    internal static LessonState Change(LessonState state, Guid student, Func<Seat, Seat> change) =>
        state.Seats.TryGetValue(student, out var seat) ? state with { Seats = state.Seats.SetItem(student, change(seat)) } : state;

    private static Decision Take(LessonState state, Guid me, TakeSeat take) =>
        me == Guid.Empty ? Decision.Refuse("bad-value")
        : state.Seats.ContainsKey(me) ? Decision.Nothing
        : state.Locked ? Decision.Refuse("lobby-locked")
        : state.Seats.Count >= MaxSeats ? Decision.Refuse("classroom-full", "max", MaxSeats)
        : !IsNickname(take.Nickname) ? Decision.Refuse("bad-nickname", "max", MaxNickname)
        : !Enum.IsDefined(take.Language) || !Enum.IsDefined(take.Level) ? Decision.Refuse("bad-value")
        : IsTaken(state, take.Nickname, me) ? Decision.Refuse("nickname-taken")
        : Decision.Of(new SeatTaken(take.Nickname.Trim(), take.Language, take.Level, take.DeviceId, take.Themed));

    private static Decision Rename(LessonState state, RenameStudent rename) =>
        !state.Seats.TryGetValue(rename.StudentId, out var seat) ? Decision.Refuse("no-such-student")
        : !IsNickname(rename.Nickname) ? Decision.Refuse("bad-nickname", "max", MaxNickname)
        : seat.Nickname == rename.Nickname.Trim() ? Decision.Nothing
        : IsTaken(state, rename.Nickname, rename.StudentId) ? Decision.Refuse("nickname-taken")
        : Decision.Of(new StudentRenamed(rename.StudentId, rename.Nickname.Trim()));

    private static bool IsTaken(LessonState state, string nickname, Guid but) =>
        state.Seats.Values.Any(s => s.StudentId != but && Plain(s.Nickname) == Plain(nickname));

    private static Decision? Waiting(LessonState state, Guid student) =>
        !state.Seats.TryGetValue(student, out var seat) ? Decision.Refuse("no-such-student")
        : seat.WaitingDevice is null ? Decision.Refuse("no-device-waiting") : null;

    private static Decision Expire(LessonState state, DateTimeOffset now)
    {
        var old = state.Seats.Values.Where(s => s.TempoAt + Lesson.TempoWindow <= now).Select(s => s.StudentId).Order().ToImmutableArray();
        return old.IsEmpty ? Decision.Nothing : Decision.Of(new TempoExpired(old));
    }
}
