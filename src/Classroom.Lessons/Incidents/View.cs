namespace Classroom.Lessons;

/// <summary>Kind <c>incident</c>, id = incident id, teacher only.</summary>
[Entity("incident")]
public sealed record IncidentEntity(
    string Ability, string Kind, string Category, string StepId, Guid? StudentId, DateTimeOffset At) : Entity;

/// <summary>Incidents are the teacher's.</summary>
internal static class IncidentsView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => s.Incidents.Keys.Select(id => Incident(s, id)));
        view.Changes<IncidentRecorded>(static c => [Incident(c.After, c.Fact.IncidentId)]);
    }

    private static VisibleEntity Incident(LessonState s, Guid id) => new(EntityKey.Of<IncidentEntity>(id), a =>
    {
        var i = s.Incidents[id];
        return a.IsTeacher ? new IncidentEntity(i.Ability, i.Kind, i.Category, i.StepId, i.StudentId, i.At) : null;
    }, VisibleEntity.NoStudent);
}
