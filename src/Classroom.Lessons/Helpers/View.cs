namespace Classroom.Lessons;

/// <summary>Kind <c>helper</c>, id = helper id, teacher only: who may help in a room.</summary>
/// <param name="Room">As in <c>seat</c>.</param>
/// <param name="Name">Absent until she came.</param>
[Entity("helper")]
public sealed record HelperEntity(int? Room, string? Name, DateTimeOffset InvitedAt) : Entity;

/// <summary>Kind <c>helped</c>, one, id "", a room's helper only: what she has to know of the lesson to help in that room.</summary>
/// <param name="RoomName">As in <c>room</c>.</param>
/// <param name="IsOneOfSeveral">The lesson has more rooms: a join link says which.</param>
/// <param name="Name">How she is called here; absent until she said it.</param>
/// <param name="JoinCode">While students can join.</param>
/// <param name="Boards">Those that hang in the room.</param>
/// <param name="Lost">As in <c>room</c>.</param>
/// <param name="LostAt">Where in the newest explanation of the step; with <paramref name="Lost"/> only, and nobody's.</param>
/// <param name="Question">The one that the class answers, or that still waits for its results.</param>
[Entity("helped", HelpersOnly = true)]
public sealed record HelpedEntity(
    int Room, string? RoomName, bool IsOneOfSeveral, string? Name, string TeacherName, string ClassName, LessonPhase Phase, Trilingual? StepTitle, int? Step, int Steps,
    int? StepMinutes, DateTimeOffset? StepStartedAt, string? JoinCode, ImmutableArray<Guid> Boards, int? Lost, ImmutableArray<LostAt>? LostAt, HelpedQuestion? Question) : Entity;

public sealed record LostAt(string Variant, int Sentence, int Count);

/// <param name="Options">Without what is right; none while the class does not have them.</param>
/// <param name="MayCount">Hands may be counted for it.</param>
/// <param name="Hands">Those that were counted in this room in this round.</param>
/// <param name="Most">Pupils of the class, where that is known.</param>
/// <param name="EndsAt">As in <c>question</c>.</param>
public sealed record HelpedQuestion(
    string Id, QuestionKind Kind, QuestionStatus Status, int Round, Trilingual Text, ImmutableArray<OptionEntity> Options, int Min, int Max, bool MayCount,
    ImmutableArray<HandCount> Hands, int? Most, DateTimeOffset? EndsAt = null);

/// <summary>Kind <c>child</c>, id = student id, the helper of its room only: who sits there or waits at the door.</summary>
/// <param name="Waiting">Until somebody lets it in; absent otherwise.</param>
/// <param name="Answered">Whether, not what; absent while no question waits for answers.</param>
/// <param name="Requests">As in <c>seat</c>.</param>
/// <param name="SharedWith">As in <c>seat</c>.</param>
[Entity("child", HelpersOnly = true)]
public sealed record ChildEntity(
    string Nickname, bool? Waiting, bool? Answered, HelpedHand? Hand, ImmutableArray<RequestView>? Requests, ImmutableArray<Guid>? SharedWith) : Entity;

/// <param name="By">Who is on the way; absent while nobody is.</param>
/// <param name="Mine">It is she who looks.</param>
public sealed record HelpedHand(string Topic, DateTimeOffset Since, string? By, bool? Mine);

/// <summary>
/// All that a helper ever sees is made here, of her room alone: no answer, work, photo, feedback, mark or word of a child but the topic it raised its hand with.
/// </summary>
internal static class HelpersView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => s.Helpers.Keys.Select(id => Helper(s, id)));
        view.Changes<HelperInvited>(static c => [Helper(c.After, c.Fact.HelperId), .. Gone(c.Before, c.After)]);
        view.Changes<HelperDismissed>(static c => Gone(c.Before, c.After));
        view.Changes<HelperCame>(static c => [Helper(c.After, c.By)]);
    }

    /// <summary>Helpers who are here no more, and hands that wait again.</summary>
    internal static IEnumerable<VisibleEntity> Gone(LessonState before, LessonState after) =>
    [
        .. before.Helpers.Keys.Where(id => !after.Helpers.ContainsKey(id)).Select(id => Helper(after, id)),
        // Who was gone to is waiting again, and those behind it wait longer.
        .. HelpView.Moved(before, after),
    ];

    /// <summary>The whole view of a helper; nothing for who is none.</summary>
    internal static ImmutableArray<EntityChange> Of(LessonState s, Guid helper) => [.. Seen(s, helper).Select(Change)];

    /// <summary>What of it is another now. The view is one room, so both are compared: no topic has to name what it changes here.</summary>
    internal static ImmutableArray<EntityChange> Changes(LessonState before, LessonState after, Guid helper)
    {
        var (was, now) = (Seen(before, helper), Seen(after, helper));
        return
        [
            .. was.Keys.Where(k => !now.ContainsKey(k)).Select(k => new EntityChange(k.Kind.Kind, k.Id, null)),
            .. now.Where(n => !was.TryGetValue(n.Key, out var old) || IsOther(Change(new(n.Key, old)), Change(n))).Select(Change),
        ];
    }

    private static EntityChange Change(KeyValuePair<EntityKey, Entity> e) => new(e.Key.Kind.Kind, e.Key.Id, e.Value);

    // Lists are other ones each time: what is not equal may be the same.
    private static bool IsOther(EntityChange old, EntityChange entity) =>
        !Equals(old.Value, entity.Value) && !LessonJson.Encode([old]).AsSpan().SequenceEqual(LessonJson.Encode([entity]));

    private static VisibleEntity Helper(LessonState s, Guid id) => new(EntityKey.Of<HelperEntity>(id), a =>
        a.IsTeacher && s.Helpers.TryGetValue(id, out var helper) ? new HelperEntity(helper.Room, helper.Name, helper.InvitedAt) : null, VisibleEntity.NoStudent);

    private static Dictionary<EntityKey, Entity> Seen(LessonState s, Guid id)
    {
        if (!s.Helpers.TryGetValue(id, out var helper))
        {
            return [];
        }

        var question = QuestionOf(s);
        var seen = new Dictionary<EntityKey, Entity> { [EntityKey.Of<HelpedEntity>()] = Helped(s, helper, question) };
        foreach (var seat in s.Seats.Values.Where(x => x.Room == helper.Room))
        {
            var asks = seat.Requests.IsEmpty ? default(ImmutableArray<RequestView>?) : [.. seat.Requests.Select(r => new RequestView(r.DeviceId, r.Code))];
            var hand = s.Hands.TryGetValue(seat.StudentId, out var up) ? new HelpedHand(up.Topic, up.Since, up.ClaimedBy?.Name, up.ClaimedBy?.Id == id ? true : null) : null;
            bool? answered = question is { Status: QuestionStatus.Open, StemOnly: false } ? question.Answers.ContainsKey(new(question.Round, seat.StudentId)) : null;
            seen[EntityKey.Of<ChildEntity>(seat.StudentId)] = new ChildEntity(
                seat.Nickname, null, answered, hand, asks, Phones.Of(s, seat.StudentId) is { Length: > 1 } here ? here.Remove(seat.StudentId) : null);
        }

        foreach (var entry in s.Entries.Values.Where(e => e.Room == helper.Room))
        {
            seen[EntityKey.Of<ChildEntity>(entry.StudentId)] = new ChildEntity(entry.Nickname, true, null, null, null, null);
        }

        return seen;
    }

    private static HelpedEntity Helped(LessonState s, Helper helper, Question? question)
    {
        var step = s.Step(s.StepId);
        var room = helper.Room ?? RoomsRules.Hub;
        var lost = RoomsView.Lost(s, room);
        return new HelpedEntity(
            room, RoomsRules.NameOf(s, room), s.HasSatellites, helper.Name, s.Opened!.TeacherName, s.Opened.ClassName, s.Phase, step?.Title,
            step is null ? null : s.Plan.Steps.IndexOf(step) + 1, s.Plan.Steps.Length, step is null ? null : step.Minutes + LifecycleRules.Added(s, step.Id), s.StepStartedAt,
            s.Locked ? null : s.JoinCode, [.. s.Boards.Keys.Where(b => RoomsRules.OfBoard(s, b) == helper.Room).Order()], lost, lost is null ? null : SpotsOf(s, helper.Room),
            question is null ? null : Asked(s, question, helper.Room));
    }

    private static ImmutableArray<LostAt> SpotsOf(LessonState s, int? room) =>
    [
        .. (s.Explanations.Values.Where(e => e.Order.StepId == s.StepId && !e.InPreview).MaxBy(e => e.Number)?.Presses ?? [])
            .Where(p => s.Seats.TryGetValue(p.StudentId, out var seat) && seat.Room == room).GroupBy(p => (p.Variant, p.Sentence))
            .OrderBy(g => g.Key.Variant, StringComparer.Ordinal).ThenBy(g => g.Key.Sentence).Select(g => new LostAt(g.Key.Variant, g.Key.Sentence, g.Count())),
    ];

    private static Question? QuestionOf(LessonState s) => !s.IsLive ? null
        : Newest(s.Questions.Values.Where(q => q.Status == QuestionStatus.Open)) is { } open ? open
        : Newest(s.Questions.Values) is { Status: QuestionStatus.Closed } closed ? closed : null;

    private static Question? Newest(IEnumerable<Question> questions) => questions.OrderBy(q => q.AskedAt).ThenBy(q => q.Plan.Id, StringComparer.Ordinal).LastOrDefault();

    private static HelpedQuestion Asked(LessonState s, Question q, int? room) => new(
        q.Plan.Id, q.Plan.Kind, q.Status, q.Round, q.Plan.Text, q.StemOnly ? [] : [.. q.Plan.Options.Select(o => new OptionEntity(o.Id, o.Text, null, null))], q.Plan.Min, q.Plan.Max,
        !q.StemOnly, q.Hands.FirstOrDefault(h => h.Round == q.Round && h.Room == room)?.Counts ?? [], s.ClassSize, q.EndsAt);
}
