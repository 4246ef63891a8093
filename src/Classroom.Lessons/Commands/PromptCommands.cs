using System.Collections.Immutable;

namespace Classroom.Lessons;

/// <summary>Ask the tutor for candidates for the discussion of a step; asked again, for others than those on the screen.</summary>
[GenerateSerializer, Immutable]
public sealed record RequestPrompts([property: Id(0)] string StepId) : Command;

/// <summary>The tutor's candidates. Sent by the classroom's tutor work.</summary>
[GenerateSerializer, Immutable]
public sealed record ProposePrompts(
    [property: Id(0)] string StepId, [property: Id(1)] ImmutableArray<PromptText> Candidates, [property: Id(2)] Provenance Provenance) : Command;

[GenerateSerializer, Immutable]
public sealed record FailPrompts(
    [property: Id(0)] string StepId, [property: Id(1)] string Code, [property: Id(2)] int Tokens = 0) : Command;

/// <summary>Put one candidate to the class. <paramref name="Edited"/> replaces its question if the teacher changed it.</summary>
[GenerateSerializer, Immutable]
public sealed record PickPrompt(
    [property: Id(0)] string StepId, [property: Id(1)] string PromptId, [property: Id(2)] Trilingual? Edited) : Command;

/// <summary>Divide the class into teams. <paramref name="Mixed"/> spreads the levels; else in order of joining.</summary>
[GenerateSerializer, Immutable]
public sealed record FormTeams([property: Id(0)] int Count, [property: Id(1)] bool Mixed) : Command;

[GenerateSerializer, Immutable]
public sealed record MoveToTeam([property: Id(0)] Guid StudentId, [property: Id(1)] int Team) : Command;

/// <summary>An idea for one's team. At most 600 characters.</summary>
[GenerateSerializer, Immutable]
public sealed record Contribute([property: Id(0)] Guid ContributionId, [property: Id(1)] string StepId, [property: Id(2)] string Text) : Command;

/// <summary>Show every team's ideas to the whole class and the board; from now on anybody may vote for them.</summary>
[GenerateSerializer, Immutable]
public sealed record ShareContributions([property: Id(0)] string StepId) : Command;

[GenerateSerializer, Immutable]
public sealed record Upvote([property: Id(0)] Guid ContributionId, [property: Id(1)] bool On) : Command;

/// <summary>Take an idea off every screen but the teacher's, or put it back.</summary>
[GenerateSerializer, Immutable]
public sealed record HideContribution([property: Id(0)] Guid ContributionId, [property: Id(1)] bool Hidden) : Command;
