using System.Collections.Immutable;

namespace Classroom.Contracts;

/// <summary>
/// Explain to the whole class: a topic of the step, free words, or some sentences of an earlier explanation again.
/// Told in every (language, level) present in the room, side by side.
/// </summary>
/// <param name="TopicId">A topic of the step's plan, or null.</param>
/// <param name="Words">The teacher's own words (a question from the class), or null. At most 500 characters.</param>
/// <param name="Of">The explanation a part of which is to be told again, or null.</param>
/// <param name="Sentences">Which sentences of it, in <paramref name="OfVariant"/>; empty with <paramref name="Of"/> set means all.</param>
[GenerateSerializer, Immutable]
public sealed record RequestExplanation(
    [property: Id(0)] Guid ExplanationId,
    [property: Id(1)] string StepId,
    [property: Id(2)] string? TopicId,
    [property: Id(3)] string? Words,
    [property: Id(4)] ExplainMode Mode,
    [property: Id(5)] Guid? Of,
    [property: Id(6)] string? OfVariant,
    [property: Id(7)] ImmutableArray<int> Sentences) : Command;

[GenerateSerializer, Immutable]
public sealed record StopExplanation([property: Id(0)] Guid ExplanationId) : Command;

/// <summary>One variant is told to its end. Sent by the explanation grain.</summary>
/// <param name="Ends">Character offsets (UTF-16) at which each sentence ends, ascending; the last equals the length.</param>
[GenerateSerializer, Immutable]
public sealed record FinishVariant(
    [property: Id(0)] Guid ExplanationId,
    [property: Id(1)] string Variant,
    [property: Id(2)] string Text,
    [property: Id(3)] ImmutableArray<int> Ends,
    [property: Id(4)] Provenance Provenance) : Command;

/// <summary>One variant broke off. What came so far is kept. Sent by the explanation grain.</summary>
/// <param name="Code">tutor-unavailable, tutor-busy, tutor-cut, tutor-timeout, no-prepared-text or tutor-stopped.</param>
[GenerateSerializer, Immutable]
public sealed record FailVariant(
    [property: Id(0)] Guid ExplanationId,
    [property: Id(1)] string Variant,
    [property: Id(2)] string Code,
    [property: Id(3)] string Text,
    [property: Id(4)] ImmutableArray<int> Ends,
    [property: Id(5)] Provenance Provenance) : Command;

/// <summary>"I'm lost", pressed on the very sentence.</summary>
[GenerateSerializer, Immutable]
public sealed record PressConfusion(
    [property: Id(0)] Guid ExplanationId, [property: Id(1)] string Variant, [property: Id(2)] int Sentence) : Command;

[GenerateSerializer, Immutable]
public sealed record ReleaseConfusion(
    [property: Id(0)] Guid ExplanationId, [property: Id(1)] string Variant, [property: Id(2)] int Sentence) : Command;
