namespace Classroom.Lessons;

/// <summary>Kind <c>hand</c>, id = student id.</summary>
/// <param name="Place">The student only, until somebody comes: 1 is next.</param>
[Entity("hand")]
public sealed record HandEntity(
    string Topic, DateTimeOffset Since, Guid? ClaimedBy, string? ClaimedName, DateTimeOffset? ClaimedAt, int? Place = null) : Entity;

/// <summary>A hand is its student's and the teacher's.</summary>
internal static class HelpView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => s.Hands.Keys.Select(id => Hand(s, id)));
        view.Changes<HandRaised>(static c => [Hand(c.After, c.By), .. Moved(c.Before, c.After)]);
        view.Changes<HandLowered>(static c => [Hand(c.After, c.By), .. Moved(c.Before, c.After)]);
        view.Changes<HandClaimed>(static c => [Hand(c.After, c.Fact.StudentId), .. Moved(c.Before, c.After)]);
        view.Changes<HandAnswered>(static c => [Hand(c.After, c.Fact.StudentId), .. Moved(c.Before, c.After)]);
    }

    internal static VisibleEntity Hand(LessonState s, Guid id) => new(EntityKey.Of<HandEntity>(id), a =>
        s.Hands.TryGetValue(id, out var hand) && a.IsTeacherOr(id)
            ? new HandEntity(hand.Topic, hand.Since, a.IsTeacher ? hand.ClaimedBy?.Id : null, hand.ClaimedBy?.Name, hand.ClaimedAt, a.IsTeacher ? null : PlaceOf(s, id))
            : null, [id]);

    /// <summary>Who waits now stands at another place than before.</summary>
    internal static IEnumerable<VisibleEntity> Moved(LessonState before, LessonState after) =>
        after.Hands.Keys.Where(id => before.Hands.ContainsKey(id) && PlaceOf(before, id) != PlaceOf(after, id)).Select(id => Hand(after, id));

    // Those to whom nobody is going yet, in the order in which they came.
    private static int? PlaceOf(LessonState s, Guid id) => s.Hands[id] is not { ClaimedBy: null } hand ? null
        : 1 + s.Hands.Count(h => h.Value.ClaimedBy is null && (h.Value.Since < hand.Since || (h.Value.Since == hand.Since && h.Key.CompareTo(id) < 0)));
}
