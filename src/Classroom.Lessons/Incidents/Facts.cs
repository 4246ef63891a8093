namespace Classroom.Lessons;

/// <summary>The register of incidents: read by the teacher in the lesson and by the admin over all lessons. Holds no text of a child.</summary>
[StoredAs("incident-recorded", 1)]
public sealed record IncidentRecorded(
    Guid IncidentId, string Ability, string Kind, string Category, string StepId, Guid? StudentId) : Fact;

public sealed partial record LessonState
{
    public ImmutableDictionary<Guid, Incident> Incidents { get; init; } = ImmutableDictionary<Guid, Incident>.Empty;
}

public sealed record Incident(string Ability, string Kind, string Category, string StepId, Guid? StudentId, DateTimeOffset At);
