using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>Ask for help. <paramref name="Topic"/> may be empty.</summary>
[Command(Roles.Student, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record RaiseHand([property: Id(0)] string Topic) : Command;

[Command(Roles.Student, Phases.Any)]
[GenerateSerializer, Immutable]
public sealed record LowerHand : Command;

/// <summary>A teacher, a mentor or the room's helper goes to a raised hand; two never walk to the same one.</summary>
[Command(Roles.Teacher | Roles.Mentor | Roles.Helper, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record ClaimHand([property: Id(0)] Guid StudentId) : Command;

[Command(Roles.Teacher | Roles.Mentor | Roles.Helper, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record AnswerHand([property: Id(0)] Guid StudentId) : Command;

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(RaiseHand))]
[JsonSerializable(typeof(LowerHand))]
[JsonSerializable(typeof(ClaimHand))]
[JsonSerializable(typeof(AnswerHand))]
[JsonSerializable(typeof(HandRaised))]
[JsonSerializable(typeof(HandLowered))]
[JsonSerializable(typeof(HandClaimed))]
[JsonSerializable(typeof(HandAnswered))]
[JsonSerializable(typeof(HandEntity))]
internal sealed partial class HelpJson : JsonSerializerContext;
