namespace Classroom.Lessons;

/// <summary>Kind <c>forgotten</c>, id = student id, teacher only: in the place of all that there was of a student.</summary>
/// <param name="By">Absent when the server did it.</param>
[Entity("forgotten")]
public sealed record ForgottenEntity(ForgetReason Reason, string? By, DateTimeOffset At) : Entity;

/// <summary>That somebody was forgotten is the teacher's; everywhere else there is nothing.</summary>
internal static class ForgettingView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => s.Forgotten.Keys.Select(id => Forgotten(s, id)));
        view.Changes<StudentForgotten>(static c => Differences(c.Before, c.After));
    }

    private static VisibleEntity Forgotten(LessonState s, Guid id) => new(EntityKey.Of<ForgottenEntity>(id), a =>
        a.IsTeacher && s.Forgotten.TryGetValue(id, out var f) && !f.IsList ? new ForgottenEntity(f.Reason, f.By, f.At) : null, VisibleEntity.NoStudent);

    // A child is in nearly every entity of a lesson, and a list of them would forget one: both views are compared.
    internal static IEnumerable<VisibleEntity> Differences(LessonState before, LessonState after)
    {
        var (was, now) = (ByKey(before), ByKey(after));
        foreach (var (key, old) in was)
        {
            if (!now.TryGetValue(key, out var entity))
            {
                yield return new VisibleEntity(key, static _ => null, old.Owners);
            }
            else if (IsOther(old, entity, after))
            {
                yield return entity with { Owners = Union(old.Owners, entity.Owners) };
            }
        }

        foreach (var (key, entity) in now.Where(n => !was.ContainsKey(n.Key)))
        {
            yield return entity;
        }
    }

    private static Dictionary<EntityKey, VisibleEntity> ByKey(LessonState state)
    {
        var all = new Dictionary<EntityKey, VisibleEntity>();
        foreach (var entity in Topics.View.All(state))
        {
            // Some stand for several students under one key.
            all[entity.Key] = all.TryGetValue(entity.Key, out var same) ? Both(same, entity) : entity;
        }

        return all;
    }

    private static VisibleEntity Both(VisibleEntity a, VisibleEntity b) => new(
        a.Key, audience => (b.Owners?.Contains(audience.StudentId) == true ? b : a).For(audience), Union(a.Owners, b.Owners));

    private static bool IsOther(VisibleEntity old, VisibleEntity entity, LessonState after) =>
        Audiences(old, entity, after).Any(a => !LessonJson.Encode([old.ChangeFor(a)]).AsSpan().SequenceEqual(LessonJson.Encode([entity.ChangeFor(a)])));

    private static IEnumerable<Audience> Audiences(VisibleEntity old, VisibleEntity entity, LessonState after) =>
    [
        Audience.Teacher, Audience.Board, Audience.Students,
        .. (Union(old.Owners, entity.Owners) ?? []).Where(after.Seats.ContainsKey).Select(Audience.Student),
    ];

    private static ImmutableArray<Guid>? Union(ImmutableArray<Guid>? a, ImmutableArray<Guid>? b) => a is null || b is null ? null : [.. a.Value.Union(b.Value)];
}
