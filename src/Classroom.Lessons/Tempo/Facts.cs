namespace Classroom.Lessons;

[Fact("tempo-set", 1)]
public sealed record TempoSet(int Face) : Fact;

[Fact("tempo-expired", 1)]
public sealed record TempoExpired(ImmutableArray<Guid> Students) : Fact;
