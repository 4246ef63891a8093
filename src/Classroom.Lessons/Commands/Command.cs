namespace Classroom.Lessons;

/// <summary>Something somebody wants to happen in a lesson. Named in the imperative; its outcome is facts or a refusal.</summary>
[GenerateSerializer, Immutable]
public abstract record Command;

/// <summary>A command with who gave it. <paramref name="CommandId"/> is made by the client once and repeated on every retry.</summary>
[GenerateSerializer, Immutable]
public sealed record Envelope([property: Id(0)] Guid CommandId, [property: Id(1)] Actor By, [property: Id(2)] Command Command);
