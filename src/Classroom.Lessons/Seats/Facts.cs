namespace Classroom.Lessons;

[StoredAs("seat-taken", 1)]
public sealed record SeatTaken(string Nickname, Language Language, Level Level, Guid DeviceId, bool Themed) : Fact;

[StoredAs("device-requested", 1)]
public sealed record DeviceRequested(Guid DeviceId) : Fact;

[StoredAs("device-approved", 1)]
public sealed record DeviceApproved(Guid StudentId) : Fact;

[StoredAs("device-refused", 1)]
public sealed record DeviceRefused(Guid StudentId) : Fact;

[StoredAs("student-removed", 1)]
public sealed record StudentRemoved(Guid StudentId) : Fact;

[StoredAs("student-renamed", 1)]
public sealed record StudentRenamed(Guid StudentId, string Nickname) : Fact;

[StoredAs("preferences-changed", 1)]
public sealed record PreferencesChanged(Language Language, Level Level) : Fact;

public sealed partial record LessonState
{
    public ImmutableDictionary<Guid, Seat> Seats { get; init; } = ImmutableDictionary<Guid, Seat>.Empty;
}

/// <summary>A student's place in one lesson, bound to a device.</summary>
public sealed record Seat(
    Guid StudentId, string Nickname, bool Themed, Language Language, Level Level, Guid DeviceId, DateTimeOffset JoinedAt)
{
    public Guid? WaitingDevice { get; init; }

    public int? Team { get; init; }

    public int? Tempo { get; init; }

    public DateTimeOffset? TempoAt { get; init; }

    public DateTimeOffset LastActAt { get; init; } = JoinedAt;

    public Variant Variant => new(Language, Level);
}
