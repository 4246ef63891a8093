using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>Take a seat. Sent by the server after a join code was accepted; the actor is the new student.</summary>
/// <param name="DeviceId">The device the seat is bound to; its signed ticket is the student's only key.</param>
/// <param name="Themed">The nickname was picked from the themed list and may stand on the board in the lobby.</param>
/// <param name="BrowserId">The browser that asks, by a name that means nothing outside this lesson; null: it keeps none.</param>
/// <param name="SeatsADevice">How many seats one browser may hold; 0: not limited.</param>
/// <param name="Others">One or two more, who share the phone: all come in or none. Null: nobody.</param>
/// <param name="Room">Its number; not looked at where the lesson has one.</param>
[Command(Roles.Student, Phases.BeforeEnd, ServerOnly = true)]
[GenerateSerializer, Immutable]
public sealed record TakeSeat(
    [property: Id(0)] string Nickname,
    [property: Id(1)] Language Language,
    [property: Id(2)] Level Level,
    [property: Id(3)] Guid DeviceId,
    [property: Id(4)] bool Themed,
    [property: Id(5)] Guid? BrowserId = null,
    [property: Id(6)] int SeatsADevice = 0,
    [property: Id(7)] ImmutableArray<SharedName>? Others = null,
    [property: Id(8)] int? Room = null) : Command;

/// <summary>Somebody else on the phone.</summary>
[GenerateSerializer, Immutable]
public sealed record SharedName([property: Id(0)] string Nickname, [property: Id(1)] bool Themed);

/// <summary>A second or a third child on this phone, who comes later than the first.</summary>
/// <param name="Themed">As in <see cref="TakeSeat"/>; the server says whether that is so.</param>
[Command(Roles.Student, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record ShareSeat([property: Id(0)] string Nickname, [property: Id(1)] bool Themed = false) : Command;

/// <summary>Ask to come back to one's seat from another device; the teacher says yes or no. The device's id is the request's.</summary>
/// <param name="Draw">By chance, from the server: where the search for a free code begins.</param>
/// <param name="Network">
/// For whom a browser that was never let in before counts: all behind one network address are one asker. A number of which each stands for very many
/// addresses: enough to tell two apart here, and too little to say whose it was. Null: a known browser, which answers for itself.
/// </param>
/// <param name="Cookieless">The browser brought no name: it may be another one each time it asks.</param>
[Command(Roles.Student, Phases.BeforeEnd, ServerOnly = true)]
[GenerateSerializer, Immutable]
public sealed record RequestDevice(
    [property: Id(0)] Guid DeviceId,
    [property: Id(1)] Guid? BrowserId = null,
    [property: Id(2)] int Draw = 0,
    [property: Id(3)] int SeatsADevice = 0,
    [property: Id(4)] int? Network = null,
    [property: Id(5)] bool Cookieless = false) : Command;

[Command(Roles.Teacher | Roles.Helper, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record ApproveDevice([property: Id(0)] Guid StudentId, [property: Id(1)] Guid DeviceId) : Command;

[Command(Roles.Teacher, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record RefuseDevice([property: Id(0)] Guid StudentId, [property: Id(1)] Guid DeviceId) : Command;

/// <param name="Bar">The device may not come in again, under no name: who else came from it goes too.</param>
[Command(Roles.Teacher, Phases.Any)]
[GenerateSerializer, Immutable]
public sealed record RemoveStudent([property: Id(0)] Guid StudentId, [property: Id(1)] bool Bar = false) : Command;

/// <summary>Remove this student and everybody who came from the same device, those who wait to come in too.</summary>
[Command(Roles.Teacher, Phases.Any)]
[GenerateSerializer, Immutable]
public sealed record RemoveDevice([property: Id(0)] Guid StudentId, [property: Id(1)] bool Bar = false) : Command;

/// <summary>Remove those that the teacher has seen come in together; of them, who waits to come in is turned away.</summary>
[Command(Roles.Teacher, Phases.Any)]
[GenerateSerializer, Immutable]
public sealed record RemoveStudents([property: Id(0)] ImmutableArray<Guid> StudentIds) : Command;

/// <summary>Who was removed has the seat back, as it was: it was the wrong child, or a slip of the finger.</summary>
[Command(Roles.Teacher, Phases.Any)]
[GenerateSerializer, Immutable]
public sealed record BringBackStudent([property: Id(0)] Guid StudentId) : Command;

/// <summary>Every device that was barred, and who was refused a seat too often, may ask again.</summary>
[Command(Roles.Teacher, Phases.Any)]
[GenerateSerializer, Immutable]
public sealed record LiftBars : Command;

[Command(Roles.Teacher, Phases.Any)]
[GenerateSerializer, Immutable]
public sealed record RenameStudent([property: Id(0)] Guid StudentId, [property: Id(1)] string Nickname) : Command;

[Command(Roles.Student, Phases.BeforeEnd, Together = true)]
[GenerateSerializer, Immutable]
public sealed record ChangePreferences([property: Id(0)] Language Language, [property: Id(1)] Level Level) : Command;

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(TakeSeat))]
[JsonSerializable(typeof(ShareSeat))]
[JsonSerializable(typeof(RequestDevice))]
[JsonSerializable(typeof(ApproveDevice))]
[JsonSerializable(typeof(RefuseDevice))]
[JsonSerializable(typeof(RemoveStudent))]
[JsonSerializable(typeof(RemoveDevice))]
[JsonSerializable(typeof(RemoveStudents))]
[JsonSerializable(typeof(BringBackStudent))]
[JsonSerializable(typeof(StudentBroughtBack))]
[JsonSerializable(typeof(LiftBars))]
[JsonSerializable(typeof(RenameStudent))]
[JsonSerializable(typeof(ChangePreferences))]
[JsonSerializable(typeof(SeatTaken))]
[JsonSerializable(typeof(DeviceRequested))]
[JsonSerializable(typeof(DeviceDisplaced))]
[JsonSerializable(typeof(DeviceApproved))]
[JsonSerializable(typeof(DeviceRefused))]
[JsonSerializable(typeof(StudentRemoved))]
[JsonSerializable(typeof(DeviceBarred))]
[JsonSerializable(typeof(BarsLifted))]
[JsonSerializable(typeof(StudentRenamed))]
[JsonSerializable(typeof(PreferencesChanged))]
[JsonSerializable(typeof(SeatEntity))]
[JsonSerializable(typeof(MeEntity))]
[JsonSerializable(typeof(RemovedEntity))]
internal sealed partial class SeatsJson : JsonSerializerContext;
