namespace Classroom.Lessons;

/// <summary>The register of incidents: read by the teacher in the lesson and by the admin over all lessons. Holds no text of a child.</summary>
public sealed record IncidentRecorded(
    Guid IncidentId, string Ability, string Kind, string Category, string StepId, Guid? StudentId) : Fact;

public static class Recording
{
    public static Decision? Decide(LessonState state, Envelope envelope) => envelope.Command switch
    {
        RecordIncident r => r.IncidentId == Guid.Empty ? Decision.Refuse("bad-value")
            : state.Incidents.ContainsKey(r.IncidentId) ? Decision.Nothing
            : Decision.Of(new IncidentRecorded(r.IncidentId, r.Ability, r.Kind, r.Category, r.StepId, r.StudentId)),
        _ => null,
    };

    public static LessonState? Apply(LessonState state, Fact fact, FactMeta meta) => fact switch
    {
        IncidentRecorded i => state with
        {
            Incidents = state.Incidents.SetItem(i.IncidentId, new Incident(i.Ability, i.Kind, i.Category, i.StepId, i.StudentId, meta.At)),
        },
        _ => null,
    };
}
