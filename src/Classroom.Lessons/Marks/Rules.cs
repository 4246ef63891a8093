namespace Classroom.Lessons;

/// <summary>Marks: given by the lesson's teacher and by nothing else, on work that was handed in, on the scale that was in force when it was opened.</summary>
public static class MarksRules
{
    internal static void Register(RuleTable rules)
    {
        rules.Decide<GiveMark>(static (state, give, _) => Give(state, give, new WorkKey(give.StudentId, give.StepId ?? "")));
        rules.Decide<WithdrawMark>(static (state, w, _) => state.Marks.ContainsKey(new(w.StudentId, w.StepId ?? ""))
            ? Decision.Of(new MarkWithdrawn(w.StudentId, w.StepId!)) : Decision.Refuse("no-mark"));

        rules.Apply<MarkGiven>(static (state, m, meta) => state with { Marks = state.Marks.SetItem(new(m.StudentId, m.StepId), new Mark(m.Mark, meta.At)) });
        rules.Apply<MarkWithdrawn>(static (state, m, _) => state with { Marks = state.Marks.Remove(new(m.StudentId, m.StepId)) });
    }

    private static Decision Give(LessonState state, GiveMark give, WorkKey key)
    {
        var scale = state.Opened!.Scale;
        return !state.Seats.ContainsKey(give.StudentId) ? Decision.Refuse("no-such-student")
            : state.Step(give.StepId) is null ? Decision.Refuse("no-such-step")
            : !scale.Bands.Any(b => b.Mark == give.Mark) ? Decision.Refuse("out-of-scale")
            : !state.Works.TryGetValue(key, out var work) || work.Version == 0 ? Decision.Refuse("not-handed-in")
            : state.Marks.TryGetValue(key, out var mark) && mark.Value == give.Mark ? Decision.Nothing
            : Decision.Of(new MarkGiven(give.StudentId, give.StepId, give.Mark, scale.Id));
    }
}
