namespace Classroom.Lessons;

/// <summary>The register of incidents: what was stopped around a call to the tutor. Holds no text of a child.</summary>
public static class IncidentsRules
{
    internal static void Register(RuleTable rules)
    {
        rules.Decide<RecordIncident>(static (state, r, _) => r.IncidentId == Guid.Empty ? Decision.Refuse("bad-value")
            : state.Incidents.ContainsKey(r.IncidentId) ? Decision.Nothing
            : Decision.Of(new IncidentRecorded(r.IncidentId, r.Ability, r.Kind, r.Category, r.StepId, r.StudentId)));

        rules.Apply<IncidentRecorded>(static (state, i, meta) => state with
        {
            Incidents = state.Incidents.SetItem(i.IncidentId, new Incident(i.Ability, i.Kind, i.Category, i.StepId, i.StudentId, meta.At)),
        });
    }
}
