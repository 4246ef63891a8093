using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>Open a classroom with a plan: the lobby, where students join. Sent by the server for a teacher.</summary>
/// <param name="TokenLimit">Tokens the lesson's AI may use, for the meter; 0: not limited.</param>
/// <param name="Rehearsal">
/// A teacher tries the product with a scripted class. It begins at once, where the plan explains something, asks no model, ends by itself, cannot be reopened,
/// and counts in no report.
/// </param>
/// <param name="With">The other group of a combined class, which is told of this one after it.</param>
/// <param name="Seed">Of a rehearsal: all that its scripted class does is drawn from it. Random, and the server's own: who knew it could send a command in another's name.</param>
[Command(Roles.Teacher, Phases.NotOpen, ServerOnly = true)]
[GenerateSerializer, Immutable]
public sealed record OpenLesson(
    [property: Id(0)] LessonPlan Plan,
    [property: Id(1)] string ClassName,
    [property: Id(2)] string TeacherName,
    [property: Id(3)] string JoinCode,
    [property: Id(4)] Guid? CentreId,
    [property: Id(5)] Language BoardLanguage,
    [property: Id(6)] MarkScale Scale,
    [property: Id(7)] int TokenLimit = 0,
    [property: Id(8)] bool? Rehearsal = null,
    [property: Id(9)] Guid? Seed = null,
    [property: Id(10)] CombineLesson? With = null) : Command;

[Command(Roles.Teacher, Phases.Lobby)]
[GenerateSerializer, Immutable]
public sealed record StartLesson : Command;

[Command(Roles.Teacher, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record GoToStep([property: Id(0)] string StepId) : Command;

/// <summary>One minute more for a step. From the console, or from a board that may draw.</summary>
[Command(Roles.Teacher | Roles.Board, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record AddMinute([property: Id(0)] string StepId) : Command;

/// <summary>Whether boards show where the class is lost. The teacher always sees it.</summary>
[Command(Roles.Teacher | Roles.Board, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record ShowHeat([property: Id(0)] bool On) : Command;

/// <summary>The server ends a rehearsal that its teacher has left.</summary>
[Command(Roles.Teacher | Roles.System, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record EndLesson : Command;

/// <summary>Undo an end within 24 hours of it. <paramref name="JoinCode"/> comes from the server: the one that it had, unless another lesson has it by now.</summary>
[Command(Roles.Teacher, Phases.Ended, ServerOnly = true)]
[GenerateSerializer, Immutable]
public sealed record ReopenLesson([property: Id(0)] string JoinCode) : Command;

[Command(Roles.Teacher, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record LockLobby : Command;

[Command(Roles.Teacher, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record UnlockLobby : Command;

/// <summary>The language and the level in which the board shows explanations.</summary>
[Command(Roles.Teacher, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record SetBoardVariant([property: Id(0)] Language Language, [property: Id(1)] Level Level) : Command;

/// <summary>Turn AI on or off for this lesson. Prepared text stays available.</summary>
[Command(Roles.Teacher, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record SwitchAi([property: Id(0)] bool On) : Command;

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(OpenLesson))]
[JsonSerializable(typeof(StartLesson))]
[JsonSerializable(typeof(GoToStep))]
[JsonSerializable(typeof(AddMinute))]
[JsonSerializable(typeof(ShowHeat))]
[JsonSerializable(typeof(EndLesson))]
[JsonSerializable(typeof(ReopenLesson))]
[JsonSerializable(typeof(LockLobby))]
[JsonSerializable(typeof(UnlockLobby))]
[JsonSerializable(typeof(SetBoardVariant))]
[JsonSerializable(typeof(SwitchAi))]
[JsonSerializable(typeof(LessonOpened))]
[JsonSerializable(typeof(LessonStarted))]
[JsonSerializable(typeof(StepStarted))]
[JsonSerializable(typeof(MinuteAdded))]
[JsonSerializable(typeof(HeatShown))]
[JsonSerializable(typeof(LessonEnded))]
[JsonSerializable(typeof(LessonReopened))]
[JsonSerializable(typeof(LobbyLocked))]
[JsonSerializable(typeof(LobbyUnlocked))]
[JsonSerializable(typeof(BoardVariantSet))]
[JsonSerializable(typeof(AiSwitched))]
[JsonSerializable(typeof(PlanEntity))]
[JsonSerializable(typeof(PaceEntity))]
[JsonSerializable(typeof(StepEntity))]
internal sealed partial class LifecycleJson : JsonSerializerContext;
