using System.Collections.Immutable;

namespace Classroom.Lessons;

public enum ExplanationStatus { Running, Finished, Failed, Stopped }

/// <summary>Kind <c>explanation</c>, id = explanation id. The text itself travels as <c>Text</c> messages.</summary>
/// <param name="Topic">What is explained, in the words of the plan or of the teacher.</param>
/// <param name="Preview">Teacher only: the class does not see it yet.</param>
public sealed record ExplanationEntity(
    string StepId, Trilingual Topic, ExplainMode Mode, Guid? Of, string? OfVariant, ImmutableArray<int> Sentences,
    ExplanationStatus Status, DateTimeOffset StartedAt, string BoardVariant, ImmutableArray<VariantEntity> Variants,
    bool? Preview) : Entity;

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
    PromptText Prompt, bool Edited, Provenance Provenance, DateTimeOffset PickedAt, bool Shared, string? EditedBy) : Entity;

/// <summary>Kind <c>team</c>, id = number from 1. A student sees its own; the board sees sizes only.</summary>
public sealed record TeamEntity(int Size, ImmutableArray<Guid>? Members, ImmutableArray<string>? Nicknames) : Entity;

/// <summary>Kind <c>contribution</c>, id = contribution id. Own team, then everybody once shared; <paramref name="StudentId"/>: teacher only.</summary>
public sealed record ContributionEntity(
    string StepId, int Team, string Text, int Votes, bool Hidden, Guid? StudentId, DateTimeOffset At) : Entity;

/// <summary>Kind <c>vote</c>, id = contribution id: the student's own vote.</summary>
public sealed record VoteEntity(bool On) : Entity;

/// <summary>
/// Kind <c>exchange</c>, id = exchange id: a student's question to the tutor and its answer. The student's own; the teacher's once the
/// transcript was opened, up to that moment.
/// </summary>
public sealed record ExchangeEntity(
    Guid StudentId, string StepId, string Question, DateTimeOffset At, string? Answer, string? Failure, Provenance? Provenance) : Entity;

/// <summary>Kind <c>thread</c>, id = student id: that there is one, for the teacher and the student. Who opened it and why is for both.</summary>
/// <param name="Flags">Teacher only.</param>
public sealed record ThreadEntity(
    Guid StudentId, int Count, ImmutableArray<FlagEntity>? Flags, ImmutableArray<OpeningEntity> Openings) : Entity;

public sealed record FlagEntity(Guid ExchangeId, string Flag, DateTimeOffset At);

public sealed record OpeningEntity(string By, string Reason, DateTimeOffset At);

/// <summary>Kind <c>incident</c>, id = incident id, teacher only.</summary>
public sealed record IncidentEntity(
    string Ability, string Kind, string Category, string StepId, Guid? StudentId, DateTimeOffset At) : Entity;

/// <summary>Kind <c>meter</c>, teacher only: what the lesson's AI has used. <paramref name="Limit"/> 0: not limited.</summary>
public sealed record MeterEntity(int Tokens, int Limit, int Calls, int Cached) : Entity;
