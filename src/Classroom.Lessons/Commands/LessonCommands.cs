namespace Classroom.Lessons;

/// <summary>Open a classroom with a plan: the lobby, where students join. Sent by the server for a teacher.</summary>
/// <param name="TokenLimit">Tokens the lesson's AI may use, for the meter; 0: not limited.</param>
[GenerateSerializer, Immutable]
public sealed record OpenLesson(
    [property: Id(0)] LessonPlan Plan,
    [property: Id(1)] string ClassName,
    [property: Id(2)] string TeacherName,
    [property: Id(3)] string JoinCode,
    [property: Id(4)] Guid? CentreId,
    [property: Id(5)] Language BoardLanguage,
    [property: Id(6)] MarkScale Scale,
    [property: Id(7)] int TokenLimit = 0) : Command;

[GenerateSerializer, Immutable]
public sealed record StartLesson : Command;

[GenerateSerializer, Immutable]
public sealed record GoToStep([property: Id(0)] string StepId) : Command;

[GenerateSerializer, Immutable]
public sealed record EndLesson : Command;

/// <summary>Undo an end within 24 hours of it. <paramref name="JoinCode"/> is new and comes from the server.</summary>
[GenerateSerializer, Immutable]
public sealed record ReopenLesson([property: Id(0)] string JoinCode) : Command;

[GenerateSerializer, Immutable]
public sealed record LockLobby : Command;

[GenerateSerializer, Immutable]
public sealed record UnlockLobby : Command;

/// <summary>The language and the level the board tells explanations in.</summary>
[GenerateSerializer, Immutable]
public sealed record SetBoardVariant([property: Id(0)] Language Language, [property: Id(1)] Level Level) : Command;

/// <summary>Turn AI on or off for this lesson. Prepared text stays available.</summary>
[GenerateSerializer, Immutable]
public sealed record SwitchAi([property: Id(0)] bool On) : Command;
