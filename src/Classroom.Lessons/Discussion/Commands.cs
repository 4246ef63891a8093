using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>Ask the tutor for candidates for the discussion of a step; asked again, for others than those on the screen.</summary>
[Command(Roles.Teacher, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record RequestPrompts([property: Id(0)] string StepId) : Command;

/// <summary>The tutor's candidates. Sent by the classroom's tutor work.</summary>
[Command(Roles.System, Phases.Any)]
[GenerateSerializer, Immutable]
public sealed record ProposePrompts(
    [property: Id(0)] string StepId, [property: Id(1)] ImmutableArray<PromptText> Candidates, [property: Id(2)] Provenance Provenance) : Command;

[Command(Roles.System, Phases.Any)]
[GenerateSerializer, Immutable]
public sealed record FailPrompts(
    [property: Id(0)] string StepId, [property: Id(1)] string Code, [property: Id(2)] int Tokens = 0, [property: Id(3)] int? AgainInSeconds = null) : Command;

/// <summary>Put one candidate to the class. <paramref name="Edited"/> replaces its question if the teacher changed it.</summary>
[Command(Roles.Teacher, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record PickPrompt(
    [property: Id(0)] string StepId, [property: Id(1)] string PromptId, [property: Id(2)] Trilingual? Edited) : Command;

/// <summary>Divide the class into teams. <paramref name="Mixed"/> spreads the levels; else in order of joining.</summary>
[Command(Roles.Teacher, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record FormTeams([property: Id(0)] int Count, [property: Id(1)] bool Mixed) : Command;

[Command(Roles.Teacher, Phases.BeforeEnd)]
[GenerateSerializer, Immutable]
public sealed record MoveToTeam([property: Id(0)] Guid StudentId, [property: Id(1)] int Team) : Command;

/// <summary>An idea for one's team. At most 600 characters.</summary>
[Command(Roles.Student, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record Contribute([property: Id(0)] Guid ContributionId, [property: Id(1)] string StepId, [property: Id(2)] string Text) : Command;

/// <summary>Show ideas to the whole class and the board, where anybody may vote for them. What comes later waits for the next time.</summary>
/// <param name="Contributions">These, doubted ones too; null: all of the step that are neither hidden nor doubted.</param>
[Command(Roles.Teacher, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record ShareContributions([property: Id(0)] string StepId, [property: Id(1)] ImmutableArray<Guid>? Contributions = null) : Command;

[Command(Roles.Student, Phases.Live, Together = true)]
[GenerateSerializer, Immutable]
public sealed record Upvote([property: Id(0)] Guid ContributionId, [property: Id(1)] bool On) : Command;

/// <summary>Take an idea off every screen but the teacher's, or put it back.</summary>
[Command(Roles.Teacher, Phases.SinceStart)]
[GenerateSerializer, Immutable]
public sealed record HideContribution([property: Id(0)] Guid ContributionId, [property: Id(1)] bool Hidden) : Command;

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(RequestPrompts))]
[JsonSerializable(typeof(ProposePrompts))]
[JsonSerializable(typeof(FailPrompts))]
[JsonSerializable(typeof(PickPrompt))]
[JsonSerializable(typeof(FormTeams))]
[JsonSerializable(typeof(MoveToTeam))]
[JsonSerializable(typeof(Contribute))]
[JsonSerializable(typeof(ShareContributions))]
[JsonSerializable(typeof(Upvote))]
[JsonSerializable(typeof(HideContribution))]
[JsonSerializable(typeof(PromptsRequested))]
[JsonSerializable(typeof(PromptsProposed))]
[JsonSerializable(typeof(PromptsFailed))]
[JsonSerializable(typeof(PromptPicked))]
[JsonSerializable(typeof(TeamsFormed))]
[JsonSerializable(typeof(MovedToTeam))]
[JsonSerializable(typeof(Contributed))]
[JsonSerializable(typeof(ContributionsShared))]
[JsonSerializable(typeof(UpvoteGiven))]
[JsonSerializable(typeof(UpvoteTaken))]
[JsonSerializable(typeof(ContributionHidden))]
[JsonSerializable(typeof(PromptsEntity))]
[JsonSerializable(typeof(PromptEntity))]
[JsonSerializable(typeof(TeamEntity))]
[JsonSerializable(typeof(ContributionEntity))]
[JsonSerializable(typeof(VoteEntity))]
internal sealed partial class DiscussionJson : JsonSerializerContext;
