using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <param name="StemFirst">The class does not have the options yet.</param>
[StoredAs("question-asked", 1)]
public sealed record QuestionAsked(QuestionPlan Question, string? StepId, bool? StemFirst = null) : Fact;

[StoredAs("options-shown", 1)]
public sealed record OptionsShown(string QuestionId) : Fact;

/// <summary>The question's own time, or more of it. It ends with the round, and closes nothing.</summary>
[StoredAs("question-timed", 1)]
public sealed record QuestionTimed(string QuestionId, DateTimeOffset EndsAt) : Fact;

[StoredAs("question-closed", 1)]
public sealed record QuestionClosed(string QuestionId) : Fact;

[StoredAs("question-reopened", 1)]
public sealed record QuestionReopened(string QuestionId) : Fact;

/// <summary>What the class answered is shown, and not yet what is right.</summary>
/// <param name="Seen">As of <see cref="ResultsRevealed"/>.</param>
[StoredAs("counts-shown", 1)]
public sealed record CountsShown(string QuestionId, long? Seen = null) : Fact;

/// <summary>Key, why and solution are shown; and the counts, in lessons of before at the same time.</summary>
/// <param name="Seen">The version that the teacher looked at; null: all was seen.</param>
[StoredAs("results-revealed", 1)]
public sealed record ResultsRevealed(string QuestionId, long? Seen = null) : Fact;

[StoredAs("question-asked-again", 1)]
public sealed record QuestionAskedAgain(string QuestionId, int Round) : Fact;

/// <param name="Doubted">The rules of words doubt a word for a cloud: it waits hidden.</param>
/// <param name="Together">One of several children on a phone, who gave this answer together.</param>
[StoredAs("answer-given", 1)]
public sealed record AnswerGiven(
    string QuestionId, int Round, [property: Personal] ImmutableArray<string> Options, [property: Personal] int? Scale, [property: Personal] string? Text,
    bool Doubted = false, bool? Together = null) : Fact;

/// <param name="On">Children who share a phone answer one by one.</param>
[StoredAs("each-child-asked", 1)]
public sealed record EachChildAsked(bool On) : Fact;

[StoredAs("answer-picked", 1)]
public sealed record AnswerPicked(string QuestionId, Guid StudentId, bool Picked) : Fact;

/// <summary>The teacher decided on the word of this answer, and with it on all its spellings. The word itself stays in the child's own fact.</summary>
[StoredAs("word-hidden", 1)]
public sealed record WordHidden(string QuestionId, int Round, Guid StudentId, bool Hidden) : Fact;

public sealed partial record LessonState
{
    /// <summary>Children who share a phone answer one by one.</summary>
    public bool EachChild { get; init; }

    public ImmutableDictionary<string, Question> Questions { get; init; } = ImmutableDictionary<string, Question>.Empty;
}

public sealed record Question(QuestionPlan Plan, string? StepId, DateTimeOffset AskedAt)
{
    public int Round { get; init; } = 1;

    public QuestionStatus Status { get; init; }

    /// <summary>The class thinks it over and does not have the options yet.</summary>
    public bool StemOnly { get; init; }

    /// <summary>When the time of an open question is over; null: it has none of its own.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Hands that the teacher counted, by round.</summary>
    public ImmutableArray<HandsOf> Hands { get; init; } = [];

    public ImmutableDictionary<AnswerKey, Answer> Answers { get; init; } = ImmutableDictionary<AnswerKey, Answer>.Empty;

    /// <summary>Answers of this round that the teacher has put together, each group by who gave them.</summary>
    public ImmutableArray<ImmutableArray<Guid>> Groups { get; init; } = [];

    /// <summary>Words of the cloud that the teacher has decided on: whether each is hidden.</summary>
    public ImmutableDictionary<string, bool> Words { get; init; } = ImmutableDictionary<string, bool>.Empty;
}

[JsonConverter(typeof(AnswerKeyConverter))]
public readonly record struct AnswerKey(int Round, Guid StudentId);

public sealed record Answer(ImmutableArray<string> Options, int? Scale, string? Text, DateTimeOffset At)
{
    public bool Picked { get; init; }

    /// <summary>Waits hidden in a cloud: the rules of words doubt it, or it came after what the teacher looked at.</summary>
    public bool Doubted { get; init; }

    /// <summary>Given together with the others on the phone.</summary>
    public bool Together { get; init; }

    /// <summary>The version at which it was given.</summary>
    public long Seq { get; init; }
}
