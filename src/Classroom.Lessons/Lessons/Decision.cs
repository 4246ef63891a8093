namespace Classroom.Lessons;

/// <summary>What a command leads to: facts and effects, or a refusal. No facts and no refusal means: nothing to do, already so.</summary>
public sealed record Decision(ImmutableArray<Fact> Facts, ImmutableArray<Effect> Effects, Refusal? Refusal)
{
    public static readonly Decision Nothing = new([], [], null);

    public static Decision Of(params ReadOnlySpan<Fact> facts) => new([.. facts], [], null);

    public static Decision Refuse(string code) => new([], [], new Refusal(code));

    public static Decision Refuse(string code, string name, object value) => new([], [], new Refusal(code, name, value));

    public Decision Then(params ReadOnlySpan<Effect> effects) => this with { Effects = [.. Effects, .. effects] };
}

/// <summary>Work for the grain to perform after the facts are durable. Returned by the domain, never done by it.</summary>
public abstract record Effect;

public sealed record TellExplanation(ExplanationOrder Order, ImmutableArray<VariantStart> Starts) : Effect;

public sealed record ShowExplanation(Guid ExplanationId) : Effect;

public sealed record HushExplanation(Guid ExplanationId) : Effect;

public sealed record ThinkOfPrompts(string StepId) : Effect;

public sealed record ThinkOfFeedback(Guid FeedbackId) : Effect;

public sealed record ThinkOfAnswer(Guid ExchangeId) : Effect;

public sealed record WakeForTempo(DateTimeOffset At) : Effect;

public sealed record ReleaseCode(string JoinCode) : Effect;

public sealed record LessonClosed(DateTimeOffset? EndedAt) : Effect;
