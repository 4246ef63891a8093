namespace Classroom.Lessons;

[StoredAs("hand-raised", 1)]
public sealed record HandRaised([property: Personal] string Topic) : Fact;

[StoredAs("hand-lowered", 1)]
public sealed record HandLowered : Fact;

[StoredAs("hand-claimed", 1)]
public sealed record HandClaimed(Guid StudentId) : Fact;

[StoredAs("hand-answered", 1)]
public sealed record HandAnswered(Guid StudentId) : Fact;

public sealed partial record LessonState
{
    public ImmutableDictionary<Guid, Hand> Hands { get; init; } = ImmutableDictionary<Guid, Hand>.Empty;
}

public sealed record Hand(string Topic, DateTimeOffset Since)
{
    public Actor? ClaimedBy { get; init; }

    public DateTimeOffset? ClaimedAt { get; init; }
}
