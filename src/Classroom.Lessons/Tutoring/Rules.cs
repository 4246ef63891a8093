namespace Classroom.Lessons;

/// <summary>
/// A student's private questions to the tutor, where the step's AI policy allows them.
/// Invariant: where a step has a task, the first draft is the student's own: as many words as the task asks for come before the first question.
/// Invariant: the teacher reads a thread only behind a reason that the student sees.
/// </summary>
public static class TutoringRules
{
    public const int MaxText = 600;
    public const int MaxEachStep = 20;
    public const int MinReason = 5;
    public const int MaxReason = 300;

    internal static void Register(RuleTable rules)
    {
        rules.Decide<AskTutor>(static (state, ask, context) => Ask(state, ask, context));
        rules.Decide<AnswerStudent>(static (state, a, _) => Pending(state, a.ExchangeId) ?? (state.IsLate(a.Provenance) ? Decision.Of(new StudentNotAnswered(a.ExchangeId, "no-ai", Flags(a.Flags), a.Provenance.Tokens))
            : string.IsNullOrWhiteSpace(a.Text)
            ? Decision.Of(new StudentNotAnswered(a.ExchangeId, "tutor-empty", Flags(a.Flags), a.Provenance.Tokens))
            : Decision.Of(new StudentAnswered(a.ExchangeId, a.Text.Trim(), Flags(a.Flags), a.Provenance))));
        rules.Decide<FailStudent>(static (state, f, _) => Pending(state, f.ExchangeId)
            ?? Decision.Of(new StudentNotAnswered(f.ExchangeId, f.Code, Flags(f.Flags), f.Tokens, f.AgainInSeconds)));
        rules.Decide<OpenTranscript>(static (state, open, _) => Open(state, open));
        rules.Decide<SetAiPolicy>(static (state, set, _) => state.Step(set.StepId) is null ? Decision.Refuse("no-such-step")
            : !Enum.IsDefined(set.Policy) ? Decision.Refuse("bad-value")
            : state.PolicyOf(state.Step(set.StepId)!) == set.Policy ? Decision.Nothing
            : Decision.Of(new AiPolicySet(set.StepId, set.Policy)));

        rules.Apply<TutorAsked>(static (state, a, meta) => state with
        {
            Exchanges = state.Exchanges.SetItem(a.ExchangeId, new Exchange(a.ExchangeId, meta.By.Id, a.StepId, a.Text, meta.At, meta.Seq)),
        });
        rules.Apply<StudentAnswered>(static (state, a, meta) => Change(state, a.ExchangeId,
            e => e with { Answer = a.Text, Flags = a.Flags, Provenance = a.Provenance, AgainAt = a.Provenance.AgainAt(meta.At) })
            with { Meter = state.Meter.Add(a.Provenance) });
        rules.Apply<StudentNotAnswered>(static (state, f, meta) => Change(state, f.ExchangeId,
            e => e with { Failure = f.Code, Flags = f.Flags, AgainAt = Provenance.AgainAt(meta.At, f.AgainInSeconds) })
            with { Meter = state.Meter.Add(f.Tokens) });
        rules.Apply<TranscriptOpened>(static (state, o, meta) => state with
        {
            Openings = state.Openings.Add(new TranscriptOpening(o.StudentId, meta.By.Name ?? "", o.Reason, meta.At, meta.Seq)),
        });
        rules.Apply<AiPolicySet>(static (state, p, _) => state with { AiPolicies = state.AiPolicies.SetItem(p.StepId, p.Policy) });
    }

    private static Decision Ask(LessonState state, AskTutor ask, CommandContext context)
    {
        var (text, student) = (ask.Text?.Trim(), context.By.Id);
        var mine = state.Exchanges.Values.Where(e => e.StudentId == student).ToList();
        return ask.ExchangeId == Guid.Empty || state.Exchanges.ContainsKey(ask.ExchangeId) ? Decision.Refuse("bad-value")
            : state.Step(ask.StepId) is not { } step || !state.Reached.Contains(ask.StepId) ? Decision.Refuse("no-such-step")
            : state.PolicyOf(step) == AiPolicy.None ? Decision.Refuse("ai-not-allowed")
            : string.IsNullOrEmpty(text) ? Decision.Refuse("empty")
            // Words of care need no model.
            : !(state.AiOn && context.HasModel) && !context.IsDistress(text) ? Decision.Refuse("no-ai")
            : text.Length > MaxText ? Decision.Refuse("too-long", "max", MaxText)
            : LacksOwnDraft(state, step, student) ? Decision.Refuse("own-draft-first", "min", step.Task!.MinOwnWords)
            : mine.Exists(e => e.IsPending) ? Decision.Refuse("answer-pending")
            : mine.Count(e => e.StepId == ask.StepId) >= MaxEachStep ? Decision.Refuse("too-many", "max", MaxEachStep)
            : Decision.Of(new TutorAsked(ask.ExchangeId, ask.StepId, text)).Then(new AskTutorForAnswer(ask.ExchangeId));
    }

    private static bool LacksOwnDraft(LessonState state, StepPlan step, Guid student) => step.Task is { } task
        && (!state.Works.TryGetValue(new(student, step.Id), out var work) ? task.MinOwnWords > 0
            : work.Version == 0 && WorkRules.Words(work.Text) < task.MinOwnWords);

    private static Decision Open(LessonState state, OpenTranscript open)
    {
        var reason = open.Reason?.Trim() ?? "";
        var asked = state.Exchanges.Values.Where(e => e.StudentId == open.StudentId).Select(e => e.Seq).DefaultIfEmpty(0).Max();
        return asked == 0 ? Decision.Refuse("no-thread")
            : reason.Length < MinReason ? Decision.Refuse("reason-missing", "min", MinReason)
            : reason.Length > MaxReason ? Decision.Refuse("too-long", "max", MaxReason)
            : state.Openings.Any(o => o.StudentId == open.StudentId && o.Seq > asked) ? Decision.Nothing
            : Decision.Of(new TranscriptOpened(open.StudentId, reason));
    }

    // The work may report twice after a crash; the first report stands.
    private static Decision? Pending(LessonState state, Guid id) =>
        !state.Exchanges.TryGetValue(id, out var e) ? Decision.Refuse("no-such-exchange") : e.IsPending ? null : Decision.Nothing;

    private static ImmutableArray<string> Flags(ImmutableArray<string> flags) => flags.IsDefault ? [] : [.. flags.Distinct()];

    private static LessonState Change(LessonState state, Guid id, Func<Exchange, Exchange> change) =>
        state with { Exchanges = state.Exchanges.SetItem(id, change(state.Exchanges[id])) };
}
