namespace Classroom.Lessons;

/// <summary>Kind <c>tempo</c>, one, id "": counts of the four faces of the last 60 s; absent below three phones.</summary>
[Entity("tempo", OnBoard = true)]
public sealed record TempoEntity(ImmutableArray<int> Counts) : Entity;

/// <summary>Kind <c>moreTime</c>, id = step id, teacher only: how many of the class ask for one more minute.</summary>
[Entity("moreTime")]
public sealed record MoreTimeEntity(int Count) : Entity;

/// <summary>Kind <c>ownMoreTime</c>, id = step id: the student has asked.</summary>
[Entity("ownMoreTime", StudentsOnly = true)]
public sealed record OwnMoreTimeEntity(bool Asked) : Entity;

/// <summary>Counts of the four faces, for everybody; how many ask for more time, for the teacher.</summary>
internal static class TempoView
{
    private const int FewestShown = 3;

    internal static void Register(ViewTable view)
    {
        view.Entities(static s => [Tempo(s), .. s.MoreTime.Keys.Select(step => MoreTime(s, step))]);
        view.Entities(static s => s.MoreTime.SelectMany(m => m.Value.Select(student => OwnMoreTime(s, m.Key, student))));
        view.Changes<TempoSet>(static c => [Tempo(c.After), SeatsView.Me(c.After, c.By)]);
        view.Changes<TempoExpired>(static c => [Tempo(c.After), SeatsView.Me(c.After, c.Fact.Students)]);
        view.Changes<MoreTimeAsked>(static c => [MoreTime(c.After, c.Fact.StepId), OwnMoreTime(c.After, c.Fact.StepId, c.By)]);
    }

    // Counts of fewer than three phones would say who pressed.
    internal static VisibleEntity Tempo(LessonState s) => new(EntityKey.Of<TempoEntity>(), _ =>
    {
        var faces = s.Seats.Values.Where(x => x.Tempo is not null).ToList();
        return Phones.Count(faces) < FewestShown ? null : new TempoEntity([.. Enumerable.Range(1, 4).Select(f => faces.Count(x => x.Tempo == f))]);
    }, null);

    /// <summary>The counts that a student is in.</summary>
    internal static IEnumerable<VisibleEntity> AskedBy(LessonState s, Guid student) =>
        s.MoreTime.Where(m => m.Value.Contains(student)).Select(m => MoreTime(s, m.Key));

    // A student who was removed asks no more.
    private static VisibleEntity MoreTime(LessonState s, string step) => new(EntityKey.Of<MoreTimeEntity>(step), a =>
        a.IsTeacher ? new MoreTimeEntity(TempoRules.AskedIn(s, step).Count(s.Seats.ContainsKey)) : null, VisibleEntity.NoStudent);

    private static VisibleEntity OwnMoreTime(LessonState s, string step, Guid student) => new(EntityKey.Of<OwnMoreTimeEntity>(step), a =>
        a.Kind == AudienceKind.Student && TempoRules.AskedIn(s, step).Contains(a.StudentId) ? new OwnMoreTimeEntity(true) : null, [student]);
}
