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
        view.Entities(static s => Places(s) is var places ? s.Hands.Keys.Select(id => Hand(s, id, places)) : []);
        view.Changes<HandRaised>(static c => [Hand(c.After, c.By), .. Moved(c.Before, c.After)]);
        view.Changes<HandLowered>(static c => [Hand(c.After, c.By), .. Moved(c.Before, c.After)]);
        view.Changes<HandClaimed>(static c => [Hand(c.After, c.Fact.StudentId), .. Moved(c.Before, c.After)]);
        view.Changes<HandAnswered>(static c => [Hand(c.After, c.Fact.StudentId), .. Moved(c.Before, c.After)]);
    }

    internal static VisibleEntity Hand(LessonState s, Guid id) => Hand(s, id, null);

    /// <summary>Who waits now stands at another place than before: news to that child alone, unless the hand itself is another.</summary>
    internal static IEnumerable<VisibleEntity> Moved(LessonState before, LessonState after)
    {
        if (before.Hands == after.Hands)
        {
            return [];
        }

        var (were, are) = (Places(before), Places(after));
        return after.Hands.Keys.Where(id => before.Hands.ContainsKey(id) && PlaceIn(were, id) != PlaceIn(are, id))
            .Select(id => Hand(after, id, are) with { OwnersOnly = before.Hands[id] == after.Hands[id] });
    }

    private static VisibleEntity Hand(LessonState s, Guid id, Dictionary<Guid, int>? places) => new(EntityKey.Of<HandEntity>(id), a =>
        s.Hands.TryGetValue(id, out var hand) && a.IsTeacherOr(id)
            ? new HandEntity(
                hand.Topic, hand.Since, a.IsTeacher ? hand.ClaimedBy?.Id : null, hand.ClaimedBy?.Name, hand.ClaimedAt, a.IsTeacher ? null : PlaceIn(places ?? Places(s), id))
            : null, [id]);

    private static int? PlaceIn(Dictionary<Guid, int> places, Guid id) => places.TryGetValue(id, out var place) ? place : null;

    // Those to whom nobody is going yet, in the order in which they came.
    private static Dictionary<Guid, int> Places(LessonState s) => s.Hands.Where(h => h.Value.ClaimedBy is null).OrderBy(h => h.Value.Since).ThenBy(h => h.Key)
        .Select((h, i) => (h.Key, Place: i + 1)).ToDictionary(h => h.Key, h => h.Place);
}
