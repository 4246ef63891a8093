namespace Classroom.Lessons;

/// <summary>Kind <c>hand</c>, id = student id.</summary>
[Entity("hand")]
public sealed record HandEntity(
    string Topic, DateTimeOffset Since, Guid? ClaimedBy, string? ClaimedName, DateTimeOffset? ClaimedAt) : Entity;

/// <summary>A hand is its student's and the teacher's.</summary>
internal static class HelpView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => s.Hands.Keys.Select(id => Hand(s, id)));
        view.Changes<HandRaised>(static c => [Hand(c.After, c.By)]);
        view.Changes<HandLowered>(static c => [Hand(c.After, c.By)]);
        view.Changes<HandClaimed>(static c => [Hand(c.After, c.Fact.StudentId)]);
        view.Changes<HandAnswered>(static c => [Hand(c.After, c.Fact.StudentId)]);
    }

    internal static VisibleEntity Hand(LessonState s, Guid id) => new(EntityKey.Of<HandEntity>(id), a =>
        s.Hands.TryGetValue(id, out var hand) && a.IsTeacherOr(id)
            ? new HandEntity(hand.Topic, hand.Since, a.IsTeacher ? hand.ClaimedBy?.Id : null, hand.ClaimedBy?.Name, hand.ClaimedAt)
            : null, [id]);
}
