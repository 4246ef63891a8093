namespace Classroom.Lessons;

[StoredAs("feedback-requested", 1)]
public sealed record FeedbackRequested(Guid FeedbackId, Guid StudentId, string StepId, int WorkVersion) : Fact;

[StoredAs("feedback-drafted", 1)]
public sealed record FeedbackDrafted(
    Guid FeedbackId, [property: Personal] ImmutableArray<FeedbackItem> Items, int DroppedQuotes, Provenance Provenance,
    ImmutableArray<DescriptorHint>? Hints = null) : Fact
{
    public override Guid? ChildIn(LessonState state, Actor by) => state.Feedbacks[FeedbackId].Work.StudentId;
}

[StoredAs("feedback-failed", 1)]
public sealed record FeedbackFailed(Guid FeedbackId, string Code, int Tokens = 0, int? AgainInSeconds = null) : Fact;

[StoredAs("feedback-edited", 1)]
public sealed record FeedbackEdited(Guid FeedbackId, [property: Personal] ImmutableArray<FeedbackItem> Items, [property: Personal] string Note) : Fact
{
    public override Guid? ChildIn(LessonState state, Actor by) => state.Feedbacks[FeedbackId].Work.StudentId;
}

[StoredAs("feedback-opened", 1)]
public sealed record FeedbackOpened(Guid FeedbackId) : Fact;

[StoredAs("feedback-released", 1)]
public sealed record FeedbackReleased(Guid FeedbackId) : Fact;

[StoredAs("descriptor-held", 1)]
public sealed record DescriptorHeld(Guid FeedbackId, string DescriptorId, bool Held) : Fact;

[StoredAs("feedback-returned", 1)]
public sealed record FeedbackReturned(Guid FeedbackId) : Fact;

[StoredAs("feedback-replied", 1)]
public sealed record FeedbackReplied(Guid FeedbackId, [property: Personal] string Text) : Fact;

public sealed partial record LessonState
{
    public ImmutableDictionary<Guid, Feedback> Feedbacks { get; init; } = ImmutableDictionary<Guid, Feedback>.Empty;
}

public sealed record Feedback(Guid Id, WorkKey Work, int WorkVersion)
{
    /// <summary>Who made the work together with its student: the feedback is theirs as well.</summary>
    public ImmutableArray<Guid> With { get; init; } = [];

    public FeedbackStatus Status { get; init; }

    public string? Failure { get; init; }

    /// <summary>When the model may be asked again, where it said so; also when a prepared draft stands in.</summary>
    public DateTimeOffset? AgainAt { get; init; }

    public ImmutableArray<FeedbackItem> Items { get; init; } = [];

    /// <summary>Next steps to choose from; empty where a model drafted.</summary>
    public ImmutableArray<DescriptorHint> Hints { get; init; } = [];

    /// <summary>Descriptors of which the student gets nothing yet.</summary>
    public ImmutableHashSet<string> Held { get; init; } = [];

    public string Note { get; init; } = "";

    /// <summary>The teacher had the draft open, or wrote in it.</summary>
    public bool Opened { get; init; }

    public Provenance? Provenance { get; init; }

    public bool Edited { get; init; }

    public string? EditedBy { get; init; }

    public int DroppedQuotes { get; init; }

    public string? Reply { get; init; }

    /// <summary>Whose words the reply is.</summary>
    public Guid? ReplyBy { get; init; }

    public DateTimeOffset? ReleasedAt { get; init; }
}
