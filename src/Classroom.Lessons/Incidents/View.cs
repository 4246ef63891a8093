namespace Classroom.Lessons;

/// <summary>Kind <c>incident</c>, id = incident id, teacher only.</summary>
[Entity("incident")]
public sealed record IncidentEntity(
    string Ability, string Kind, string Category, string StepId, Guid? StudentId, DateTimeOffset At) : Entity;

/// <summary>
/// Kind <c>care</c>, id = student id, that student's phone only: it wrote, outside its talk with the tutor, that it is in danger. The client says words of care.
/// </summary>
/// <param name="At">When it last did.</param>
[Entity("care")]
public sealed record CareEntity(DateTimeOffset At) : Entity;

/// <summary>Incidents are the teacher's; that somebody cares is the child's own.</summary>
internal static class IncidentsView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => s.Incidents.Keys.Select(id => Incident(s, id)));
        view.Entities(static s => Noticed(s).Select(i => i.StudentId!.Value).Distinct().Select(id => Care(s, id)));
        view.Changes<IncidentRecorded>(static c => c.Fact is { Kind: Noticing.Kind, StudentId: { } student }
            ? [Incident(c.After, c.Fact.IncidentId), Care(c.After, student)] : [Incident(c.After, c.Fact.IncidentId)]);
    }

    private static IEnumerable<Incident> Noticed(LessonState s) => s.Incidents.Values.Where(static i => i is { Kind: Noticing.Kind, StudentId: not null });

    private static VisibleEntity Care(LessonState s, Guid student) => new(EntityKey.Of<CareEntity>(student), a =>
        Phones.IsOf(s, a, student) && Noticed(s).Where(i => i.StudentId == student).Select(i => i.At).DefaultIfEmpty().Max() is var at && at != default
            ? new CareEntity(at) : null, Phones.Of(s, student));

    private static VisibleEntity Incident(LessonState s, Guid id) => new(EntityKey.Of<IncidentEntity>(id), a =>
    {
        var i = s.Incidents[id];
        return a.IsTeacher ? new IncidentEntity(i.Ability, i.Kind, i.Category, i.StepId, i.StudentId, i.At) : null;
    }, VisibleEntity.NoStudent);
}
