using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>
/// The whole names of the class, so that none of them leaves for a model. The teacher's alone; empty: there is no list any more.
/// </summary>
/// <param name="RosterId">Whose key the list is sealed with: made by the client, and kept while the lesson has a list.</param>
/// <param name="Names">At most 60, of at most 80 characters each; blank ones and repetitions are left out.</param>
[Command(Roles.Teacher, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record SetRoster([property: Id(0)] Guid RosterId, [property: Id(1)] ImmutableArray<string> Names) : Command;

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(SetRoster))]
[JsonSerializable(typeof(RosterSet))]
[JsonSerializable(typeof(RosterEntity))]
internal sealed partial class RosterJson : JsonSerializerContext;
