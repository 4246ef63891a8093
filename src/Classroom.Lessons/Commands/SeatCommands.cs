namespace Classroom.Lessons;

/// <summary>Take a seat. Sent by the server after a join code was accepted; the actor is the new student.</summary>
/// <param name="DeviceId">The device the seat is bound to; its signed ticket is the student's only key.</param>
/// <param name="Themed">The nickname was picked from the themed list and may stand on the board in the lobby.</param>
[GenerateSerializer, Immutable]
public sealed record TakeSeat(
    [property: Id(0)] string Nickname,
    [property: Id(1)] Language Language,
    [property: Id(2)] Level Level,
    [property: Id(3)] Guid DeviceId,
    [property: Id(4)] bool Themed) : Command;

/// <summary>Ask to come back to one's seat from another device; the teacher says yes or no.</summary>
[GenerateSerializer, Immutable]
public sealed record RequestDevice([property: Id(0)] Guid DeviceId) : Command;

[GenerateSerializer, Immutable]
public sealed record ApproveDevice([property: Id(0)] Guid StudentId) : Command;

[GenerateSerializer, Immutable]
public sealed record RefuseDevice([property: Id(0)] Guid StudentId) : Command;

[GenerateSerializer, Immutable]
public sealed record RemoveStudent([property: Id(0)] Guid StudentId) : Command;

[GenerateSerializer, Immutable]
public sealed record RenameStudent([property: Id(0)] Guid StudentId, [property: Id(1)] string Nickname) : Command;

[GenerateSerializer, Immutable]
public sealed record ChangePreferences([property: Id(0)] Language Language, [property: Id(1)] Level Level) : Command;

/// <summary>How the pace feels: 1 too slow, 2 right, 3 fast, 4 too fast. Counts for 60 seconds.</summary>
[GenerateSerializer, Immutable]
public sealed record SetTempo([property: Id(0)] int Face) : Command;

/// <summary>Drop tempo faces older than the window. Sent by the classroom's own timer.</summary>
[GenerateSerializer, Immutable]
public sealed record ExpireTempo : Command;

/// <summary>Ask for help. <paramref name="Topic"/> may be empty.</summary>
[GenerateSerializer, Immutable]
public sealed record RaiseHand([property: Id(0)] string Topic) : Command;

[GenerateSerializer, Immutable]
public sealed record LowerHand : Command;

/// <summary>A teacher or mentor goes to a raised hand; two never walk to the same one.</summary>
[GenerateSerializer, Immutable]
public sealed record ClaimHand([property: Id(0)] Guid StudentId) : Command;

[GenerateSerializer, Immutable]
public sealed record AnswerHand([property: Id(0)] Guid StudentId) : Command;
