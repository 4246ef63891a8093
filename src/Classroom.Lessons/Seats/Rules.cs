namespace Classroom.Lessons;

/// <summary>Who sits in the lesson, on which device, under which nickname.</summary>
public static class SeatsRules
{
    public const int MaxSeats = 60;
    public const int MaxNickname = 24;

    internal static void Register(RuleTable rules)
    {
        rules.Decide<TakeSeat>(static (state, take, context) => Names.RefusalTo(state, take.Nickname) is { } refusal ? new Decision([], [], refusal)
            : Take(state, context.By.Id, take with { Nickname = Names.Normalize(take.Nickname) }));
        rules.Decide<RequestDevice>(static (state, request, context) => state.Seats[context.By.Id].DeviceId == request.DeviceId || state.Seats[context.By.Id].WaitingDevice == request.DeviceId
                ? Decision.Nothing : Decision.Of(new DeviceRequested(request.DeviceId)));
        rules.Decide<ApproveDevice>(static (state, approve, _) => Waiting(state, approve.StudentId) ?? Decision.Of(new DeviceApproved(approve.StudentId)));
        rules.Decide<RefuseDevice>(static (state, refuse, _) => Waiting(state, refuse.StudentId) ?? Decision.Of(new DeviceRefused(refuse.StudentId)));
        rules.Decide<RemoveStudent>(static (state, remove, _) => state.Seats.ContainsKey(remove.StudentId)
                ? Decision.Of(new StudentRemoved(remove.StudentId)) : Decision.Refuse("no-such-student"));
        rules.Decide<RenameStudent>(static (state, rename, _) => Names.RefusalTo(state, rename.Nickname) is { } refusal ? new Decision([], [], refusal)
            : Rename(state, rename with { Nickname = Names.Normalize(rename.Nickname) }));
        rules.Decide<ChangePreferences>(static (state, prefer, context) => !Enum.IsDefined(prefer.Language) || !Enum.IsDefined(prefer.Level) ? Decision.Refuse("bad-value")
                : state.Seats[context.By.Id].Variant == new Variant(prefer.Language, prefer.Level) ? Decision.Nothing
                : Decision.Of(new PreferencesChanged(prefer.Language, prefer.Level)));

        rules.Apply<SeatTaken>(static (state, t, meta) => state with
        {
            Seats = state.Seats.Add(meta.By.Id, new Seat(meta.By.Id, t.Nickname, t.Themed, t.Language, t.Level, t.DeviceId, meta.At)),
        });
        rules.Apply<DeviceRequested>(static (state, d, meta) => Change(state, meta.By.Id, s => s with { WaitingDevice = d.DeviceId }));
        rules.Apply<DeviceApproved>(static (state, d, _) => Change(state, d.StudentId, s => s with { DeviceId = s.WaitingDevice!.Value, WaitingDevice = null }));
        rules.Apply<DeviceRefused>(static (state, d, _) => Change(state, d.StudentId, s => s with { WaitingDevice = null }));
        rules.Apply<StudentRemoved>(static (state, r, _) => state with { Seats = state.Seats.Remove(r.StudentId), Hands = state.Hands.Remove(r.StudentId) });
        rules.Apply<StudentRenamed>(static (state, r, _) => Change(state, r.StudentId, s => s with { Nickname = r.Nickname, Themed = false }));
        rules.Apply<PreferencesChanged>(static (state, p, meta) => Change(state, meta.By.Id, s => s with { Language = p.Language, Level = p.Level }));
    }

    /// <summary>A nickname as it is compared: equal where a class could not tell two apart.</summary>
    public static string Plain(string nickname) => Spelling.Skeleton(nickname);

    public static bool IsNickname(string? nickname) => Names.FaultOf(nickname) is null;

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
}
