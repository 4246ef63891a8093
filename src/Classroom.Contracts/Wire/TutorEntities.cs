using System.Collections.Immutable;

namespace Classroom.Contracts;

public enum ExplanationStatus { Running, Finished, Failed, Stopped }

/// <summary>Kind <c>explanation</c>, id = explanation id. The text itself travels as <c>Text</c> messages.</summary>
/// <param name="Topic">What is explained, in the words of the plan or of the teacher.</param>
public sealed record ExplanationEntity(
    string StepId, Trilingual Topic, ExplainMode Mode, Guid? Of, string? OfVariant, ImmutableArray<int> Sentences,
    ExplanationStatus Status, DateTimeOffset StartedAt, string BoardVariant, ImmutableArray<VariantEntity> Variants) : Entity;

/// <param name="Failure">A code when this variant broke off; what came before that is kept.</param>
public sealed record VariantEntity(
    string Variant, ExplanationStatus Status, int Length, string? Failure, Provenance? Provenance);

/// <summary>Kind <c>heat</c>, id = explanation id: presses per variant and sentence; who pressed is for the teacher only.</summary>
public sealed record HeatEntity(
    ImmutableArray<HeatSpot> Spots) : Entity;

public sealed record HeatSpot(string Variant, int Sentence, int Count, ImmutableArray<Guid>? Who);

/// <summary>Kind <c>pressed</c>, id = explanation id: the student's own presses.</summary>
public sealed record PressedEntity(ImmutableArray<PressedSpot> Spots) : Entity;

public sealed record PressedSpot(string Variant, int Sentence);

public enum PromptsStatus { Requested, Proposed, Failed }

/// <summary>Kind <c>prompts</c>, id = step id, teacher only: the candidates.</summary>
public sealed record PromptsEntity(
    PromptsStatus Status, string? Failure, ImmutableArray<PromptText> Candidates, Provenance? Provenance) : Entity;

/// <summary>Kind <c>prompt</c>, id = step id: the one the teacher picked.</summary>
public sealed record PromptEntity(
    PromptText Prompt, bool Edited, Provenance Provenance, DateTimeOffset PickedAt, bool Shared) : Entity;

/// <summary>Kind <c>team</c>, id = number from 1. A student sees its own; the board sees sizes only.</summary>
public sealed record TeamEntity(int Size, ImmutableArray<Guid>? Members, ImmutableArray<string>? Nicknames) : Entity;

/// <summary>Kind <c>contribution</c>, id = contribution id. Own team, then everybody once shared; <paramref name="StudentId"/>: teacher only.</summary>
public sealed record ContributionEntity(
    string StepId, int Team, string Text, int Votes, bool Hidden, Guid? StudentId, DateTimeOffset At) : Entity;

/// <summary>Kind <c>vote</c>, id = contribution id: the student's own vote.</summary>
public sealed record VoteEntity(bool On) : Entity;
