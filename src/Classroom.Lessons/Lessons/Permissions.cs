namespace Classroom.Lessons;

/// <summary>Who may give which command, and in which phase. Everything not named here is refused.</summary>
public static class Permissions
{
    public static Decision? Check(LessonState state, Envelope envelope)
    {
        var (by, command) = (envelope.By, envelope.Command);
        if (!Allowed(command, by.Role))
        {
            return Decision.Refuse("wrong-role");
        }

        if (command is OpenLesson)
        {
            return state.IsOpen ? Decision.Refuse("already-open") : null;
        }

        if (!state.IsOpen)
        {
            return Decision.Refuse("not-open");
        }

        if (by.Role == Role.Teacher && by.Id != state.TeacherId)
        {
            return Decision.Refuse("foreign-classroom");
        }

        if (by.Role == Role.Student && command is not TakeSeat && !state.Seats.ContainsKey(by.Id))
        {
            return Decision.Refuse("no-seat");
        }

        return PhaseOf(state, command);
    }

    public static bool Allowed(Command command, Role role) => command switch
    {
        TakeSeat or RequestDevice or ChangePreferences or SetTempo or RaiseHand or LowerHand or PressConfusion or ReleaseConfusion
            or GiveAnswer or Contribute or Upvote or SaveDraft or HandIn or ReviseWork or ReplyToFeedback or AskTutor => role == Role.Student,
        ClaimHand or AnswerHand => role is Role.Teacher or Role.Mentor,
        ExpireTempo or FinishVariant or FailVariant or ProposePrompts or FailPrompts or DraftFeedback or FailFeedback
            or AnswerStudent or FailStudent or RecordIncident => role == Role.System,
        _ => role == Role.Teacher,
    };

    // After the end the teacher still reads, releases and marks, and the students still read, reply and revise; nothing new begins.
    private static Decision? PhaseOf(LessonState state, Command command) => command switch
    {
        StartLesson => state.Phase == LessonPhase.Lobby ? null : Decision.Refuse("already-started"),
        ReopenLesson => state.Phase == LessonPhase.Ended ? null : Decision.Refuse("not-ended"),
        LockLobby or UnlockLobby or TakeSeat or RequestDevice or ApproveDevice or RefuseDevice or RemoveStudent or RenameStudent
            or ChangePreferences or SetBoardVariant or SwitchAi or RaiseHand or LowerHand or ClaimHand or AnswerHand or ExpireTempo
            or FormTeams or MoveToTeam or RequestPrompts
            => state.Phase == LessonPhase.Ended && command is not (RemoveStudent or RenameStudent or LowerHand or ExpireTempo)
                ? Decision.Refuse("lesson-ended") : null,
        RequestFeedback or EditFeedback or ReleaseFeedback or ReturnFeedback or DraftFeedback or FailFeedback or ReplyToFeedback
            or GiveMark or WithdrawMark or FinishVariant or FailVariant or ProposePrompts or FailPrompts or SaveDraft or HandIn
            or ReviseWork or ReleaseConfusion or StopExplanation or HideContribution or AnswerStudent or FailStudent or OpenTranscript
            => state.Phase == LessonPhase.Lobby && command is not (ProposePrompts or FailPrompts)
                ? Decision.Refuse("not-started") : null,
        RecordIncident => null,
        _ => state.Phase switch
        {
            LessonPhase.Lobby => Decision.Refuse("not-started"),
            LessonPhase.Ended => Decision.Refuse("lesson-ended"),
            _ => null,
        },
    };
}
