namespace Classroom.Lessons;

/// <summary>
/// A combined class: two groups of one room, each with a whole lesson of its own. A lesson knows which the other one is, and nothing of what happens there.
/// Invariant: it has one other group at most.
/// </summary>
public static class CombinedRules
{
    internal static void Register(RuleTable rules)
    {
        rules.Decide<CombineLesson>(static (state, combine, _) => RefusalTo(combine, state.IsRehearsal) is { } refusal ? new Decision([], [], refusal)
            : state.OtherGroup?.ClassroomId == combine.With ? Decision.Nothing
            : state.OtherGroup is { } other && other.ClassroomId != combine.Instead ? Decision.Refuse("already-combined")
            : Decision.Of(new LessonCombined(combine.With, combine.ClassName, combine.Title)));

        rules.Apply<LessonCombined>(static (state, c, _) => state with { OtherGroup = new(c.With, c.ClassName, c.Title) });
    }

    /// <summary>A scripted class is one class. The rules do not know the lesson's own id: the server, which does, never sends that.</summary>
    internal static Refusal? RefusalTo(CombineLesson combine, bool rehearsal) =>
        combine.With == Guid.Empty || combine.Title is null ? new Refusal("bad-id") : rehearsal ? new Refusal("rehearsal-alone") : null;
}
