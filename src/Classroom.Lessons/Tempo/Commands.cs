using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>How the pace feels: 1 too slow, 2 right, 3 fast, 4 too fast. Counts for 60 seconds.</summary>
[Command(Roles.Student, Phases.Live, Together = true)]
[GenerateSerializer, Immutable]
public sealed record SetTempo([property: Id(0)] int Face) : Command;

/// <summary>Drop tempo faces older than the window. Sent by the classroom's own timer.</summary>
[Command(Roles.System, Phases.Any)]
[GenerateSerializer, Immutable]
public sealed record ExpireTempo : Command;

/// <summary>Ask for one more minute in the current step. Counted once a student and step; the teacher sees how many ask, nobody sees who.</summary>
[Command(Roles.Student, Phases.Live, Together = true)]
[GenerateSerializer, Immutable]
public sealed record AskForMoreTime : Command;

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(SetTempo))]
[JsonSerializable(typeof(ExpireTempo))]
[JsonSerializable(typeof(AskForMoreTime))]
[JsonSerializable(typeof(TempoSet))]
[JsonSerializable(typeof(TempoExpired))]
[JsonSerializable(typeof(MoreTimeAsked))]
[JsonSerializable(typeof(TempoEntity))]
[JsonSerializable(typeof(MoreTimeEntity))]
[JsonSerializable(typeof(OwnMoreTimeEntity))]
internal sealed partial class TempoJson : JsonSerializerContext;
