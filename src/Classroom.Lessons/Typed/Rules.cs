namespace Classroom.Lessons;

/// <summary>What a child has typed and not sent: kept for the child alone, until it is sent. It is no answer and no idea, and nobody is told of it.</summary>
public static class TypedRules
{
    /// <summary>As much as an open answer has.</summary>
    public const int MaxText = QuestionsRules.MaxOpen;

    internal static void Register(RuleTable rules)
    {
        rules.Decide<KeepTyped>(static (state, keep, context) => Keep(state, keep, context.By.Id));

        rules.Apply<TypedKept>(static (state, kept, meta) => new TypedKey(meta.By.Id, kept.Field, kept.Of) is var key && kept.Text.Length == 0
            ? state with { Typed = state.Typed.Remove(key) } : state with { Typed = state.Typed.SetItem(key, new Typed(kept.Text, kept.Round)) });
    }

    /// <summary>Without what a child had typed there: it is sent.</summary>
    internal static LessonState Sent(LessonState state, Guid student, TypedField field, string of) => state with { Typed = state.Typed.Remove(new(student, field, of)) };

    private static Decision Keep(LessonState state, KeepTyped keep, Guid me)
    {
        var (of, text) = (keep.Of ?? "", keep.Text ?? "");
        if (!Enum.IsDefined(keep.Field))
        {
            return Decision.Refuse("bad-value");
        }

        if (text.Length > MaxText)
        {
            return Decision.Refuse("too-long", "max", MaxText);
        }

        var question = keep.Field == TypedField.Answer ? state.Questions.GetValueOrDefault(of) : null;
        if (keep.Field == TypedField.Answer && question is null)
        {
            return Decision.Refuse("no-such-question");
        }

        if (keep.Field == TypedField.Idea && !state.Reached.Contains(of))
        {
            return Decision.Refuse(state.Step(of) is null ? "no-such-step" : "step-not-reached");
        }

        var round = question?.Round ?? 0;
        var kept = state.Typed.GetValueOrDefault(new(me, keep.Field, of));
        // A question that was closed may be opened again; one whose results are shown takes nothing more. What is not refused is kept.
        return question is { Status: QuestionStatus.Counted or QuestionStatus.Revealed } && text.Length > 0 ? Decision.Refuse("question-closed")
            : (kept is null && text.Length == 0) || (kept is not null && kept.Text == text && kept.Round == round) ? Decision.Nothing
            : Decision.Of(new TypedKept(keep.Field, of, round, text));
    }
}
