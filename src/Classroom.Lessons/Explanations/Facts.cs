using System.Text.Json.Serialization;

namespace Classroom.Lessons;

[StoredAs("explanation-requested", 1)]
public sealed record ExplanationRequested(
    ExplanationOrder Order, Guid? Of, string? OfVariant, ImmutableArray<int> Sentences) : Fact;

[StoredAs("explanation-finished", 1)]
public sealed record ExplanationFinished(
    Guid ExplanationId, string Variant, string Text, [property: JsonPropertyName("ends")] ImmutableArray<int> SentenceEnds, Provenance Provenance) : Fact;

[StoredAs("explanation-failed", 1)]
public sealed record ExplanationFailed(
    Guid ExplanationId, string Variant, string Code, string Text, [property: JsonPropertyName("ends")] ImmutableArray<int> SentenceEnds, Provenance Provenance,
    int? AgainInSeconds = null) : Fact;

[StoredAs("explanation-stopped", 1)]
public sealed record ExplanationStopped(Guid ExplanationId) : Fact;

[StoredAs("explanation-released", 1)]
public sealed record ExplanationReleased(Guid ExplanationId) : Fact;

/// <param name="Continued">What came to its end stays and is continued; else the variant begins anew.</param>
/// <param name="Discarded">It was whole, and the teacher called it bad.</param>
[StoredAs("explanation-retried", 1)]
public sealed record ExplanationRetried(Guid ExplanationId, ImmutableArray<string> Variants, bool Continued, bool? Discarded = null) : Fact;

/// <summary>Somebody came, or changed language or level, and reads in a variant that was not streamed: it is, beside the others.</summary>
[StoredAs("variants-added", 1)]
public sealed record VariantsAdded(Guid ExplanationId, ImmutableArray<string> Variants) : Fact;

[StoredAs("confusion-pressed", 1)]
public sealed record ConfusionPressed(Guid ExplanationId, string Variant, int Sentence) : Fact;

[StoredAs("confusion-released", 1)]
public sealed record ConfusionReleased(Guid ExplanationId, string Variant, int Sentence) : Fact;

public sealed partial record LessonState
{
    public ImmutableDictionary<Guid, Explanation> Explanations { get; init; } = ImmutableDictionary<Guid, Explanation>.Empty;
}

/// <summary>An explanation to the whole class. <paramref name="Number"/> counts from 1 within the lesson.</summary>
public sealed record Explanation(
    int Number, ExplanationOrder Order, Guid? Of, string? OfVariant, ImmutableArray<int> Sentences, DateTimeOffset StartedAt)
{
    public bool Stopped { get; init; }

    /// <summary>Asked for in preview and not released yet: the class must not see it.</summary>
    public bool InPreview { get; init; } = Order.Preview;

    /// <summary>What variants that are continued already say.</summary>
    public ImmutableDictionary<string, VariantText> Resumed { get; init; } = ImmutableDictionary<string, VariantText>.Empty;

    /// <summary>Variants that came to their end, whole or broken off.</summary>
    public ImmutableDictionary<string, VariantText> Completed { get; init; } = ImmutableDictionary<string, VariantText>.Empty;

    /// <summary>How often each variant was streamed anew.</summary>
    public ImmutableDictionary<string, int> Retries { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Variants that were added for who came later: nobody else waits for them.</summary>
    public ImmutableHashSet<string> Late { get; init; } = [];

    /// <summary>Whole texts that the teacher called bad: no class is told them again.</summary>
    public ImmutableArray<DiscardedText> Discarded { get; init; } = [];

    /// <summary>Hands that the teacher counted.</summary>
    public ImmutableArray<LostHands> LostHands { get; init; } = [];

    public ImmutableHashSet<Press> Presses { get; init; } = [];

    public bool IsRunning => !Stopped && Completed.Count < Order.Variants.Length;

    /// <summary>A variant that the class waits for is still streamed: no other explanation begins.</summary>
    public bool IsAwaited => !Stopped && Order.Variants.Any(v => v.ToString() is var name && !Completed.ContainsKey(name) && !Late.Contains(name));

    /// <summary>Counts from 1, up with every retry: text of an earlier epoch is no beginning of this one.</summary>
    public int EpochOf(string variant) => 1 + Retries.GetValueOrDefault(variant);

    /// <summary>What is left to stream, and what each variant of it starts from.</summary>
    /// <param name="aiOn">As the teacher has it now.</param>
    public StreamExplanation Rest(bool aiOn)
    {
        ImmutableArray<Variant> left = [.. Order.Variants.Where(v => !Completed.ContainsKey(v.ToString()))];
        return new(
            Number, Order with { Variants = left, Preview = InPreview, AiOn = aiOn },
            [.. left.Select(v => v.ToString()).Select(v => Resumed.TryGetValue(v, out var text)
                ? new VariantStart(v, EpochOf(v), text.Text, Whole(text), text.Provenance.Provider.Length == 0 ? null : text.Provenance)
                : new VariantStart(v, EpochOf(v), "", []) { Discards = Discarded.LastOrDefault(d => d.Variant == v)?.Text })]);
    }

    // A text that was cut ends in the middle of a sentence; that sentence is not over.
    internal static ImmutableArray<int> Whole(VariantText text) =>
        text.SentenceEnds.Length > 0 && text.SentenceEnds[^1] == text.Text.Length && text.Text.Length > 0
            && !".!?…»”".Contains(text.Text[^1], StringComparison.Ordinal)
            ? text.SentenceEnds.RemoveAt(text.SentenceEnds.Length - 1) : text.SentenceEnds;
}

/// <summary>The text of a variant that came to its end. <paramref name="Failure"/> is null when it is whole.</summary>
/// <param name="AgainAt">When the model may be asked again, where the failure said so.</param>
public sealed record VariantText(string Text, ImmutableArray<int> SentenceEnds, string? Failure, Provenance Provenance, DateTimeOffset? AgainAt = null)
{
    /// <summary>Whether a prepared text was told because a model that was asked did not answer.</summary>
    public bool StandsIn => Failure is null && Provenance is { IsPrepared: true, Cause: not null };
}

/// <summary>A text that a model gave of a variant, and that is bad.</summary>
public sealed record DiscardedText(string Variant, string Text);

public sealed record Press(Guid StudentId, string Variant, int Sentence);
