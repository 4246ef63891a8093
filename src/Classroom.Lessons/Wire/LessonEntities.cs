using System.Collections.Immutable;

namespace Classroom.Lessons;

/// <summary>Kind <c>plan</c>, one, id "". What does not change while a lesson runs, except the code.</summary>
/// <param name="JoinCode">Teacher and board, while students can join.</param>
/// <param name="Marks">Teacher only: lowest and highest mark of the scale.</param>
public sealed record PlanEntity(
    Trilingual Title, Trilingual Subject, string ClassName, string TeacherName, int GradeFrom, int GradeTo, int Minutes,
    ImmutableArray<StepHead> Steps, string? JoinCode, ImmutableArray<int>? Marks) : Entity;

public sealed record StepHead(string Id, StepKind Kind, int Minutes, bool Devices, Trilingual Title);

/// <summary>Kind <c>pace</c>, one, id "". Where the lesson is.</summary>
public sealed record PaceEntity(
    LessonPhase Phase, string? StepId, DateTimeOffset? StepStartedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt,
    bool Locked, int Joined, bool AiOn, string BoardVariant) : Entity;

/// <summary>Kind <c>step</c>, id = step id. Students and the board have only steps that were reached.</summary>
/// <param name="AiPolicy">Whether a student may ask the tutor in this step.</param>
public sealed record StepEntity(
    Trilingual? Board, Trilingual? Student, Trilingual? Teacher, ImmutableArray<TopicPlan>? Topics,
    ImmutableArray<QuestionPlan>? Questions, bool HasPrompts, TaskPlan? Task, AiPolicy? AiPolicy) : Entity;

/// <summary>Kind <c>seat</c>, id = student id. The board sees themed nicknames in the lobby only, students never.</summary>
public sealed record SeatEntity(
    string Nickname, Language? Language, Level? Level, DateTimeOffset? JoinedAt, int? Team, bool DeviceWaiting) : Entity;

/// <summary>Kind <c>me</c>, one, id "". A student's own seat.</summary>
public sealed record MeEntity(
    Guid StudentId, string Nickname, Language Language, Level Level, int? Team, int? Tempo) : Entity;

/// <summary>Kind <c>tempo</c>, one, id "": counts of the four faces of the last 60 s; absent below three students.</summary>
public sealed record TempoEntity(ImmutableArray<int> Counts) : Entity;

/// <summary>Kind <c>hand</c>, id = student id.</summary>
public sealed record HandEntity(
    string Topic, DateTimeOffset Since, Guid? ClaimedBy, string? ClaimedName, DateTimeOffset? ClaimedAt) : Entity;
