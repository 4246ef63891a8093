namespace Classroom.Lessons;

/// <summary>Which things a fact may have changed. Too many costs bytes, too few breaks the snapshot property.</summary>
internal static class Touches
{
    public static IEnumerable<Thing> Of(LessonState before, LessonState s, Happened happened)
    {
        var (meta, by) = (happened.Meta, happened.Meta.By.Id);
        return happened.Fact switch
        {
            LessonOpened => Things.All(s),
            LessonStarted x => [Things.Pace(s), Things.Step(s, x.StepId), .. s.Seats.Keys.Select(id => Things.Seat(s, id))],
            StepStarted x => [Things.Pace(s), Things.Step(s, x.StepId)],
            LessonEnded or LessonReopened => [Things.Plan(s), Things.Pace(s)],
            LobbyLocked or LobbyUnlocked or BoardVariantSet or AiSwitched => [Things.Pace(s)],
            AiPolicySet x => [Things.Step(s, x.StepId)],

            SeatTaken => [Things.Seat(s, by), Things.Me(s, by), Things.Pace(s)],
            DeviceRequested => [Things.Seat(s, by)],
            DeviceApproved x => [Things.Seat(s, x.StudentId)],
            DeviceRefused x => [Things.Seat(s, x.StudentId)],
            StudentRemoved x => [
                Things.Seat(s, x.StudentId), Things.Hand(s, x.StudentId), Things.Pace(s), Things.Tempo(s), .. TeamOf(before, s, x.StudentId)],
            StudentRenamed x => [Things.Seat(s, x.StudentId), Things.Me(s, x.StudentId), .. TeamOf(before, s, x.StudentId)],
            PreferencesChanged => [Things.Seat(s, by), Things.Me(s, by)],
            TempoSet => [Things.Tempo(s), Things.Me(s, by)],
            TempoExpired x => [Things.Tempo(s), Mine(s, x.Students)],

            HandRaised or HandLowered => [Things.Hand(s, by)],
            HandClaimed x => [Things.Hand(s, x.StudentId)],
            HandAnswered x => [Things.Hand(s, x.StudentId)],

            ExplanationRequested x => [Things.Explanation(s, x.Order.ExplanationId)],
            ExplanationFinished x => [Things.Explanation(s, x.ExplanationId), Things.Meter(s)],
            ExplanationFailed x => [Things.Explanation(s, x.ExplanationId), Things.Meter(s)],
            ExplanationReleased x => [Things.Explanation(s, x.ExplanationId), Things.Heat(s, x.ExplanationId)],
            ExplanationRetried x => [Things.Explanation(s, x.ExplanationId)],
            ExplanationStopped x => [Things.Explanation(s, x.ExplanationId)],
            ConfusionPressed x => [Things.Heat(s, x.ExplanationId), Things.Pressed(s, x.ExplanationId, by)],
            ConfusionReleased x => [Things.Heat(s, x.ExplanationId), Things.Pressed(s, x.ExplanationId, by)],

            QuestionAsked x => [Things.Question(s, x.Question.Id), Things.Tally(s, x.Question.Id)],
            QuestionClosed x => [Things.Question(s, x.QuestionId)],
            ResultsRevealed x => [Things.Question(s, x.QuestionId), Things.Tally(s, x.QuestionId)],
            QuestionAskedAgain x => [Things.Question(s, x.QuestionId), Things.Tally(s, x.QuestionId)],
            AnswerGiven x => [Counted(s, x), Things.Answer(s, x.QuestionId, x.Round, by)],
            AnswerPicked x => [
                Things.Question(s, x.QuestionId),
                Things.Answer(s, x.QuestionId, s.Questions[x.QuestionId].Round, x.StudentId) with { Owners = Thing.Nobody }],

            PromptsRequested x => [Things.Prompts(s, x.StepId)],
            PromptsProposed x => [Things.Prompts(s, x.StepId), Things.Meter(s)],
            PromptsFailed x => [Things.Prompts(s, x.StepId), Things.Meter(s)],
            PromptPicked x => [Things.Prompt(s, x.StepId)],
            TeamsFormed => Formed(before, s),
            MovedToTeam x => Moved(before, s, x),
            Contributed x => [Things.Contribution(s, x.ContributionId)],
            ContributionsShared x => [Things.Prompt(s, x.StepId), .. IdeasOf(s, c => c.StepId == x.StepId)],
            UpvoteGiven x => [Things.Contribution(s, x.ContributionId), Things.Vote(s, x.ContributionId, by)],
            UpvoteTaken x => [Things.Contribution(s, x.ContributionId), Things.Vote(s, x.ContributionId, by)],
            ContributionHidden x => [Things.Contribution(s, x.ContributionId)],

            DraftSaved x => [Things.Work(s, new(by, x.StepId))],
            WorkHandedIn x => [Things.Work(s, new(by, x.StepId))],
            RevisionOpened x => [Things.Work(s, new(by, x.StepId))],
            FeedbackRequested x => [Things.Feedback(s, x.FeedbackId) with { Owners = Thing.Nobody }],
            FeedbackDrafted x => [Things.Feedback(s, x.FeedbackId) with { Owners = Thing.Nobody }, Things.Meter(s)],
            FeedbackFailed x => [Things.Feedback(s, x.FeedbackId) with { Owners = Thing.Nobody }, Things.Meter(s)],
            FeedbackEdited x => [Things.Feedback(s, x.FeedbackId)],
            FeedbackReleased x => [Things.Feedback(s, x.FeedbackId)],
            FeedbackReturned x => [Things.Feedback(s, x.FeedbackId)],
            FeedbackReplied x => [Things.Feedback(s, x.FeedbackId)],
            TutorAsked x => [Things.Exchange(s, x.ExchangeId), Things.Thread(s, by)],
            StudentAnswered x => [.. Answered(s, x.ExchangeId)],
            StudentNotAnswered x => [.. Answered(s, x.ExchangeId)],
            TranscriptOpened x => [
                Things.Thread(s, x.StudentId),
                .. s.Exchanges.Values.Where(e => e.StudentId == x.StudentId).Select(e => Things.Exchange(s, e.Id) with { Owners = Thing.Nobody })],
            IncidentRecorded x => [Things.Incident(s, x.IncidentId)],
            MarkGiven x => [Things.Mark(s, new(x.StudentId, x.StepId))],
            MarkWithdrawn x => [Things.Mark(s, new(x.StudentId, x.StepId))],
            _ => throw new InvalidOperationException($"No view is told of {happened.Fact.GetType().Name} at {meta.Seq}."),
        };
    }

    // Students see no counts before the reveal, so an answer to an unrevealed question is no news to them.
    private static Thing Counted(LessonState s, AnswerGiven given) =>
        Things.Tally(s, given.QuestionId) with { Owners = Thing.Nobody };

    private static IEnumerable<Thing> Answered(LessonState s, Guid exchangeId) =>
        [Things.Exchange(s, exchangeId), Things.Thread(s, s.Exchanges[exchangeId].StudentId), Things.Meter(s)];

    private static IEnumerable<Thing> TeamOf(LessonState before, LessonState s, Guid student) =>
        before.Seats[student].Team is { } team ? [Things.Team(s, team)] : [];

    private static IEnumerable<Thing> IdeasOf(LessonState s, Func<Contribution, bool> which) =>
        s.Contributions.Values.Where(which).Select(c => Things.Contribution(s, c.Id));

    private static IEnumerable<Thing> Formed(LessonState before, LessonState s)
    {
        ImmutableArray<Guid> all = [.. s.Seats.Keys];
        return
        [
            .. all.Select(id => Things.Seat(s, id)),
            Mine(s, all),
            .. Enumerable.Range(1, Math.Max(before.Teams, s.Teams)).Select(n => Things.Team(s, n) with { Owners = all }),
            .. IdeasOf(s, c => !Discussing.Of(s, c.StepId).Shared).Select(t => t with { Owners = all }),
        ];
    }

    private static IEnumerable<Thing> Moved(LessonState before, LessonState s, MovedToTeam x)
    {
        var from = before.Seats[x.StudentId].Team;
        return
        [
            Things.Seat(s, x.StudentId), Things.Me(s, x.StudentId),
            .. new[] { from, x.Team }.OfType<int>().Select(n => Things.Team(s, n)).Select(t => t with { Owners = [.. t.Owners!.Value, x.StudentId] }),
            .. IdeasOf(s, c => (c.Team == from || c.Team == x.Team) && !Discussing.Of(s, c.StepId).Shared)
                .Select(t => t with { Owners = [x.StudentId] }),
        ];
    }

    /// <summary>"Me" of many students at once: one key, a different value for each.</summary>
    private static Thing Mine(LessonState s, ImmutableArray<Guid> students) =>
        new(Key.Me, a => a.Kind == AudienceKind.Student && s.Seats.ContainsKey(a.StudentId) ? Things.Me(s, a.StudentId).Seen(a) : null, students);
}
