namespace Classroom.Lessons;

public sealed record MarkGiven(Guid StudentId, string StepId, int Mark, string ScaleId) : Fact;

public sealed record MarkWithdrawn(Guid StudentId, string StepId) : Fact;

/// <summary>Marks: given by the lesson's teacher and by nothing else, on the scale that was in force when it was opened.</summary>
public static class Marking
{
    public static Decision? Decide(LessonState state, Envelope envelope) => envelope.Command switch
    {
        GiveMark give => Give(state, give, new WorkKey(give.StudentId, give.StepId ?? "")),
        WithdrawMark w => state.Marks.ContainsKey(new(w.StudentId, w.StepId ?? ""))
            ? Decision.Of(new MarkWithdrawn(w.StudentId, w.StepId!)) : Decision.Refuse("no-mark"),
        _ => null,
    };

    public static LessonState? Apply(LessonState state, Fact fact, FactMeta meta) => fact switch
    {
        MarkGiven m => state with { Marks = state.Marks.SetItem(new(m.StudentId, m.StepId), new Mark(m.Mark, meta.At)) },
        MarkWithdrawn m => state with { Marks = state.Marks.Remove(new(m.StudentId, m.StepId)) },
        _ => null,
    };

    private static Decision Give(LessonState state, GiveMark give, WorkKey key)
    {
        var scale = state.Opened!.Scale;
        return !state.Seats.ContainsKey(give.StudentId) ? Decision.Refuse("no-such-student")
            : state.Step(give.StepId) is null ? Decision.Refuse("no-such-step")
            : !scale.Bands.Any(b => b.Mark == give.Mark) ? Decision.Refuse("out-of-scale")
            : state.Marks.TryGetValue(key, out var mark) && mark.Value == give.Mark ? Decision.Nothing
            : Decision.Of(new MarkGiven(give.StudentId, give.StepId, give.Mark, scale.Id));
    }
}
