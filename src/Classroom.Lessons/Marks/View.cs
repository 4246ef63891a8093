namespace Classroom.Lessons;

/// <summary>Kind <c>mark</c>, id = student/step.</summary>
[Entity("mark")]
public sealed record MarkEntity(Guid StudentId, string StepId, int Mark, DateTimeOffset At) : Entity;

/// <summary>A mark is its student's and the teacher's; who shares a phone sees it there.</summary>
internal static class MarksView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => s.Marks.Keys.Select(k => Mark(s, k)));
        view.Changes<MarkGiven>(static c => [Mark(c.After, new(c.Fact.StudentId, c.Fact.StepId))]);
        view.Changes<MarkWithdrawn>(static c => [Mark(c.After, new(c.Fact.StudentId, c.Fact.StepId))]);
    }

    private static VisibleEntity Mark(LessonState s, WorkKey key) => new(EntityKey.Of<MarkEntity>(key), a =>
        (a.IsTeacher || Phones.IsOf(s, a, key.StudentId)) && s.Marks.TryGetValue(key, out var m)
            ? new MarkEntity(key.StudentId, key.StepId, m.Value, m.At) : null, Phones.Of(s, key.StudentId));
}
