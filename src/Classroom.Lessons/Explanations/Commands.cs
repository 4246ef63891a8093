using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>
/// Explain to the whole class: a topic of the step, free words, or some sentences of an earlier explanation again.
/// In every (language, level) present in the room, side by side.
/// </summary>
/// <param name="TopicId">A topic of the step's plan, or null.</param>
/// <param name="Words">The teacher's own words (a question from the class), or null. At most 500 characters.</param>
/// <param name="Of">The explanation a part of which is to be explained again, or null.</param>
/// <param name="Sentences">Which sentences of it, in <paramref name="OfVariant"/>; empty with <paramref name="Of"/> set means all.</param>
/// <param name="Preview">The teacher reads first; the class and the board get it with <see cref="ReleaseExplanation"/>.</param>
[Command(Roles.Teacher, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record RequestExplanation(
    [property: Id(0)] Guid ExplanationId,
    [property: Id(1)] string StepId,
    [property: Id(2)] string? TopicId,
    [property: Id(3)] string? Words,
    [property: Id(4)] ExplainMode Mode,
    [property: Id(5)] Guid? Of,
    [property: Id(6)] string? OfVariant,
    [property: Id(7)] ImmutableArray<int> Sentences,
    [property: Id(8)] bool Preview = false) : Command;

/// <summary>Let the class and the board have an explanation that was asked for in preview.</summary>
[Command(Roles.Teacher, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record ReleaseExplanation([property: Id(0)] Guid ExplanationId) : Command;

/// <summary>Stream variants that broke off again: from where they stopped, or anew. Anew, and where a model may be asked, prepared texts that stood in for one too.</summary>
/// <param name="Variant">Which one, or null for all of them.</param>
/// <param name="Continue">Keep what came and continue behind it.</param>
/// <param name="Discard">The text of this variant is whole and bad: a model is asked anew, and no class is told that text again.</param>
[Command(Roles.Teacher, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record RetryExplanation(
    [property: Id(0)] Guid ExplanationId, [property: Id(1)] string? Variant, [property: Id(2)] bool Continue,
    [property: Id(3)] bool Discard = false) : Command;

[Command(Roles.Teacher, Phases.SinceStart)]
[GenerateSerializer, Immutable]
public sealed record StopExplanation([property: Id(0)] Guid ExplanationId) : Command;

/// <summary>One variant was streamed to its end. Sent by the explanation grain.</summary>
/// <param name="SentenceEnds">Character offsets (UTF-16) at which each sentence ends, ascending; the last equals the length.</param>
/// <param name="Epoch">Of which epoch it reports; a report of an earlier one, late, says nothing of this one. Null: of any.</param>
[Command(Roles.System, Phases.SinceStart)]
[GenerateSerializer, Immutable]
public sealed record FinishVariant(
    [property: Id(0)] Guid ExplanationId,
    [property: Id(1)] string Variant,
    [property: Id(2)] string Text,
    [property: Id(3)] ImmutableArray<int> SentenceEnds,
    [property: Id(4)] Provenance Provenance,
    [property: Id(5)] int? Epoch = null) : Command;

/// <summary>One variant broke off. What came so far is kept. Sent by the explanation grain.</summary>
/// <param name="Code">a code of the tutor (see its README), or tutor-stopped.</param>
/// <param name="AgainInSeconds">The model may be asked again after this time; null when nobody knows.</param>
/// <param name="Epoch">Of which epoch it reports; a report of an earlier one, late, says nothing of this one. Null: of any.</param>
[Command(Roles.System, Phases.SinceStart)]
[GenerateSerializer, Immutable]
public sealed record FailVariant(
    [property: Id(0)] Guid ExplanationId,
    [property: Id(1)] string Variant,
    [property: Id(2)] string Code,
    [property: Id(3)] string Text,
    [property: Id(4)] ImmutableArray<int> SentenceEnds,
    [property: Id(5)] Provenance Provenance,
    [property: Id(6)] int? Epoch = null,
    [property: Id(7)] int? AgainInSeconds = null) : Command;

/// <summary>
/// Variants whose stream was lost with its process are streamed anew, in an epoch of their own: what a model says a second time is another text.
/// Sent by the classroom that supervises them.
/// </summary>
/// <param name="Lost">As they were streamed; one that has ended, or is in a later epoch, is left alone.</param>
[Command(Roles.System, Phases.SinceStart)]
[GenerateSerializer, Immutable]
public sealed record RestartVariants([property: Id(0)] Guid ExplanationId, [property: Id(1)] ImmutableArray<VariantStart> Lost) : Command;

/// <summary>"I'm lost", pressed on the very sentence.</summary>
[Command(Roles.Student, Phases.Live, Together = true)]
[GenerateSerializer, Immutable]
public sealed record PressConfusion(
    [property: Id(0)] Guid ExplanationId, [property: Id(1)] string Variant, [property: Id(2)] int Sentence) : Command;

[Command(Roles.Student, Phases.SinceStart, Together = true)]
[GenerateSerializer, Immutable]
public sealed record ReleaseConfusion(
    [property: Id(0)] Guid ExplanationId, [property: Id(1)] string Variant, [property: Id(2)] int Sentence) : Command;

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(RequestExplanation))]
[JsonSerializable(typeof(ReleaseExplanation))]
[JsonSerializable(typeof(RetryExplanation))]
[JsonSerializable(typeof(StopExplanation))]
[JsonSerializable(typeof(FinishVariant))]
[JsonSerializable(typeof(FailVariant))]
[JsonSerializable(typeof(RestartVariants))]
[JsonSerializable(typeof(PressConfusion))]
[JsonSerializable(typeof(ReleaseConfusion))]
[JsonSerializable(typeof(ExplanationRequested))]
[JsonSerializable(typeof(ExplanationFinished))]
[JsonSerializable(typeof(ExplanationFailed))]
[JsonSerializable(typeof(ExplanationStopped))]
[JsonSerializable(typeof(ExplanationReleased))]
[JsonSerializable(typeof(ExplanationRetried))]
[JsonSerializable(typeof(VariantsAdded))]
[JsonSerializable(typeof(ConfusionPressed))]
[JsonSerializable(typeof(ConfusionReleased))]
[JsonSerializable(typeof(ExplanationEntity))]
[JsonSerializable(typeof(HeatEntity))]
[JsonSerializable(typeof(PressedEntity))]
internal sealed partial class ExplanationsJson : JsonSerializerContext;
