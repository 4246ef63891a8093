namespace Classroom.Lessons;

/// <summary>
/// An adult in a room where the teacher is not. Invariant: a room has one helper at most. Invariant: nothing that a helper does is about another room, whatever
/// the command says. Invariant: a hand is claimed by no helper who is gone, or whose room its child has left.
/// </summary>
public static class HelpersRules
{
    /// <summary>It stands beside a raised hand on a phone.</summary>
    public const int MaxName = 40;

    internal static void Register(RuleTable rules)
    {
        rules.Decide<InviteHelper>(static (state, invite, _) => invite.HelperId == Guid.Empty ? Decision.Refuse("bad-value")
            : state.Helpers.ContainsKey(invite.HelperId) ? Decision.Nothing
            : !RoomsRules.Exists(state, invite.Room ?? RoomsRules.Hub) ? Decision.Refuse("no-such-room")
            : Decision.Of(new HelperInvited(invite.HelperId, RoomsRules.Stored(invite.Room))));
        rules.Decide<DismissHelper>(static (state, dismiss, _) =>
            state.Helpers.ContainsKey(dismiss.HelperId) ? Decision.Of(new HelperDismissed(dismiss.HelperId)) : Decision.Nothing);
        rules.Decide<ComeAsHelper>(static (state, come, context) => Come(state, state.Helpers[context.By.Id], Spelling.OneLine(come.Name ?? "")));

        rules.Apply<HelperInvited>(static (state, h, meta) => Without(state, Of(state, h.Room)) is var after
            ? after with { Helpers = after.Helpers.SetItem(h.HelperId, new Helper(h.Room, meta.At)) } : state);
        rules.Apply<HelperDismissed>(static (state, h, _) => Without(state, [h.HelperId]));
        rules.Apply<HelperCame>(static (state, h, meta) => state with { Helpers = state.Helpers.SetItem(meta.By.Id, state.Helpers[meta.By.Id] with { Name = h.Name }) });
    }

    /// <summary>Why a helper may not do this; null: she may, or it is somebody else. What is not named here is not hers, whoever else may do it.</summary>
    internal static string? RefusalTo(LessonState state, Actor by, Command command)
    {
        if (by.Role != Role.Helper)
        {
            return null;
        }

        var helper = state.Helpers[by.Id];
        return command switch
        {
            ComeAsHelper => null,
            ClaimHand or AnswerHand or Admit or ApproveDevice or CountHands when helper.Name is null => "helper-nameless",
            ClaimHand claim => Elsewhere(claim.StudentId),
            AnswerHand answer => Elsewhere(answer.StudentId),
            ApproveDevice approve => Elsewhere(approve.StudentId),
            Admit { StudentIds: { IsDefault: false } waiting } => waiting.Any(id => state.Entries.TryGetValue(id, out var entry) && entry.Room != helper.Room) ? "other-room" : null,
            // Of whichever room it says, they are counted for hers.
            Admit or CountHands => null,
            _ => "wrong-role",
        };

        string? Elsewhere(Guid student) => state.Seats.TryGetValue(student, out var seat) && seat.Room != helper.Room ? "other-room" : null;
    }

    /// <summary>Those who help in a room, as facts have it.</summary>
    internal static IEnumerable<Guid> Of(LessonState state, int? room) => state.Helpers.Where(h => h.Value.Room == room).Select(h => h.Key);

    /// <summary>Whose room is no more: with the last satellite the hub's too, which would be the whole class, and which the teacher has no row for any more.</summary>
    internal static IEnumerable<Guid> ClosedWith(LessonState state, int room) => Of(state, room).Concat(state.Rooms.Keys.All(r => r == room) ? Of(state, null) : []);

    /// <summary>A hand that one of them went to waits again.</summary>
    internal static LessonState Without(LessonState state, IEnumerable<Guid> gone)
    {
        var ids = gone.ToHashSet();
        return ids.Count == 0 ? state : Released(state, h => ids.Contains(h.Value.ClaimedBy!.Id)) with { Helpers = state.Helpers.RemoveRange(ids) };
    }

    /// <summary>The child has left the room: who helps there does not go to it.</summary>
    internal static LessonState Left(LessonState state, Guid student) => Released(state, h => h.Key == student);

    /// <summary>Who claims a hand, by the name that she gave: her link has none.</summary>
    internal static Actor Named(LessonState state, Actor by) => by.Role == Role.Helper ? by with { Name = state.Helpers.GetValueOrDefault(by.Id)?.Name } : by;

    private static LessonState Released(LessonState state, Func<KeyValuePair<Guid, Hand>, bool> which)
    {
        var free = state.Hands.Where(h => h.Value.ClaimedBy?.Role == Role.Helper).Where(which).ToList();
        return free.Count == 0 ? state
            : state with { Hands = state.Hands.SetItems(free.Select(h => KeyValuePair.Create(h.Key, h.Value with { ClaimedBy = null, ClaimedAt = null }))) };
    }

    private static Decision Come(LessonState state, Helper helper, string name) => helper.Name == name ? Decision.Nothing
        : helper.Name is { } already ? Decision.Refuse("helper-named", "by", already)
        : name.Length > MaxName ? Decision.Refuse("too-long", "max", MaxName)
        : Spelling.RefusalTo(name) is { } fault ? new Decision([], [], fault)
        // On a child's phone it would be the teacher who comes.
        : Names.IsRoleAlone(name) ? Decision.Refuse("nickname-of-role")
        : Names.IsTeachers(state, name) ? Decision.Refuse("nickname-of-teacher")
        : Decision.Of(new HelperCame(name));
}
