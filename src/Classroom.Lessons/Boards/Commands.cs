using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>A board may look at this lesson from now on. Sent by the server, which gives it its ticket; of itself for a board that looks at the other group of a combined class.</summary>
/// <param name="Draws">It may also draw: the teacher's own browser shows it.</param>
/// <param name="Room">Where it hangs; null: in the hub.</param>
[Command(Roles.Teacher | Roles.System, Phases.BeforeEnd, ServerOnly = true)]
[GenerateSerializer, Immutable]
public sealed record PairBoard([property: Id(0)] Guid BoardId, [property: Id(1)] bool? Draws = null, [property: Id(2)] int? Room = null) : Command;

/// <summary>A paired board looks for the first time.</summary>
[Command(Roles.System, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record ConnectBoard([property: Id(0)] Guid BoardId) : Command;

/// <summary>Whether this board may draw. One that was paired by its code may not until it is let: whoever stands at it is not known. In a combined class the other lesson is told by the server.</summary>
[Command(Roles.Teacher | Roles.System, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record LetBoardDraw([property: Id(0)] Guid BoardId, [property: Id(1)] bool Draws) : Command;

/// <summary>This board may look no more, in a combined class at neither group: the other lesson is told by the server.</summary>
[Command(Roles.Teacher | Roles.System, Phases.Any)]
[GenerateSerializer, Immutable]
public sealed record UnpairBoard([property: Id(0)] Guid BoardId) : Command;

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(PairBoard))]
[JsonSerializable(typeof(ConnectBoard))]
[JsonSerializable(typeof(LetBoardDraw))]
[JsonSerializable(typeof(UnpairBoard))]
[JsonSerializable(typeof(BoardPaired))]
[JsonSerializable(typeof(BoardConnected))]
[JsonSerializable(typeof(BoardLetDraw))]
[JsonSerializable(typeof(BoardUnpaired))]
[JsonSerializable(typeof(BoardEntity))]
internal sealed partial class BoardsJson : JsonSerializerContext;
