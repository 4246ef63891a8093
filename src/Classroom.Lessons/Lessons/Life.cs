namespace Classroom.Lessons;

/// <summary>Lobby, live, ended, reopened; the step the class is at.</summary>
public static class Life
{
    public static Decision? Decide(LessonState state, Envelope envelope, DateTimeOffset now) => envelope.Command switch
    {
        OpenLesson open => Open(open),
        StartLesson => Decision.Of(new LessonStarted(state.Plan.Steps[0].Id)),
        GoToStep go => state.Step(go.StepId) is null ? Decision.Refuse("no-such-step")
            : state.StepId == go.StepId ? Decision.Nothing
            : Decision.Of(new StepStarted(go.StepId)),
        EndLesson => Decision.Of(new LessonEnded()).Then(
            [.. state.Explanations.Values.Where(e => e.IsRunning).Select(e => new HushExplanation(e.Order.ExplanationId))])
            .Then(new ReleaseCode(state.JoinCode!), new LessonClosed(now)),
        ReopenLesson reopen => now - state.EndedAt > Lesson.ReopenWindow ? Decision.Refuse("too-late-to-reopen")
            : string.IsNullOrEmpty(reopen.JoinCode) ? Decision.Refuse("bad-code")
            : Decision.Of(new LessonReopened(reopen.JoinCode)).Then(new LessonClosed(null)),
        LockLobby => state.Locked ? Decision.Nothing : Decision.Of(new LobbyLocked()),
        UnlockLobby => state.Locked ? Decision.Of(new LobbyUnlocked()) : Decision.Nothing,
        SetBoardVariant set => !Enum.IsDefined(set.Language) || !Enum.IsDefined(set.Level) ? Decision.Refuse("bad-value")
            : state.BoardVariant == new Variant(set.Language, set.Level) ? Decision.Nothing
            : Decision.Of(new BoardVariantSet(set.Language, set.Level)),
        SwitchAi ai => state.AiOn == ai.On ? Decision.Nothing : Decision.Of(new AiSwitched(ai.On)),
        _ => null,
    };

    public static LessonState? Apply(LessonState state, Fact fact, FactMeta meta) => fact switch
    {
        LessonOpened opened => state with
        {
            Opened = opened.Opening,
            TeacherId = meta.By.Id,
            JoinCode = opened.Opening.JoinCode,
            BoardVariant = new(opened.Opening.BoardLanguage, Level.Standard),
        },
        LessonStarted started => AtStep(state with { Phase = LessonPhase.Live, StartedAt = meta.At }, started.StepId, meta.At),
        StepStarted step => AtStep(state, step.StepId, meta.At),
        LessonEnded => state with { Phase = LessonPhase.Ended, EndedAt = meta.At, JoinCode = null },
        // Opened keeps the last code beyond the end, so that it can still be freed after a crash.
        LessonReopened reopened => state with
        {
            Phase = LessonPhase.Live,
            EndedAt = null,
            JoinCode = reopened.JoinCode,
            Opened = state.Opened! with { JoinCode = reopened.JoinCode },
        },
        LobbyLocked => state with { Locked = true },
        LobbyUnlocked => state with { Locked = false },
        BoardVariantSet set => state with { BoardVariant = new(set.Language, set.Level) },
        AiSwitched ai => state with { AiOn = ai.On },
        _ => null,
    };

    private static Decision Open(OpenLesson open) =>
        open.Plan.Steps.IsDefaultOrEmpty || string.IsNullOrEmpty(open.JoinCode) ? Decision.Refuse("bad-plan")
        : string.IsNullOrWhiteSpace(open.ClassName) || open.ClassName.Length > 40 ? Decision.Refuse("bad-class-name")
        : Decision.Of(new LessonOpened(open));

    private static LessonState AtStep(LessonState state, string stepId, DateTimeOffset at) =>
        state with { StepId = stepId, StepStartedAt = at, Reached = state.Reached.Add(stepId) };
}
