using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>A mark on handed-in work, on the lesson's dated scale. Teachers only; no machine gives or proposes one.</summary>
[Command(Roles.Teacher, Phases.SinceStart)]
[GenerateSerializer, Immutable]
public sealed record GiveMark([property: Id(0)] Guid StudentId, [property: Id(1)] string StepId, [property: Id(2)] int Mark) : Command;

[Command(Roles.Teacher, Phases.SinceStart)]
[GenerateSerializer, Immutable]
public sealed record WithdrawMark([property: Id(0)] Guid StudentId, [property: Id(1)] string StepId) : Command;

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(GiveMark))]
[JsonSerializable(typeof(WithdrawMark))]
[JsonSerializable(typeof(MarkGiven))]
[JsonSerializable(typeof(MarkWithdrawn))]
[JsonSerializable(typeof(MarkEntity))]
internal sealed partial class MarksJson : JsonSerializerContext;
