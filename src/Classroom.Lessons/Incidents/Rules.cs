namespace Classroom.Lessons;

/// <summary>The register of incidents: what was stopped around a call to the tutor. Holds no text of a child.</summary>
public static class IncidentsRules
{
    internal static void Register(RuleTable rules)
    {
        rules.Decide<RecordIncident>(static (state, r, context) => r.IncidentId == Guid.Empty ? Decision.Refuse("bad-value")
            : state.Incidents.ContainsKey(r.IncidentId) || IsKnown(state, r, context.Now) ? Decision.Nothing
            : Decision.Of(new IncidentRecorded(r.IncidentId, r.Ability, r.Kind, r.Category, r.StepId, r.StudentId)));

        rules.Apply<IncidentRecorded>(static (state, i, meta) => state with
        {
            Incidents = state.Incidents.SetItem(i.IncidentId, new Incident(i.Ability, i.Kind, i.Category, i.StepId, i.StudentId, meta.At)),
        });
    }

    // A draft is saved every few seconds: a line in a while says as much as one for each.
    private static bool IsKnown(LessonState state, RecordIncident r, DateTimeOffset now) => r.Kind == Noticing.Uncertain
        && state.Incidents.Values.Any(i => i.Kind is Noticing.Uncertain or Noticing.Kind && i.StudentId == r.StudentId && now - i.At < Noticing.OnceIn);
}
