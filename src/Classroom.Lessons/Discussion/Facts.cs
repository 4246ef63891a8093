namespace Classroom.Lessons;

[StoredAs("prompts-requested", 1)]
public sealed record PromptsRequested(string StepId) : Fact;

[StoredAs("prompts-proposed", 1)]
public sealed record PromptsProposed(string StepId, ImmutableArray<PromptText> Candidates, Provenance Provenance) : Fact;

[StoredAs("prompts-failed", 1)]
public sealed record PromptsFailed(string StepId, string Code, int Tokens = 0, int? AgainInSeconds = null) : Fact;

[StoredAs("prompt-picked", 1)]
public sealed record PromptPicked(string StepId, string PromptId, Trilingual? Edited) : Fact;

[StoredAs("teams-formed", 1)]
public sealed record TeamsFormed(ImmutableArray<ImmutableArray<Guid>> Teams) : Fact;

[StoredAs("moved-to-team", 1)]
public sealed record MovedToTeam(Guid StudentId, int Team) : Fact;

/// <param name="Waits">False in lessons of before: what came after the sharing was on the board at once.</param>
/// <param name="Doubted">The rules of words doubt it: its team does not see it either before the teacher shows it.</param>
[StoredAs("contributed", 1)]
public sealed record Contributed(Guid ContributionId, string StepId, int Team, [property: Personal] string Text, bool Waits = false, bool Doubted = false) : Fact;

/// <param name="Contributions">Null in lessons of before: all that were there.</param>
[StoredAs("contributions-shared", 1)]
public sealed record ContributionsShared(string StepId, ImmutableArray<Guid>? Contributions = null) : Fact;

[StoredAs("upvote-given", 1)]
public sealed record UpvoteGiven(Guid ContributionId) : Fact;

[StoredAs("upvote-taken", 1)]
public sealed record UpvoteTaken(Guid ContributionId) : Fact;

[StoredAs("contribution-hidden", 1)]
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

    /// <summary>When the model may be asked again, where it said so; also when prepared candidates stand in.</summary>
    public DateTimeOffset? AgainAt { get; init; }

    public ImmutableArray<PromptText> Candidates { get; init; } = [];

    public Provenance? Provenance { get; init; }

    public PromptText? Picked { get; init; }

    public bool Edited { get; init; }

    public string? EditedBy { get; init; }

    public Provenance? PickedFrom { get; init; }

    public DateTimeOffset PickedAt { get; init; }

    /// <summary>Minutes that were added to the step before: those that come later are the discussion's.</summary>
    public int AddedBefore { get; init; }

    /// <summary>Something was shared: from then on ideas of all teams stand together.</summary>
    public bool Shared { get; init; }
}

public sealed record Contribution(Guid Id, string StepId, int Team, Guid StudentId, string Text, DateTimeOffset At)
{
    public bool Hidden { get; init; }

    /// <summary>The teacher has shown it to the class.</summary>
    public bool Shared { get; init; }

    public bool Doubted { get; init; }

    public ImmutableHashSet<Guid> Votes { get; init; } = [];
}
