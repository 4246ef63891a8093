namespace Classroom.Lessons;

[StoredAs("tempo-set", 1)]
public sealed record TempoSet(int Face) : Fact;

[StoredAs("tempo-expired", 1)]
public sealed record TempoExpired(ImmutableArray<Guid> Students) : Fact;
