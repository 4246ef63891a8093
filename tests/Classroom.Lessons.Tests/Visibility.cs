using System.Globalization;

namespace Classroom.Lessons.Tests;

/// <summary>
/// Who may see what, said a second time and apart from the product's views, as a net under them. Each kind of entity has its own line;
/// a kind without one is an error.
/// </summary>
internal static class Visibility
{
    /// <param name="student">Empty: what every student receives.</param>
    public static bool IsForStudent(LessonState s, Guid student, EntityChange n) => n.Value switch
    {
        null => true,
        PaceEntity => true,
        RoomEntity r => s.HasSatellites && r is { Joined: null, Lost: null },
        PlanEntity p => p.JoinCode is null && p.Marks is null && p.Preparation is null,
        StepEntity x => s.Reached.Contains(n.Id) && x is { Board: null, Teacher: null, Questions: null, Topics: null, Hints: null },
        TempoEntity t => t.Counts.Sum() >= 3,
        OwnMoreTimeEntity m => m.Asked && s.MoreTime[n.Id].Contains(student),
        MeEntity m => m.StudentId == student && m.Nickname == s.Seats[student].Nickname && (m.Sharing ?? []).All(x => x.Waiting is true || IsOnPhone(s, student, x.StudentId)),
        HandEntity h => n.Id == student.ToString() && h.ClaimedBy is null,
        ExplanationEntity e => e.Preview is null && !s.Explanations[Guid.Parse(n.Id)].InPreview,
        PressedEntity p => p.Spots.All(x => s.Explanations[Guid.Parse(n.Id)].Presses.Contains(new(student, x.Variant, x.Sentence))),
        QuestionEntity q => IsRevealed(s, n.Id) || HidesSolution(q),
        TallyEntity t => t.Answered is null && t.Hands is null && IsCounted(s, n.Id) && HidesWords(s, n.Id, t) && IsOver(s, n.Id, t),
        AnswerEntity a => IsOnPhone(s, student, a.StudentId) && a.Picked is null,
        PromptEntity => true,
        TeamEntity t => IsOwnTeam(s, student, n.Id) && t.Members is null,
        ContributionEntity c => c is { StudentId: null, Hidden: false, Doubted: null } && IsIdeaFor(s, student, n.Id),
        VoteEntity => s.Contributions[Guid.Parse(n.Id)].Votes.Contains(student),
        WorkEntity w => IsOnPhone(s, student, w.StudentId),
        PhotoEntity p => IsOnPhone(s, student, p.StudentId),
        FeedbackEntity f => (f.With ?? []).Add(f.StudentId).Any(id => IsOnPhone(s, student, id)) && f is { Status: FeedbackStatus.Released, DroppedQuotes: 0, Held: null } && f.Items.All(i => !s.Feedbacks[Guid.Parse(n.Id)].Held.Contains(i.DescriptorId)),
        MarkEntity m => IsOnPhone(s, student, m.StudentId),
        ExchangeEntity e => IsOnPhone(s, student, e.StudentId),
        ThreadEntity t => IsOnPhone(s, student, t.StudentId) && t.Flags is null,
        CareEntity => IsOnPhone(s, student, Guid.Parse(n.Id)),
        TypedEntity t => IsOnPhone(s, student, t.StudentId) && s.Typed.ContainsKey(new(t.StudentId, t.Field, t.Of)),
        GroupEntity or AnswerGroupsEntity or SeatEntity or HeatEntity or PromptsEntity or IncidentEntity or MeterEntity or MoreTimeEntity or EntranceEntity or EntryEntity or BoardEntity or StrokeEntity or InkEntity or PensEntity or ForgottenEntity or RemovedEntity or RosterEntity or HelperEntity or HelpedEntity or ChildEntity => false,
        _ => throw new InvalidOperationException($"Nobody has said whether a student may see a {n.Value.GetType().Name}."),
    };

    public static bool IsForBoard(LessonState s, EntityChange n) => n.Value switch
    {
        null => true,
        PaceEntity or TempoEntity or PromptEntity or StrokeEntity or InkEntity or PensEntity => true,
        GroupEntity g => n.Id == s.OtherGroup?.ClassroomId.ToString() && g.ClassName == s.OtherGroup.ClassName,
        PlanEntity p => p.Marks is null && p.Preparation is null,
        StepEntity x => s.Reached.Contains(n.Id) && x is { Student: null, Teacher: null, Questions: null, Topics: null, Hints: null },
        SeatEntity seat => seat is { Device: null, Requests: null, SharedWith: null } && s.Phase == LessonPhase.Lobby && seat.Nickname == s.Seats[Guid.Parse(n.Id)].Nickname && s.Seats[Guid.Parse(n.Id)].Themed,
        ExplanationEntity e => e.Preview is null && !s.Explanations[Guid.Parse(n.Id)].InPreview,
        HeatEntity h => h.Spots.All(x => x is { Who: null, Text: null, Same: null }),
        RoomEntity r => s.HasSatellites && (r.Lost is null || (r.Joined >= 3 && !s.HeatHidden)),
        BoardEntity b => b is { PairedAt: null, Draws: null, Room: > 1 },
        QuestionEntity q => IsRevealed(s, n.Id) || HidesSolution(q),
        TallyEntity t => (t.Rounds is null && t.Before is null) || (IsCounted(s, n.Id) && HidesWords(s, n.Id, t) && IsOver(s, n.Id, t)),
        TeamEntity t => t.Members is null && t.Nicknames is null,
        ContributionEntity c => c is { StudentId: null, Hidden: false, Doubted: null } && s.Contributions[Guid.Parse(n.Id)].Shared,
        MeEntity or HandEntity or PressedEntity or AnswerEntity or AnswerGroupsEntity or PromptsEntity or VoteEntity or WorkEntity or PhotoEntity or FeedbackEntity or MarkEntity
            or ExchangeEntity or ThreadEntity or IncidentEntity or CareEntity or MeterEntity or MoreTimeEntity or OwnMoreTimeEntity or TypedEntity or EntranceEntity or EntryEntity or ForgottenEntity or RemovedEntity or RosterEntity or HelperEntity or HelpedEntity or ChildEntity => false,
        _ => throw new InvalidOperationException($"Nobody has said whether the board may show a {n.Value.GetType().Name}."),
    };

    // What is of another room is not a helper's, nor anything that is not one of these two.
    public static bool IsForHelper(LessonState s, Guid helper, EntityChange n) => n.Value switch
    {
        null => true,
        HelpedEntity h => s.Helpers[helper] is var her && (her.Room ?? 1) == h.Room && h.Name == her.Name && h.Boards.All(b => s.Boards.ContainsKey(b) && RoomOf(s, b) == h.Room)
            && (h.Lost is null ? h.LostAt is null : InRoom(s, h.Room).Select(x => x.DeviceId).Distinct().Count() >= 3 && h.LostAt!.Value.Sum(l => l.Count) <= PressesIn(s, h.Room))
            && (h.Question is null || (s.Questions[h.Question.Id].Status is QuestionStatus.Open or QuestionStatus.Closed && h.Question.Options.All(o => o is { Correct: null, Why: null, Image: null })
                && s.Questions[h.Question.Id].Hands.Where(x => (x.Room ?? 1) == h.Room && x.Round == h.Question.Round).SelectMany(x => x.Counts).SequenceEqual(h.Question.Hands))),
        ChildEntity { Waiting: true } c => s.Entries.TryGetValue(Guid.Parse(n.Id), out var entry) && entry.Room == s.Helpers[helper].Room && c.Nickname == entry.Nickname && c is { Answered: null, Hand: null, Requests: null },
        ChildEntity c => s.Seats.TryGetValue(Guid.Parse(n.Id), out var seat) && seat.Room == s.Helpers[helper].Room && c.Nickname == seat.Nickname
            && (c.Hand is null) != s.Hands.ContainsKey(seat.StudentId) && (c.SharedWith ?? []).All(id => s.Seats[id].Room == seat.Room),
        _ => false,
    };

    private static IEnumerable<Seat> InRoom(LessonState s, int room) => s.Seats.Values.Where(x => (x.Room ?? 1) == room);

    private static int RoomOf(LessonState s, Guid board) => s.BoardRooms.GetValueOrDefault(board, 1);

    private static int PressesIn(LessonState s, int room) => InRoom(s, room).Sum(x => s.Explanations.Values.Sum(e => e.Presses.Count(p => p.StudentId == x.StudentId)));

    private static bool IsOnPhone(LessonState s, Guid student, Guid other) =>
        student == other || (s.Seats.TryGetValue(student, out var mine) && s.Seats.TryGetValue(other, out var theirs) && mine.DeviceId == theirs.DeviceId);

    private static bool IsRevealed(LessonState s, string question) => s.Questions[question].Status == QuestionStatus.Revealed;

    private static bool IsCounted(LessonState s, string question) => s.Questions[question].Status is QuestionStatus.Counted or QuestionStatus.Revealed;

    // What the class first answered stands beside what it answers now only when nobody can still follow it.
    private static bool IsOver(LessonState s, string question, TallyEntity t) =>
        t.Before is null || s.Questions[s.Questions[question].Plan.Returns!] is { Round: > 1 } or { Status: not QuestionStatus.Open };

    // A word stands there if the teacher has put it there, or nobody doubts any spelling of it.
    private static bool HidesWords(LessonState s, string question, TallyEntity t) => s.Questions[question] is var q && (t.Rounds ?? []).All(r => r.Counts.All(c =>
        c.Hidden is null && (q.Plan.Kind != QuestionKind.WordCloud
            || (q.Words.TryGetValue(c.Key, out var hidden) ? !hidden : !q.Answers.Values.Any(a => a.Doubted && Spelling.Counted(a.Text!) == c.Key)))));

    private static bool HidesSolution(QuestionEntity q) => q.Why is null && q.WhyImage is null && q.Options.All(o => o.Correct is null && o.Why is null);

    private static bool IsOwnTeam(LessonState s, Guid student, string team) =>
        s.Seats.TryGetValue(student, out var seat) && seat.Team == int.Parse(team, CultureInfo.InvariantCulture);

    private static bool IsIdeaFor(LessonState s, Guid student, string id)
    {
        var idea = s.Contributions[Guid.Parse(id)];
        return idea.Shared || (s.Seats.TryGetValue(student, out var seat) && seat.Team == idea.Team && (!idea.Doubted || idea.StudentId == student));
    }
}
