using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>Take a seat. Sent by the server after a join code was accepted; the actor is the new student.</summary>
/// <param name="DeviceId">The device the seat is bound to; its signed ticket is the student's only key.</param>
/// <param name="Themed">The nickname was picked from the themed list and may stand on the board in the lobby.</param>
[Command(Roles.Student, Phases.BeforeEnd, ServerOnly = true)]
[GenerateSerializer, Immutable]
public sealed record TakeSeat(
    [property: Id(0)] string Nickname,
    [property: Id(1)] Language Language,
    [property: Id(2)] Level Level,
    [property: Id(3)] Guid DeviceId,
    [property: Id(4)] bool Themed) : Command;

/// <summary>Ask to come back to one's seat from another device; the teacher says yes or no.</summary>
[Command(Roles.Student, Phases.BeforeEnd, ServerOnly = true)]
[GenerateSerializer, Immutable]
public sealed record RequestDevice([property: Id(0)] Guid DeviceId) : Command;

[Command(Roles.Teacher, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record ApproveDevice([property: Id(0)] Guid StudentId) : Command;

[Command(Roles.Teacher, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record RefuseDevice([property: Id(0)] Guid StudentId) : Command;

[Command(Roles.Teacher, Phases.Any)]
[GenerateSerializer, Immutable]
public sealed record RemoveStudent([property: Id(0)] Guid StudentId) : Command;

[Command(Roles.Teacher, Phases.Any)]
[GenerateSerializer, Immutable]
public sealed record RenameStudent([property: Id(0)] Guid StudentId, [property: Id(1)] string Nickname) : Command;

[Command(Roles.Student, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record ChangePreferences([property: Id(0)] Language Language, [property: Id(1)] Level Level) : Command;

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(TakeSeat))]
[JsonSerializable(typeof(RequestDevice))]
[JsonSerializable(typeof(ApproveDevice))]
[JsonSerializable(typeof(RefuseDevice))]
[JsonSerializable(typeof(RemoveStudent))]
[JsonSerializable(typeof(RenameStudent))]
[JsonSerializable(typeof(ChangePreferences))]
[JsonSerializable(typeof(SeatTaken))]
[JsonSerializable(typeof(DeviceRequested))]
[JsonSerializable(typeof(DeviceApproved))]
[JsonSerializable(typeof(DeviceRefused))]
[JsonSerializable(typeof(StudentRemoved))]
[JsonSerializable(typeof(StudentRenamed))]
[JsonSerializable(typeof(PreferencesChanged))]
[JsonSerializable(typeof(SeatEntity))]
[JsonSerializable(typeof(MeEntity))]
internal sealed partial class SeatsJson : JsonSerializerContext;
