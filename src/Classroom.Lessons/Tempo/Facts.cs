namespace Classroom.Lessons;

[StoredAs("tempo-set", 1)]
public sealed record TempoSet(int Face) : Fact;

[StoredAs("tempo-expired", 1)]
public sealed record TempoExpired(ImmutableArray<Guid> Students) : Fact;

[StoredAs("more-time-asked", 1)]
public sealed record MoreTimeAsked(string StepId) : Fact;

public sealed partial record LessonState
{
    /// <summary>Who asked for more time, by step. The faces of the tempo are kept with the seats.</summary>
    public ImmutableDictionary<string, ImmutableHashSet<Guid>> MoreTime { get; init; } = ImmutableDictionary<string, ImmutableHashSet<Guid>>.Empty;
}
