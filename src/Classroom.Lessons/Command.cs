namespace Classroom.Lessons;

/// <summary>Something somebody wants to happen in a lesson. Named in the imperative; its outcome is facts or a refusal.</summary>
[GenerateSerializer, Immutable]
public abstract record Command;

/// <summary>A command with who gave it. <paramref name="CommandId"/> is the idempotency key: made by the client once, repeated on every retry.</summary>
/// <param name="DeviceId">The device that a student's ticket names; null for whom the server speaks.</param>
/// <param name="For">Of a phone that several children share: for whom of them it is. Null or empty: for who gave it.</param>
[GenerateSerializer, Immutable]
public sealed record Envelope(
    [property: Id(0)] Guid CommandId, [property: Id(1)] Actor By, [property: Id(2)] Command Command, [property: Id(3)] Guid? DeviceId = null,
    [property: Id(4)] ImmutableArray<Guid> For = default);

/// <summary>What a rule may know beside the state and the command.</summary>
/// <param name="IsDoubted">Whether words of a child should wait for the teacher's eye: rules of words that this project does not know. Pure, as all that rules may use.</param>
/// <param name="HasModel">Whether a model serves the tutor here; else prepared text is all there is.</param>
/// <param name="IsDistress">Whether words say that a child is in danger. Pure as well.</param>
/// <param name="Together">All for whom the command is, where they are several.</param>
public readonly record struct CommandContext(
    Actor By, DateTimeOffset Now, Func<string, bool> IsDoubted, bool HasModel, Func<string, bool> IsDistress, ImmutableArray<Guid> Together);

/// <summary>Who may send a command, as a set of <see cref="Role"/>.</summary>
[Flags]
public enum Roles
{
    None = 0,
    Student = 1 << Role.Student,
    Teacher = 1 << Role.Teacher,
    Mentor = 1 << Role.Mentor,
    Board = 1 << Role.Board,
    Admin = 1 << Role.Admin,
    System = 1 << Role.System,
    Helper = 1 << Role.Helper,
}

/// <summary>When a command may be sent. After the end the teacher still reads, releases and marks, students read, reply and revise; nothing new begins.</summary>
[Flags]
public enum Phases
{
    None = 0,
    NotOpen = 1,
    Lobby = 2,
    Live = 4,
    Ended = 8,
    BeforeEnd = Lobby | Live,
    SinceStart = Live | Ended,
    Any = Lobby | Live | Ended,
}

/// <summary>A command's permission. A command type without one cannot be registered, so it is never let through by default.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CommandAttribute(Roles by, Phases during) : Attribute
{
    public Roles By { get; } = by;

    public Phases During { get; } = during;

    /// <summary>Sent by the server for somebody (an endpoint fills in what a browser must not choose); no browser may send it itself.</summary>
    public bool ServerOnly { get; init; }

    /// <summary>Children who share a phone may do it together: it counts for each of them.</summary>
    public bool Together { get; init; }
}
