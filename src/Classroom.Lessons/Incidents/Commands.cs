using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>Something went wrong around a call to the tutor, or was stopped. Holds no text of a child. Sent by the tutor work.</summary>
/// <param name="Ability">explain, prompt, feedback or coach; of what was noticed where no tutor is asked, the place: answer, idea, hand, work, reply.</param>
/// <param name="Kind">input-withheld, output-withheld, wrong-language, quote-dropped, mark-dropped, verdict-dropped, link-dropped, claim-dropped, private-dropped, name-dropped, prompt-echoed, injection, noticed or uncertain.</param>
/// <param name="Category">Finer: the moderation category, or empty.</param>
[Command(Roles.System, Phases.Any)]
[GenerateSerializer, Immutable]
public sealed record RecordIncident(
    [property: Id(0)] Guid IncidentId,
    [property: Id(1)] string Ability,
    [property: Id(2)] string Kind,
    [property: Id(3)] string Category,
    [property: Id(4)] string StepId,
    [property: Id(5)] Guid? StudentId) : Command;

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(RecordIncident))]
[JsonSerializable(typeof(IncidentRecorded))]
[JsonSerializable(typeof(IncidentEntity))]
[JsonSerializable(typeof(CareEntity))]
internal sealed partial class IncidentsJson : JsonSerializerContext;
