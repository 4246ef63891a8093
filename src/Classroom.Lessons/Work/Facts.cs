using System.Text.Json.Serialization;

namespace Classroom.Lessons;

[StoredAs("draft-saved", 1)]
public sealed record DraftSaved(
    string StepId, [property: Personal] string Text, [property: Personal] string OwnContribution, [property: Personal] string Reflection,
    [property: Personal] ImmutableArray<string> Sources) : Fact;

/// <param name="With">The others on the phone who made it together.</param>
[StoredAs("work-handed-in", 1)]
public sealed record WorkHandedIn(string StepId, ImmutableArray<Guid>? With = null) : Fact;

[StoredAs("revision-opened", 1)]
public sealed record RevisionOpened(string StepId) : Fact;

/// <param name="Text">What to look at, in the teacher's words.</param>
[StoredAs("work-returned", 1)]
public sealed record WorkReturned(Guid StudentId, string StepId, [property: Personal] string Text) : Fact
{
    public override Guid? ChildIn(LessonState state, Actor by) => StudentId;
}

public sealed partial record LessonState
{
    public ImmutableDictionary<WorkKey, StudentWork> Works { get; init; } = ImmutableDictionary<WorkKey, StudentWork>.Empty;
}

[JsonConverter(typeof(WorkKeyConverter))]
public readonly record struct WorkKey(Guid StudentId, string StepId)
{
    public override string ToString() => $"{StudentId}/{StepId}";
}

/// <param name="Version">Hand-ins so far.</param>
/// <param name="Submission">Text of the last hand-in.</param>
/// <param name="PreviousSubmission">Text of the hand-in before that: the first draft the second is compared with.</param>
public sealed record StudentWork(
    string Text, string OwnContribution, string Reflection, ImmutableArray<string> Sources, DateTimeOffset SavedAt)
{
    public WorkStatus Status { get; init; }

    public int Version { get; init; }

    public string? Submission { get; init; }

    public string? PreviousSubmission { get; init; }

    /// <summary>What the teacher said when the work was given back; until it is handed in again.</summary>
    public string? Returned { get; init; }

    public DateTimeOffset? HandedInAt { get; init; }

    /// <summary>Who made the last hand-in with this student; each of them has it as well.</summary>
    public ImmutableArray<Guid> With { get; init; } = [];
}
