namespace Classroom.Lessons;

/// <summary>Who sits in the lesson, on which device, under which nickname.</summary>
public static class SeatsRules
{
    /// <summary>An assembly hall.</summary>
    public const int MaxSeats = 300;
    public const int MaxNickname = 24;

    internal static void Register(RuleTable rules)
    {
        Phones.Register(rules);
        DeviceRules.Register(rules);
        rules.Decide<RemoveStudent>(static (state, remove, _) => Remove(state, remove.StudentId, remove.Bar, all: remove.Bar));
        rules.Decide<RemoveDevice>(static (state, remove, _) => Remove(state, remove.StudentId, remove.Bar, all: true));
        rules.Decide<RemoveStudents>(static (state, remove, _) => RemoveAll(state, remove.StudentIds.IsDefault ? [] : [.. remove.StudentIds.Distinct()]));
        rules.Decide<BringBackStudent>(static (state, back, _) => BringBack(state, back.StudentId));
        rules.Decide<RenameStudent>(static (state, rename, _) => Names.RefusalTo(state, rename.Nickname) is { } refusal ? new Decision([], [], refusal)
            : Rename(state, rename with { Nickname = Names.Normalize(rename.Nickname) }));
        rules.Decide<ChangePreferences>(static (state, prefer, context) => !Enum.IsDefined(prefer.Language) || !Enum.IsDefined(prefer.Level) ? Decision.Refuse("bad-value")
                : state.Seats[context.By.Id].Variant == new Variant(prefer.Language, prefer.Level) ? Decision.Nothing
                : Decision.Of(new PreferencesChanged(prefer.Language, prefer.Level)));

        rules.Apply<SeatTaken>(static (state, t, meta) => Phones.Seated(
            state, new Seat(meta.By.Id, t.Nickname, t.Themed, t.Language, t.Level, t.DeviceId, meta.At) { BrowserId = t.BrowserId, Room = t.Room }));
        rules.Apply<StudentRemoved>(static (state, r, _) => RosterRules.WithFormer(state, r.StudentId) with
        {
            Seats = state.Seats.Remove(r.StudentId),
            Hands = state.Hands.Remove(r.StudentId),
            Removed = state.Removed.SetItem(r.StudentId, state.Seats.GetValueOrDefault(r.StudentId)?.Nickname ?? ""),
            RemovedSeats = state.Seats.TryGetValue(r.StudentId, out var left) ? state.RemovedSeats.SetItem(r.StudentId, left) : state.RemovedSeats,
        });
        // What others have meanwhile decided stands: its team may be another one, its room may be closed, who asked for the seat has gone.
        rules.Apply<StudentBroughtBack>(static (state, b, _) => state.RemovedSeats.TryGetValue(b.StudentId, out var seat) ? Phones.Seated(
            DeviceRules.Lifted(state, seat) with { Removed = state.Removed.Remove(b.StudentId), RemovedSeats = state.RemovedSeats.Remove(b.StudentId) },
            seat with
            {
                Team = null, Tempo = null, TempoAt = null, Requests = [], IsShared = false, Room = RoomsRules.Exists(state, seat.Room ?? RoomsRules.Hub) ? seat.Room : null,
            }) : state);
        rules.Apply<StudentRenamed>(static (state, r, _) => Change(RosterRules.WithFormer(state, r.StudentId), r.StudentId, s => s with { Nickname = r.Nickname, Themed = false }));
        rules.Apply<PreferencesChanged>(static (state, p, meta) => Change(state, meta.By.Id, s => s with { Language = p.Language, Level = p.Level }));
    }

    /// <summary>A nickname as it is compared: equal where a class could not tell two apart.</summary>
    public static string Plain(string nickname) => Spelling.Skeleton(nickname);

    public static bool IsNickname(string? nickname) => Names.FaultOf(nickname) is null;

    internal static LessonState Change(LessonState state, Guid student, Func<Seat, Seat> change) =>
        state.Seats.TryGetValue(student, out var seat) ? state with { Seats = state.Seats.SetItem(student, change(seat)) } : state;

    internal static Decision Sit(LessonState state, Guid me, TakeSeat take, CommandContext context) => Names.RefusalTo(state, take.Nickname) is { } refusal ? new Decision([], [], refusal)
        : context.IsDoubted(Names.Normalize(take.Nickname)) ? Decision.Refuse("bad-word")
        : Take(state, me, take with { Nickname = Names.Normalize(take.Nickname) });

    private static Decision Take(LessonState state, Guid me, TakeSeat take) =>
        me == Guid.Empty ? Decision.Refuse("bad-value")
        : state.Seats.ContainsKey(me) || state.Entries.ContainsKey(me) ? Decision.Nothing
        : DeviceRules.IsBarred(state, take.BrowserId) ? Decision.Refuse("device-barred")
        : state.Locked ? Decision.Refuse("lobby-locked")
        : state.Seats.Count + state.Entries.Count >= MaxSeats ? Decision.Refuse("classroom-full", "max", MaxSeats)
        : !IsNickname(take.Nickname) ? Decision.Refuse("bad-nickname", "max", MaxNickname)
        : !Enum.IsDefined(take.Language) || !Enum.IsDefined(take.Level) ? Decision.Refuse("bad-value")
        : IsTaken(state, take.Nickname, me) ? Decision.Refuse("nickname-taken")
        : RoomsRules.RefusalTo(state, take.Room) is { } room ? new Decision([], [], room)
        : take.SeatsADevice > 0 && DeviceRules.HeldBy(state, take.BrowserId) >= take.SeatsADevice ? Decision.Refuse("device-full", "max", take.SeatsADevice)
        : state.EntranceAsks || DeviceRules.IsBarredName(state, take.Nickname)
            ? Decision.Of(new EntryRequested(take.Nickname.Trim(), take.Language, take.Level, take.DeviceId, take.Themed, take.BrowserId, RoomsRules.SeatIn(state, take.Room)))
        : Decision.Of(new SeatTaken(take.Nickname.Trim(), take.Language, take.Level, take.DeviceId, take.Themed, take.BrowserId, RoomsRules.SeatIn(state, take.Room)));

    private static Decision Remove(LessonState state, Guid student, bool bar, bool all)
    {
        if (!state.Seats.TryGetValue(student, out var seat))
        {
            return Decision.Refuse("no-such-student");
        }

        // Before they go: their names are barred too.
        var facts = new List<Fact>();
        if (bar && seat.BrowserId is { } browser && !state.Barred.Contains(browser))
        {
            facts.Add(new DeviceBarred(browser));
        }

        facts.Add(new StudentRemoved(student));
        if (all && seat.BrowserId is not null)
        {
            facts.AddRange(state.Seats.Values.Where(s => s.StudentId != student && s.BrowserId == seat.BrowserId).Select(s => new StudentRemoved(s.StudentId)));
        }

        var waiting = state.Entries.Values.Where(e => all && e.BrowserId is not null && e.BrowserId == seat.BrowserId).Select(e => e.StudentId).ToImmutableArray();
        if (!waiting.IsEmpty)
        {
            facts.Add(new TurnedAway(waiting));
        }

        return Decision.Of([.. facts]);
    }

    private static Decision BringBack(LessonState state, Guid student) => state.Seats.ContainsKey(student) ? Decision.Nothing
        : !state.RemovedSeats.TryGetValue(student, out var seat) || !IsNickname(seat.Nickname) ? Decision.Refuse("no-such-student")
        : state.Seats.Count + state.Entries.Count >= MaxSeats ? Decision.Refuse("classroom-full", "max", MaxSeats)
        // The same child, perhaps, who came in again.
        : IsTaken(state, seat.Nickname, student) ? Decision.Refuse("nickname-taken")
        : state.Seats.Values.Count(s => s.DeviceId == seat.DeviceId) >= Phones.Most ? Decision.Refuse("phone-full", "max", Phones.Most)
        // Its phone is another child's now, who came in after it: what is brought back would be on a stranger's screen.
        : !seat.IsShared && state.Seats.Values.Any(s => s.DeviceId == seat.DeviceId) ? Decision.Refuse("not-on-phone")
        : Decision.Of(new StudentBroughtBack(student));

    // Who has gone meanwhile is no reason to keep the others.
    private static Decision RemoveAll(LessonState state, ImmutableArray<Guid> students)
    {
        var (seated, waiting) = (students.Where(state.Seats.ContainsKey).ToList(), students.Where(state.Entries.ContainsKey).ToImmutableArray());
        return seated.Count == 0 && waiting.IsEmpty ? Decision.Refuse("no-such-student")
            : Decision.Of([.. seated.Select(id => new StudentRemoved(id)), .. waiting.IsEmpty ? Array.Empty<Fact>() : [new TurnedAway(waiting)]]);
    }

    private static Decision Rename(LessonState state, RenameStudent rename) =>
        !state.Seats.TryGetValue(rename.StudentId, out var seat) ? Decision.Refuse("no-such-student")
        : !IsNickname(rename.Nickname) ? Decision.Refuse("bad-nickname", "max", MaxNickname)
        : seat.Nickname == rename.Nickname.Trim() ? Decision.Nothing
        : IsTaken(state, rename.Nickname, rename.StudentId) ? Decision.Refuse("nickname-taken")
        : Decision.Of(new StudentRenamed(rename.StudentId, rename.Nickname.Trim()));

    private static bool IsTaken(LessonState state, string nickname, Guid but)
    {
        var plain = Plain(nickname);
        return state.Seats.Values.Any(s => s.StudentId != but && Plain(s.Nickname) == plain)
            || state.Entries.Values.Any(e => e.StudentId != but && Plain(e.Nickname) == plain);
    }
}
