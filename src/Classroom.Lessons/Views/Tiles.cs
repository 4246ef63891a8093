namespace Classroom.Lessons;

/// <summary>A lesson as a mentor sees it on the wall: need, not content.</summary>
public static class Tiles
{
    public static readonly TimeSpan IdleAfter = TimeSpan.FromMinutes(5);

    public static Tile Of(LessonState s, Guid classroomId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(s);
        var step = s.Step(s.StepId);
        var lost = s.Explanations.Values.Where(e => e.Order.StepId == s.StepId).SelectMany(e => e.Presses).Select(p => p.StudentId)
            .Where(s.Seats.ContainsKey).Distinct().Count();
        var idle = s.IsLive && step is { Devices: true }
            ? s.Seats.Values.Count(x => now - Max(x.LastActAt, s.StepStartedAt ?? x.LastActAt) > IdleAfter) : 0;
        return new Tile(
            classroomId, s.Plan.Title, s.Opened!.ClassName, s.Opened.TeacherName, s.Phase, step?.Title,
            step is null ? -1 : s.Plan.Steps.IndexOf(step), s.Plan.Steps.Length, step?.Minutes ?? 0, s.StepStartedAt, s.Plan.Minutes, s.StartedAt,
            s.Seats.Count, s.Seats.IsEmpty ? 0 : (double)lost / s.Seats.Count, idle,
            s.Feedbacks.Values.Count(f => f.Status == FeedbackStatus.Draft),
            [.. s.Hands.OrderBy(h => h.Value.Since).Where(h => s.Seats.ContainsKey(h.Key)).Select(h => new TileHand(
                h.Key, s.Seats[h.Key].Nickname, h.Value.Topic, h.Value.Since, h.Value.ClaimedBy?.Name, h.Value.ClaimedAt, h.Value.ClaimedBy?.Id))]);
    }

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
