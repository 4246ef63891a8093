using System.Collections.Immutable;

namespace Classroom.Lessons;

public enum QuestionStatus { Open, Closed, Revealed }

/// <summary>Kind <c>question</c>, id = question id. Solutions and results are absent until revealed, except for the teacher.</summary>
public sealed record QuestionEntity(
    string? StepId, QuestionKind Kind, Trilingual Text, ImmutableArray<OptionEntity> Options, int Min, int Max, Trilingual? MinLabel,
    Trilingual? MaxLabel, Trilingual? Why, int Round, QuestionStatus Status, DateTimeOffset AskedAt,
    ImmutableArray<string>? Picked) : Entity;

/// <summary>Kind <c>tally</c>, id = question id. Apart from the question, which is long and does not change with every answer.</summary>
/// <param name="Answered">Teacher and board: answers in this round.</param>
/// <param name="Rounds">Absent until revealed, except for the teacher.</param>
public sealed record TallyEntity(int? Answered, ImmutableArray<RoundEntity>? Rounds) : Entity;

public sealed record OptionEntity(string Id, Trilingual Text, bool? Correct, Trilingual? Why);

/// <summary>Counts of one round: per option id, scale value or word. Open answers have none.</summary>
public sealed record RoundEntity(int Round, int Answered, ImmutableArray<CountEntity> Counts);

public sealed record CountEntity(string Key, int Count);

/// <summary>Kind <c>answer</c>, id = question/round/student. Teacher: all; a student: its own.</summary>
public sealed record AnswerEntity(
    string QuestionId, int Round, Guid StudentId, ImmutableArray<string> Options, int? Scale, string? Text, DateTimeOffset At, bool? Picked) : Entity;

public enum WorkStatus { Draft, HandedIn, Revising }

/// <summary>Kind <c>work</c>, id = student/step. The teacher reads the text once it was handed in, before that only its length.</summary>
/// <param name="Handed">The last handed-in version's text, while another is written or compared.</param>
public sealed record WorkEntity(
    Guid StudentId, string StepId, WorkStatus Status, int Version, int Words, string? Text, string? OwnContribution, string? Reflection,
    ImmutableArray<string>? Sources, DateTimeOffset SavedAt, DateTimeOffset? HandedInAt, string? Handed, string? Before) : Entity;

public enum FeedbackStatus { Requested, Failed, Draft, Released }

/// <summary>Kind <c>feedback</c>, id = feedback id. A student has it only while it is released.</summary>
public sealed record FeedbackEntity(
    Guid StudentId, string StepId, int WorkVersion, FeedbackStatus Status, string? Failure, ImmutableArray<FeedbackItem> Items, string Note,
    Provenance? Provenance, bool Edited, int DroppedQuotes, string? Reply, DateTimeOffset? ReleasedAt, string? EditedBy) : Entity;

/// <summary>Kind <c>mark</c>, id = student/step.</summary>
public sealed record MarkEntity(Guid StudentId, string StepId, int Mark, DateTimeOffset At) : Entity;
