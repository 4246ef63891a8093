using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>Whether who has the code comes in at once, or waits until the teacher lets them in.</summary>
[Command(Roles.Teacher, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record SetEntrance([property: Id(0)] bool Asks) : Command;

/// <summary>Let in those that the teacher, or the helper of their room, has seen waiting.</summary>
[Command(Roles.Teacher | Roles.Helper, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record Admit([property: Id(0)] ImmutableArray<Guid> StudentIds) : Command;

/// <summary>Those who wait are not let in, and told so.</summary>
[Command(Roles.Teacher, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record TurnAway([property: Id(0)] ImmutableArray<Guid> StudentIds) : Command;

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(SetEntrance))]
[JsonSerializable(typeof(Admit))]
[JsonSerializable(typeof(TurnAway))]
[JsonSerializable(typeof(EntranceSet))]
[JsonSerializable(typeof(EntryRequested))]
[JsonSerializable(typeof(Admitted))]
[JsonSerializable(typeof(TurnedAway))]
[JsonSerializable(typeof(EntranceEntity))]
[JsonSerializable(typeof(EntryEntity))]
internal sealed partial class EntranceJson : JsonSerializerContext;
