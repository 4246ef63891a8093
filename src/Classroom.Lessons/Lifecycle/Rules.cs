namespace Classroom.Lessons;

/// <summary>Lobby, live, ended, reopened; the step the class is at.</summary>
public static class LifecycleRules
{
    public static readonly TimeSpan ReopenWindow = TimeSpan.FromHours(24);

    /// <summary>The satellite of a rehearsal, called by a number as doors are: the server has no words.</summary>
    public const int RehearsalRoom = RoomsRules.Hub + 1;

    /// <summary>More is another step.</summary>
    public const int MaxMinutesAdded = 60;

    internal static void Register(RuleTable rules)
    {
        rules.Decide<OpenLesson>(static (_, open, _) => Open(open));
        rules.Decide<StartLesson>(static (state, _, _) => Decision.Of(new LessonStarted(state.Plan.Steps[0].Id)));
        rules.Decide<GoToStep>(static (state, go, _) => state.Step(go.StepId) is null ? Decision.Refuse("no-such-step")
            : state.StepId == go.StepId ? Decision.Nothing
            : Decision.Of(new StepStarted(go.StepId)));
        rules.Decide<AddMinute>(static (state, add, _) => state.Step(add.StepId) is null ? Decision.Refuse("no-such-step")
            : !state.Reached.Contains(add.StepId) ? Decision.Refuse("step-not-reached")
            : Added(state, add.StepId) >= MaxMinutesAdded ? Decision.Refuse("too-many", "max", MaxMinutesAdded)
            : Decision.Of(new MinuteAdded(add.StepId)));
        rules.Decide<ShowHeat>(static (state, show, _) => state.HeatHidden == !show.On ? Decision.Nothing : Decision.Of(new HeatShown(show.On)));
        rules.Decide<EndLesson>(static (state, _, context) => context.By.Role == Role.System && !state.IsRehearsal ? Decision.Refuse("wrong-role") : Decision.Of(new LessonEnded(state.Opened?.Rehearsal)).Then(
            [.. state.Explanations.Values.Where(e => e.IsRunning).Select(e => new StopStream(e.Order.ExplanationId))])
            .Then(new ReleaseJoinCode(state.JoinCode!), new ReportEnd(context.Now)));
        rules.Decide<ReopenLesson>(static (state, reopen, context) => state.IsRehearsal ? Decision.Refuse("rehearsal-over")
            : context.Now - state.EndedAt > ReopenWindow ? Decision.Refuse("too-late-to-reopen")
            : string.IsNullOrEmpty(reopen.JoinCode) ? Decision.Refuse("bad-code")
            : Decision.Of(new LessonReopened(reopen.JoinCode)).Then(new ReportEnd(null)));
        rules.Decide<LockLobby>(static (state, _, _) => state.Locked ? Decision.Nothing : Decision.Of(new LobbyLocked()));
        rules.Decide<UnlockLobby>(static (state, _, _) => state.Locked ? Decision.Of(new LobbyUnlocked()) : Decision.Nothing);
        rules.Decide<SetBoardVariant>(static (state, set, _) => !Enum.IsDefined(set.Language) || !Enum.IsDefined(set.Level) ? Decision.Refuse("bad-value")
            : state.BoardVariant == new Variant(set.Language, set.Level) ? Decision.Nothing
            : Decision.Of(new BoardVariantSet(set.Language, set.Level)));
        // What a model is giving ends with it. A rehearsal has none.
        rules.Decide<SwitchAi>(static (state, ai, _) => state.AiOn == ai.On ? Decision.Nothing : state.IsRehearsal ? Decision.Refuse("no-ai")
            : ai.On ? Decision.Of(new AiSwitched(true)) : Decision.Of(new AiSwitched(false)).Then(new EndAi([.. state.Explanations.Values.Where(e => e.IsRunning).Select(e => e.Order.ExplanationId)])));

        rules.Apply<LessonOpened>(static (state, opened, meta) => state with
        {
            Opened = opened.Opening,
            TeacherId = meta.By.Id,
            JoinCode = opened.Opening.JoinCode,
            BoardVariant = new(opened.Opening.BoardLanguage, Level.Standard),
            AiOn = opened.Opening.Rehearsal is not true,
            OtherGroup = opened.Opening.With is { } with ? new(with.With, with.ClassName, with.Title) : null,
        });
        rules.Apply<LessonStarted>(static (state, started, meta) => AtStep(state with { Phase = LessonPhase.Live, StartedAt = meta.At }, started.StepId, meta.At));
        rules.Apply<StepStarted>(static (state, step, meta) => AtStep(state, step.StepId, meta.At));
        rules.Apply<MinuteAdded>(static (state, m, _) => state with { MinutesAdded = state.MinutesAdded.SetItem(m.StepId, Added(state, m.StepId) + 1) });
        rules.Apply<HeatShown>(static (state, h, _) => state with { HeatHidden = !h.On });
        rules.Apply<LessonEnded>(static (state, _, meta) => state with { Phase = LessonPhase.Ended, EndedAt = meta.At, JoinCode = null });
        rules.Apply<LessonReopened>(static (state, reopened, _) => state with
        {
            Phase = LessonPhase.Live,
            EndedAt = null,
            JoinCode = reopened.JoinCode,
            Opened = state.Opened! with { JoinCode = reopened.JoinCode },
        });
        rules.Apply<LobbyLocked>(static (state, _, _) => state with { Locked = true });
        rules.Apply<LobbyUnlocked>(static (state, _, _) => state with { Locked = false });
        rules.Apply<BoardVariantSet>(static (state, set, _) => state with { BoardVariant = new(set.Language, set.Level) });
        rules.Apply<AiSwitched>(static (state, ai, _) => state with { AiOn = ai.On });
    }

    internal static int Added(LessonState state, string? stepId) => stepId is null ? 0 : state.MinutesAdded.GetValueOrDefault(stepId);

    private static Decision Open(OpenLesson open) =>
        open.Plan.Steps.IsDefaultOrEmpty || string.IsNullOrEmpty(open.JoinCode) ? Decision.Refuse("bad-plan")
        : string.IsNullOrWhiteSpace(open.ClassName) || open.ClassName.Length > 40 ? Decision.Refuse("bad-class-name")
        : open.Rehearsal is true && open.Seed is null ? Decision.Refuse("bad-plan")
        : open.With is { } with && CombinedRules.RefusalTo(with, open.Rehearsal is true) is { } refusal ? new Decision([], [], refusal)
        : open.Rehearsal is not true ? Decision.Of(new LessonOpened(open))
        : Decision.Of(new LessonOpened(open), new LessonStarted(FirstToExplain(open.Plan).Id, true), new RoomAdded(RehearsalRoom, "204")).Then(new PlayRehearsal());

    // What a teacher wants to see first is a class that does not understand.
    private static StepPlan FirstToExplain(LessonPlan plan) => plan.Steps.FirstOrDefault(s => !s.Topics.IsDefaultOrEmpty) ?? plan.Steps[0];

    private static LessonState AtStep(LessonState state, string stepId, DateTimeOffset at) =>
        state with { StepId = stepId, StepStartedAt = at, Reached = state.Reached.Add(stepId) };
}
