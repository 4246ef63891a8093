namespace Classroom.Lessons;

public sealed record SeatTaken(string Nickname, Language Language, Level Level, Guid DeviceId, bool Themed) : Fact;

public sealed record DeviceRequested(Guid DeviceId) : Fact;

public sealed record DeviceApproved(Guid StudentId) : Fact;

public sealed record DeviceRefused(Guid StudentId) : Fact;

public sealed record StudentRemoved(Guid StudentId) : Fact;

public sealed record StudentRenamed(Guid StudentId, string Nickname) : Fact;

public sealed record PreferencesChanged(Language Language, Level Level) : Fact;

public sealed record TempoSet(int Face) : Fact;

public sealed record TempoExpired(ImmutableArray<Guid> Students) : Fact;
