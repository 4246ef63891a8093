namespace Classroom.Lessons;

/// <summary>Every thing of a lesson: the room, the steps and the people. What the tutor and the students make: see the other part.</summary>
internal static partial class Things
{
    public static IEnumerable<Thing> All(LessonState s) =>
    [
        Plan(s), Pace(s), Tempo(s), Meter(s),
        .. s.Plan.Steps.Select(x => Step(s, x.Id)),
        .. s.Seats.Keys.Select(id => Seat(s, id)),
        .. s.Seats.Keys.Select(id => Me(s, id)),
        .. s.Hands.Keys.Select(id => Hand(s, id)),
        .. s.Explanations.Keys.SelectMany(id => new[] { Explanation(s, id), Heat(s, id) }),
        .. s.Explanations.Values.SelectMany(e => e.Presses.Select(p => p.StudentId).Distinct().Select(st => Pressed(s, e.Order.ExplanationId, st))),
        .. s.Questions.Keys.SelectMany(id => new[] { Question(s, id), Tally(s, id) }),
        .. s.Questions.Values.SelectMany(q => q.Answers.Keys.Select(k => Answer(s, q.Plan.Id, k.Round, k.StudentId))),
        .. s.Discussions.Keys.SelectMany(id => new[] { Prompts(s, id), Prompt(s, id) }),
        .. Enumerable.Range(1, s.Teams).Select(n => Team(s, n)),
        .. s.Contributions.Keys.Select(id => Contribution(s, id)),
        .. s.Contributions.Values.SelectMany(c => c.Votes.Select(v => Vote(s, c.Id, v))),
        .. s.Works.Keys.Select(k => Work(s, k)),
        .. s.Feedbacks.Keys.Select(id => Feedback(s, id)),
        .. s.Marks.Keys.Select(k => Mark(s, k)),
        .. s.Exchanges.Keys.Select(id => Exchange(s, id)),
        .. s.Exchanges.Values.Select(e => e.StudentId).Distinct().Select(id => Thread(s, id)),
        .. s.Incidents.Keys.Select(id => Incident(s, id)),
    ];

    public static Thing Plan(LessonState s) => new(Key.Plan, a => new PlanEntity(
        s.Plan.Title, s.Plan.Subject, s.Opened!.ClassName, s.Opened.TeacherName, s.Plan.GradeFrom, s.Plan.GradeTo, s.Plan.Minutes,
        [.. s.Plan.Steps.Select(x => new StepHead(x.Id, x.Kind, x.Minutes, x.Devices, x.Title))],
        IsStaff(a) ? s.JoinCode : null,
        a.Kind == AudienceKind.Teacher ? [.. s.Opened.Scale.Bands.Select(b => b.Mark)] : null), null);

    public static Thing Pace(LessonState s) => new(Key.Pace, _ => new PaceEntity(
        s.Phase, s.StepId, s.StepStartedAt, s.StartedAt, s.EndedAt, s.Locked, s.Seats.Count, s.AiOn, s.BoardVariant.ToString()), null);

    public static Thing Step(LessonState s, string id) => new(Key.Step(id), a =>
    {
        var step = s.Step(id)!;
        if (a.Kind != AudienceKind.Teacher && !s.Reached.Contains(id))
        {
            return null;
        }

        var task = step.Task is null ? null : step.Task with { AiPolicy = s.PolicyOf(step) };
        return a.Kind switch
        {
            AudienceKind.Teacher => new StepEntity(
                step.Board, step.Student, step.Teacher, step.Topics, step.Questions, step.HasPrompts, task, s.PolicyOf(step)),
            AudienceKind.Board => new StepEntity(step.Board, null, null, null, null, step.HasPrompts, task, null),
            _ => new StepEntity(null, step.Student, null, null, null, step.HasPrompts, task, s.PolicyOf(step)),
        };
    }, null);

    // The board may show themed nicknames while the class gathers; a typed name never leaves the teacher's screen.
    public static Thing Seat(LessonState s, Guid id) => new(Key.Seat(id), a =>
        !s.Seats.TryGetValue(id, out var seat) ? null
        : a.Kind == AudienceKind.Teacher
            ? new SeatEntity(seat.Nickname, seat.Language, seat.Level, seat.JoinedAt, seat.Team, seat.WaitingDevice is not null)
        : a.Kind == AudienceKind.Board && seat.Themed && s.Phase == LessonPhase.Lobby
            ? new SeatEntity(seat.Nickname, null, null, null, null, false)
        : null, Thing.Nobody);

    public static Thing Me(LessonState s, Guid id) => new(Key.Me, a =>
        a == Audience.Student(id) && s.Seats.TryGetValue(id, out var seat)
            ? new MeEntity(id, seat.Nickname, seat.Language, seat.Level, seat.Team, seat.Tempo) : null, [id]);

    public static Thing Tempo(LessonState s) => new(Key.Tempo, _ =>
    {
        var faces = s.Seats.Values.Select(x => x.Tempo).OfType<int>().ToList();
        return faces.Count < 3 ? null : new TempoEntity([.. Enumerable.Range(1, 4).Select(f => faces.Count(x => x == f))]);
    }, null);

    public static Thing Hand(LessonState s, Guid id) => new(Key.Hand(id), a =>
        s.Hands.TryGetValue(id, out var hand) && IsOwnOrTeacher(a, id)
            ? new HandEntity(hand.Topic, hand.Since, a.Kind == AudienceKind.Teacher ? hand.ClaimedBy?.Id : null, hand.ClaimedBy?.Name, hand.ClaimedAt)
            : null, [id]);

    private static bool IsStaff(Audience a) => a.Kind is AudienceKind.Teacher or AudienceKind.Board;

    private static bool IsOwnOrTeacher(Audience a, Guid student) =>
        a.Kind == AudienceKind.Teacher || a == Audience.Student(student);
}
