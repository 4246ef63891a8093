using System.Text.Json.Serialization;

namespace Classroom.Lessons;

[Fact("question-asked", 1)]
public sealed record QuestionAsked(QuestionPlan Question, string? StepId) : Fact;

[Fact("question-closed", 1)]
public sealed record QuestionClosed(string QuestionId) : Fact;

[Fact("results-revealed", 1)]
public sealed record ResultsRevealed(string QuestionId) : Fact;

[Fact("question-asked-again", 1)]
public sealed record QuestionAskedAgain(string QuestionId, int Round) : Fact;

[Fact("answer-given", 1)]
public sealed record AnswerGiven(string QuestionId, int Round, ImmutableArray<string> Options, int? Scale, string? Text) : Fact;

[Fact("answer-picked", 1)]
public sealed record AnswerPicked(string QuestionId, Guid StudentId, bool Picked) : Fact;

public sealed partial record LessonState
{
    public ImmutableDictionary<string, Question> Questions { get; init; } = ImmutableDictionary<string, Question>.Empty;
}

public sealed record Question(QuestionPlan Plan, string? StepId, DateTimeOffset AskedAt)
{
    public int Round { get; init; } = 1;

    public QuestionStatus Status { get; init; }

    public ImmutableDictionary<AnswerKey, Answer> Answers { get; init; } = ImmutableDictionary<AnswerKey, Answer>.Empty;
}

[JsonConverter(typeof(AnswerKeyConverter))]
public readonly record struct AnswerKey(int Round, Guid StudentId);

public sealed record Answer(ImmutableArray<string> Options, int? Scale, string? Text, DateTimeOffset At)
{
    public bool Picked { get; init; }
}
