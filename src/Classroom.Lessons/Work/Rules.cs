namespace Classroom.Lessons;

/// <summary>A student's work on a task: drafts, hand-in, the second draft after feedback. Less than is asked for can be handed in: the bell waits for nobody.</summary>
public static class WorkRules
{
    public const int MaxText = 8000;
    public const int MaxOwn = 1000;
    public const int MaxSources = 10;
    public const int MaxSource = 300;
    public const int MaxReturn = 300;

    internal static void Register(RuleTable rules)
    {
        rules.Decide<SaveDraft>(static (state, save, context) => Save(state, save, context.By.Id));
        rules.Decide<HandIn>(static (state, hand, context) => HandIn(state, hand.StepId, context));
        rules.Decide<ReviseWork>(static (state, revise, context) => Revise(state, new WorkKey(context.By.Id, revise.StepId ?? "")));

        rules.Decide<ReturnWork>(static (state, back, _) => Return(state, new WorkKey(back.StudentId, back.StepId ?? ""), Spelling.OneLine(back.Text ?? "")));

        rules.Apply<DraftSaved>(static (state, d, meta) => Put(state, new(meta.By.Id, d.StepId), w => w with
        {
            Text = d.Text, OwnContribution = d.OwnContribution, Reflection = d.Reflection, Sources = d.Sources, SavedAt = meta.At,
        }));
        rules.Apply<WorkHandedIn>(static (state, h, meta) => Put(state, new(meta.By.Id, h.StepId), w => w with
        {
            Status = WorkStatus.HandedIn, Version = w.Version + 1, PreviousSubmission = w.Submission, Submission = w.Text, HandedInAt = meta.At, With = h.With ?? [], Returned = null,
        }));
        rules.Apply<RevisionOpened>(static (state, r, meta) => Put(state, new(meta.By.Id, r.StepId), w => w with { Status = WorkStatus.Revising }));
        rules.Apply<WorkReturned>(static (state, r, _) => Put(state, new(r.StudentId, r.StepId), w => w with { Status = WorkStatus.Revising, Returned = r.Text }));
    }

    /// <summary>Words of a text: runs that hold a letter or a digit.</summary>
    public static int Words(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(w => w.Any(char.IsLetterOrDigit));

    /// <summary>Whether two drafts are the same in all that a child writes, and as far along. Nothing at all is as a blank one.</summary>
    internal static bool IsSame(StudentWork? one, StudentWork? other)
    {
        one ??= new StudentWork("", "", "", [], default);
        other ??= new StudentWork("", "", "", [], default);
        return one.Status == other.Status && one.Text == other.Text && one.OwnContribution == other.OwnContribution && one.Reflection == other.Reflection
            && one.Sources.SequenceEqual(other.Sources);
    }

    internal static Decision? Task(LessonState state, string? stepId) =>
        state.Step(stepId) is not { Task: not null } ? Decision.Refuse("no-task")
        : !state.Reached.Contains(stepId!) ? Decision.Refuse("step-not-reached") : null;

    private static Decision Save(LessonState state, SaveDraft save, Guid me)
    {
        if (Task(state, save.StepId) is { } refusal)
        {
            return refusal;
        }

        var (text, own, reflection) = (save.Text ?? "", save.OwnContribution ?? "", save.Reflection ?? "");
        ImmutableArray<string> sources = save.Sources.IsDefault ? [] : [.. save.Sources.Where(s => !string.IsNullOrWhiteSpace(s)).Select(s => s.Trim())];
        if (text.Length > MaxText)
        {
            return Decision.Refuse("too-long", "max", MaxText);
        }

        if (own.Length > MaxOwn || reflection.Length > MaxOwn)
        {
            return Decision.Refuse("too-long", "max", MaxOwn);
        }

        if (sources.Length > MaxSources || sources.Any(s => s.Length > MaxSource))
        {
            return Decision.Refuse("too-many", "max", MaxSources);
        }

        if (!state.Works.TryGetValue(new(me, save.StepId), out var work))
        {
            return Decision.Of(new DraftSaved(save.StepId, text, own, reflection, sources));
        }

        return work.Status == WorkStatus.HandedIn ? Decision.Refuse("already-handed-in")
            : work.Text == text && work.OwnContribution == own && work.Reflection == reflection && work.Sources.SequenceEqual(sources)
                ? Decision.Nothing
            : Decision.Of(new DraftSaved(save.StepId, text, own, reflection, sources));
    }

    private static Decision HandIn(LessonState state, string stepId, CommandContext context)
    {
        var me = context.By.Id;
        if (Task(state, stepId) is { } refusal)
        {
            return refusal;
        }

        var task = state.Step(stepId)!.Task!;
        var work = state.Works.GetValueOrDefault(new(me, stepId));
        var isWritten = !string.IsNullOrWhiteSpace(work?.Text);
        return work?.Status == WorkStatus.HandedIn ? Decision.Nothing
            // A drawing needs no text; what is its own in it and where it was found is asked of what was written.
            : !isWritten && !PhotosRules.Of(state, new(me, stepId)).Any() ? Decision.Refuse("empty")
            : isWritten && state.PolicyOf(state.Step(stepId)!) != AiPolicy.None && string.IsNullOrWhiteSpace(work!.OwnContribution)
                ? Decision.Refuse("own-contribution-missing")
            : task.AsksReflection && string.IsNullOrWhiteSpace(work?.Reflection) ? Decision.Refuse("reflection-missing")
            : isWritten && task.AsksSources && work!.Sources.IsEmpty ? Decision.Refuse("sources-missing")
            : Decision.Of(new WorkHandedIn(stepId, Phones.MadeWith(state, context.Together, me, stepId)));
    }

    private static Decision Revise(LessonState state, WorkKey key) =>
        !state.Works.TryGetValue(key, out var work) ? Decision.Refuse("no-work")
        : work.Status != WorkStatus.HandedIn ? Decision.Nothing
        : !state.Feedbacks.Values.Any(f => FeedbackRules.IsOf(state, f, key) && f.Status == FeedbackStatus.Released)
            ? Decision.Refuse("no-feedback-yet")
        : Decision.Of(new RevisionOpened(key.StepId));

    // With everybody who made it, as long as it is theirs as it was handed in.
    private static Decision Return(LessonState state, WorkKey key, string text) =>
        !state.Works.TryGetValue(key, out var work) || work.Status != WorkStatus.HandedIn ? Decision.Refuse("not-handed-in")
        : Spelling.IsBlank(text) ? Decision.Refuse("empty")
        : text.Length > MaxReturn ? Decision.Refuse("too-long", "max", MaxReturn)
        : Decision.Of([.. work.With.Prepend(key.StudentId).Distinct()
            .Where(id => state.Works.GetValueOrDefault(key with { StudentId = id }) is { Status: WorkStatus.HandedIn } theirs && theirs.Submission == work.Submission
                // What a mate handed in alone since is its own, though the words be the same.
                && (id == key.StudentId || theirs.With.Contains(key.StudentId)))
            .Select(id => new WorkReturned(id, key.StepId, text))]);

    private static LessonState Put(LessonState state, WorkKey key, Func<StudentWork, StudentWork> change) => state with
    {
        Works = state.Works.SetItem(key, change(state.Works.GetValueOrDefault(key) ?? new StudentWork("", "", "", [], default))),
    };
}
