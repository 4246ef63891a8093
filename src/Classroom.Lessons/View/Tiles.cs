namespace Classroom.Lessons;

/// <summary>One live session on a mentor's wall.</summary>
/// <param name="Lost">Share of students with a pressed sentence in the running step, 0..1.</param>
/// <param name="Rehearsal">True: a scripted class, which is shown to who asks for it.</param>
/// <param name="Idle">Students without any act for five minutes while devices are in use.</param>
[GenerateSerializer, Immutable]
public sealed record Tile(
    [property: Id(0)] Guid ClassroomId,
    [property: Id(1)] Trilingual Title,
    [property: Id(2)] string ClassName,
    [property: Id(3)] string TeacherName,
    [property: Id(4)] LessonPhase Phase,
    [property: Id(5)] Trilingual? StepTitle,
    [property: Id(6)] int StepIndex,
    [property: Id(7)] int StepCount,
    [property: Id(8)] int StepMinutes,
    [property: Id(9)] DateTimeOffset? StepStartedAt,
    [property: Id(10)] int Minutes,
    [property: Id(11)] DateTimeOffset? StartedAt,
    [property: Id(12)] int Joined,
    [property: Id(13)] double Lost,
    [property: Id(14)] int Idle,
    [property: Id(15)] int ApprovalsPending,
    [property: Id(16)] ImmutableArray<TileHand> Hands,
    [property: Id(17)] bool? Rehearsal = null);

[GenerateSerializer, Immutable]
public sealed record TileHand(
    [property: Id(0)] Guid StudentId,
    [property: Id(1)] string Nickname,
    [property: Id(2)] string Topic,
    [property: Id(3)] DateTimeOffset Since,
    [property: Id(4)] string? ClaimedBy,
    [property: Id(5)] DateTimeOffset? ClaimedAt,
    [property: Id(6)] Guid? ClaimedById = null);

/// <summary>A lesson as a mentor sees it on the wall: need, not content.</summary>
public static class Tiles
{
    public static readonly TimeSpan IdleAfter = TimeSpan.FromMinutes(5);

    public static Tile Of(LessonState s, Guid classroomId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(s);
        var step = s.Step(s.StepId);
        var lost = RoomsView.LostNow(s).Count;
        var hands = s.Explanations.Values.Where(e => e.Order.StepId == s.StepId).SelectMany(e => e.LostHands.GroupBy(l => (l.Variant, l.Sentence)).Select(l => l.Sum(x => x.Count))).DefaultIfEmpty().Max();
        var pupils = Math.Max(s.Seats.Count + (hands == 0 ? 0 : Math.Max(hands, s.WithoutPhone ?? 0)), 1);
        var idle = s.IsLive && step is { Devices: true }
            ? s.Seats.Values.Count(x => now - Max(Phones.Of(s, x.StudentId).Max(id => s.Seats[id].LastActAt), s.StepStartedAt ?? x.LastActAt) > IdleAfter) : 0;
        return new Tile(
            classroomId, s.Plan.Title, s.Opened!.ClassName, s.Opened.TeacherName, s.Phase, step?.Title,
            step is null ? -1 : s.Plan.Steps.IndexOf(step), s.Plan.Steps.Length, step is null ? 0 : step.Minutes + LifecycleRules.Added(s, step.Id), s.StepStartedAt, s.Plan.Minutes, s.StartedAt,
            s.Seats.Count, (double)(lost + hands) / pupils, idle,
            s.Feedbacks.Values.Count(f => f.Status == FeedbackStatus.Draft),
            [.. s.Hands.OrderBy(h => h.Value.Since).Where(h => s.Seats.ContainsKey(h.Key)).Select(h => new TileHand(
                h.Key, Phones.NamesOf(s, h.Key), h.Value.Topic, h.Value.Since, h.Value.ClaimedBy?.Name, h.Value.ClaimedAt, h.Value.ClaimedBy?.Id))],
            s.Opened.Rehearsal);
    }

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
