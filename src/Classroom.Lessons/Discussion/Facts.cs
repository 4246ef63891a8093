namespace Classroom.Lessons;

[Fact("prompts-requested", 1)]
public sealed record PromptsRequested(string StepId) : Fact;

[Fact("prompts-proposed", 1)]
public sealed record PromptsProposed(string StepId, ImmutableArray<PromptText> Candidates, Provenance Provenance) : Fact;

[Fact("prompts-failed", 1)]
public sealed record PromptsFailed(string StepId, string Code, int Tokens = 0) : Fact;

[Fact("prompt-picked", 1)]
public sealed record PromptPicked(string StepId, string PromptId, Trilingual? Edited) : Fact;

[Fact("teams-formed", 1)]
public sealed record TeamsFormed(ImmutableArray<ImmutableArray<Guid>> Teams) : Fact;

[Fact("moved-to-team", 1)]
public sealed record MovedToTeam(Guid StudentId, int Team) : Fact;

[Fact("contributed", 1)]
public sealed record Contributed(Guid ContributionId, string StepId, int Team, string Text) : Fact;

[Fact("contributions-shared", 1)]
public sealed record ContributionsShared(string StepId) : Fact;

[Fact("upvote-given", 1)]
public sealed record UpvoteGiven(Guid ContributionId) : Fact;

[Fact("upvote-taken", 1)]
public sealed record UpvoteTaken(Guid ContributionId) : Fact;

[Fact("contribution-hidden", 1)]
public sealed record ContributionHidden(Guid ContributionId, bool Hidden) : Fact;

public sealed partial record LessonState
{
    public ImmutableDictionary<string, Discussion> Discussions { get; init; } = ImmutableDictionary<string, Discussion>.Empty;

    public ImmutableDictionary<Guid, Contribution> Contributions { get; init; } = ImmutableDictionary<Guid, Contribution>.Empty;

    public int Teams { get; init; }
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
