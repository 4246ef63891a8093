using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>A lesson as it stands: the fold of its facts. Immutable; two equal histories give equal states.</summary>
public sealed record LessonState
{
    public static readonly LessonState Empty = new();

    public long Seq { get; init; }

    public Guid TeacherId { get; init; }

    public OpenLesson? Opened { get; init; }

    public LessonPhase Phase { get; init; }

    public string? JoinCode { get; init; }

    public bool Locked { get; init; }

    public bool AiOn { get; init; } = true;

    public Variant BoardVariant { get; init; }

    public string? StepId { get; init; }

    public DateTimeOffset? StepStartedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public ImmutableHashSet<string> Reached { get; init; } = [];

    public ImmutableDictionary<string, AiPolicy> AiPolicies { get; init; } = ImmutableDictionary<string, AiPolicy>.Empty;

    public ImmutableDictionary<Guid, Seat> Seats { get; init; } = ImmutableDictionary<Guid, Seat>.Empty;

    public ImmutableDictionary<Guid, Hand> Hands { get; init; } = ImmutableDictionary<Guid, Hand>.Empty;

    public ImmutableDictionary<Guid, Explanation> Explanations { get; init; } = ImmutableDictionary<Guid, Explanation>.Empty;

    public ImmutableDictionary<string, Question> Questions { get; init; } = ImmutableDictionary<string, Question>.Empty;

    public ImmutableDictionary<string, Discussion> Discussions { get; init; } = ImmutableDictionary<string, Discussion>.Empty;

    public ImmutableDictionary<Guid, Contribution> Contributions { get; init; } = ImmutableDictionary<Guid, Contribution>.Empty;

    public int Teams { get; init; }

    public ImmutableDictionary<WorkKey, StudentWork> Works { get; init; } = ImmutableDictionary<WorkKey, StudentWork>.Empty;

    public ImmutableDictionary<Guid, Feedback> Feedbacks { get; init; } = ImmutableDictionary<Guid, Feedback>.Empty;

    public ImmutableDictionary<Guid, Exchange> Exchanges { get; init; } = ImmutableDictionary<Guid, Exchange>.Empty;

    public ImmutableArray<TranscriptOpening> Openings { get; init; } = [];

    public ImmutableDictionary<Guid, Incident> Incidents { get; init; } = ImmutableDictionary<Guid, Incident>.Empty;

    public Meter Meter { get; init; } = new(0, 0, 0);

    public ImmutableDictionary<WorkKey, Mark> Marks { get; init; } = ImmutableDictionary<WorkKey, Mark>.Empty;

    /// <summary>Commands that led to facts, with the version after them: a repeated command returns its first outcome.</summary>
    public ImmutableDictionary<Guid, long> Seen { get; init; } = ImmutableDictionary<Guid, long>.Empty;

    [JsonIgnore]
    public LessonPlan Plan => Opened?.Plan ?? throw new InvalidOperationException("The lesson is not open.");

    [JsonIgnore]
    public bool IsOpen => Opened is not null;

    [JsonIgnore]
    public bool IsLive => Phase == LessonPhase.Live;

    public StepPlan? Step(string? id) => id is null || Opened is null ? null : Plan.Steps.FirstOrDefault(s => s.Id == id);

    public AiPolicy PolicyOf(StepPlan step) => AiPolicies.GetValueOrDefault(step.Id, step.Task?.AiPolicy ?? AiPolicy.None);
}

/// <summary>A student's place in one lesson, bound to a device.</summary>
public sealed record Seat(
    Guid StudentId, string Nickname, bool Themed, Language Language, Level Level, Guid DeviceId, DateTimeOffset JoinedAt)
{
    public Guid? WaitingDevice { get; init; }

    public int? Team { get; init; }

    public int? Tempo { get; init; }

    public DateTimeOffset? TempoAt { get; init; }

    public DateTimeOffset LastActAt { get; init; } = JoinedAt;

    public Variant Variant => new(Language, Level);
}

public sealed record Hand(string Topic, DateTimeOffset Since)
{
    public Actor? ClaimedBy { get; init; }

    public DateTimeOffset? ClaimedAt { get; init; }
}

public sealed record Explanation(ExplanationOrder Order, Guid? Of, string? OfVariant, ImmutableArray<int> Sentences, DateTimeOffset StartedAt)
{
    public bool Stopped { get; init; }

    /// <summary>Asked for in preview and not released yet: the class must not see it.</summary>
    public bool InPreview { get; init; } = Order.Preview;

    /// <summary>What variants that are gone on with already say.</summary>
    public ImmutableDictionary<string, Told> Begun { get; init; } = ImmutableDictionary<string, Told>.Empty;

    public ImmutableDictionary<string, Told> Told { get; init; } = ImmutableDictionary<string, Told>.Empty;

    public ImmutableHashSet<Press> Presses { get; init; } = [];

    public bool IsRunning => !Stopped && Told.Count < Order.Variants.Length;

    /// <summary>What is left to tell, and what each variant of it starts from.</summary>
    public TellExplanation Rest() => new(
        Order with { Variants = [.. Order.Variants.Where(v => !Told.ContainsKey(v.ToString()))], Preview = InPreview },
        [.. Begun.Where(b => !Told.ContainsKey(b.Key)).Select(b => new VariantStart(b.Key, b.Value.Text, Whole(b.Value)))]);

    // A text that was cut ends in the middle of a sentence; that sentence is not over.
    private static ImmutableArray<int> Whole(Told told) =>
        told.Ends.Length > 0 && told.Ends[^1] == told.Text.Length && told.Text.Length > 0 && !".!?…»”".Contains(told.Text[^1], StringComparison.Ordinal)
            ? told.Ends.RemoveAt(told.Ends.Length - 1) : told.Ends;
}

/// <summary>A variant that came to its end. <paramref name="Failure"/> is null when it was told whole.</summary>
public sealed record Told(string Text, ImmutableArray<int> Ends, string? Failure, Provenance Provenance);

public sealed record Press(Guid StudentId, string Variant, int Sentence);

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

public sealed record Discussion
{
    public PromptsStatus? Status { get; init; }

    public string? Failure { get; init; }

    public ImmutableArray<PromptText> Candidates { get; init; } = [];

    public Provenance? Provenance { get; init; }

    public PromptText? Picked { get; init; }

    public bool Edited { get; init; }

    public string? EditedBy { get; init; }

    public Provenance? PickedFrom { get; init; }

    public DateTimeOffset PickedAt { get; init; }

    public bool Shared { get; init; }
}

public sealed record Contribution(Guid Id, string StepId, int Team, Guid StudentId, string Text, DateTimeOffset At)
{
    public bool Hidden { get; init; }

    public ImmutableHashSet<Guid> Votes { get; init; } = [];
}

[JsonConverter(typeof(WorkKeyConverter))]
public readonly record struct WorkKey(Guid StudentId, string StepId)
{
    public override string ToString() => $"{StudentId}/{StepId}";
}

/// <param name="Version">Hand-ins so far.</param>
/// <param name="Handed">Text of the last hand-in.</param>
/// <param name="Before">Text of the hand-in before that: the first draft the second is compared with.</param>
public sealed record StudentWork(
    string Text, string OwnContribution, string Reflection, ImmutableArray<string> Sources, DateTimeOffset SavedAt)
{
    public WorkStatus Status { get; init; }

    public int Version { get; init; }

    public string? Handed { get; init; }

    public string? Before { get; init; }

    public DateTimeOffset? HandedInAt { get; init; }
}

public sealed record Feedback(Guid Id, WorkKey Work, int WorkVersion)
{
    public FeedbackStatus Status { get; init; }

    public string? Failure { get; init; }

    public ImmutableArray<FeedbackItem> Items { get; init; } = [];

    public string Note { get; init; } = "";

    public Provenance? Provenance { get; init; }

    public bool Edited { get; init; }

    public string? EditedBy { get; init; }

    public int DroppedQuotes { get; init; }

    public string? Reply { get; init; }

    public DateTimeOffset? ReleasedAt { get; init; }
}

/// <summary>A student's question to the tutor. <paramref name="Seq"/> is the version at which it was asked.</summary>
public sealed record Exchange(Guid Id, Guid StudentId, string StepId, string Question, DateTimeOffset At, long Seq)
{
    public string? Answer { get; init; }

    public string? Failure { get; init; }

    public ImmutableArray<string> Flags { get; init; } = [];

    public Provenance? Provenance { get; init; }

    public bool IsPending => Answer is null && Failure is null;
}

/// <summary>The teacher read a student's thread up to <paramref name="Seq"/>.</summary>
public sealed record TranscriptOpening(Guid StudentId, string By, string Reason, DateTimeOffset At, long Seq);

public sealed record Incident(string Ability, string Kind, string Category, string StepId, Guid? StudentId, DateTimeOffset At);

/// <summary>What the lesson's AI has used so far.</summary>
public sealed record Meter(int Tokens, int Calls, int Cached)
{
    public Meter Add(Provenance source) => source.IsPrepared || source.Provider.Length == 0 ? this
        : source.Cached ? this with { Cached = Cached + 1 } : new(Tokens + source.Tokens, Calls + 1, Cached);

    public Meter Add(int tokens) => tokens == 0 ? this : new(Tokens + tokens, Calls + 1, Cached);
}

public sealed record Mark(int Value, DateTimeOffset At);
