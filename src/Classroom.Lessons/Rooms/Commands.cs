using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>Another room takes part in the lesson: a satellite of the hub, which is always there. A name that one has already is refused: <c>room-exists</c>.</summary>
[Command(Roles.Teacher, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record AddRoom([property: Id(0)] string Name) : Command;

/// <param name="Room">A satellite's number, or the hub's.</param>
[Command(Roles.Teacher, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record RenameRoom([property: Id(0)] int Room, [property: Id(1)] string Name) : Command;

/// <summary>A satellite takes part no more. Who sits there and its boards are the hub's from then on; its number is given to no other.</summary>
[Command(Roles.Teacher, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record CloseRoom([property: Id(0)] int Room) : Command;

/// <summary>This student, and who shares the phone, sits in another room. Who was in a team comes into the smallest one there, a phone into one.</summary>
[Command(Roles.Teacher, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record MoveToRoom([property: Id(0)] Guid StudentId, [property: Id(1)] int Room) : Command;

/// <summary>This board hangs in another room.</summary>
[Command(Roles.Teacher, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record MoveBoard([property: Id(0)] Guid BoardId, [property: Id(1)] int Room) : Command;

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(AddRoom))]
[JsonSerializable(typeof(RenameRoom))]
[JsonSerializable(typeof(CloseRoom))]
[JsonSerializable(typeof(MoveToRoom))]
[JsonSerializable(typeof(MoveBoard))]
[JsonSerializable(typeof(RoomAdded))]
[JsonSerializable(typeof(RoomRenamed))]
[JsonSerializable(typeof(RoomClosed))]
[JsonSerializable(typeof(MovedToRoom))]
[JsonSerializable(typeof(BoardMoved))]
[JsonSerializable(typeof(RoomEntity))]
internal sealed partial class RoomsJson : JsonSerializerContext;
