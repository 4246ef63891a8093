namespace Classroom.Lessons;

[StoredAs("tutor-asked", 1)]
public sealed record TutorAsked(Guid ExchangeId, string StepId, [property: Personal] string Text) : Fact;

[StoredAs("student-answered", 1)]
public sealed record StudentAnswered(
    Guid ExchangeId, [property: Personal] string Text, [property: Personal] ImmutableArray<string> Flags, Provenance Provenance) : Fact
{
    public override Guid? ChildIn(LessonState state, Actor by) => state.Exchanges[ExchangeId].StudentId;
}

[StoredAs("student-not-answered", 1)]
public sealed record StudentNotAnswered(Guid ExchangeId, string Code, [property: Personal] ImmutableArray<string> Flags, int Tokens, int? AgainInSeconds = null) : Fact
{
    public override Guid? ChildIn(LessonState state, Actor by) => state.Exchanges[ExchangeId].StudentId;
}

[StoredAs("transcript-opened", 1)]
public sealed record TranscriptOpened(Guid StudentId, [property: Personal] string Reason) : Fact
{
    public override Guid? ChildIn(LessonState state, Actor by) => StudentId;
}

[StoredAs("ai-policy-set", 1)]
public sealed record AiPolicySet(string StepId, AiPolicy Policy) : Fact;

public sealed partial record LessonState
{
    public ImmutableDictionary<string, AiPolicy> AiPolicies { get; init; } = ImmutableDictionary<string, AiPolicy>.Empty;

    public ImmutableDictionary<Guid, Exchange> Exchanges { get; init; } = ImmutableDictionary<Guid, Exchange>.Empty;

    public ImmutableArray<TranscriptOpening> Openings { get; init; } = [];

    public Meter Meter { get; init; } = new(0, 0, 0);
}

/// <summary>A student's question to the tutor. <paramref name="Seq"/> is the version at which it was asked.</summary>
public sealed record Exchange(Guid Id, Guid StudentId, string StepId, string Question, DateTimeOffset At, long Seq)
{
    public string? Answer { get; init; }

    public string? Failure { get; init; }

    /// <summary>When the model may be asked again, where it said so; also when prepared words stand in.</summary>
    public DateTimeOffset? AgainAt { get; init; }

    public ImmutableArray<string> Flags { get; init; } = [];

    public Provenance? Provenance { get; init; }

    public bool IsPending => Answer is null && Failure is null;
}

/// <summary>The teacher read a student's thread up to <paramref name="Seq"/>.</summary>
public sealed record TranscriptOpening(Guid StudentId, string By, string Reason, DateTimeOffset At, long Seq);

/// <summary>What the lesson's AI has used so far.</summary>
public sealed record Meter(int Tokens, int Calls, int Cached)
{
    /// <summary>What a model used before prepared text stood in, or before nothing came, was used all the same.</summary>
    public Meter Add(Provenance source) => source.IsPrepared || source.Provider.Length == 0 ? Add(source.Tokens)
        : source.Cached ? this with { Cached = Cached + 1 } : new(Tokens + source.Tokens, Calls + 1, Cached);

    public Meter Add(int tokens) => tokens == 0 ? this : new(Tokens + tokens, Calls + 1, Cached);
}
