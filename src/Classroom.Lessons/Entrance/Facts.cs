namespace Classroom.Lessons;

[StoredAs("entrance-set", 1)]
public sealed record EntranceSet(bool Asks) : Fact;

/// <summary>Somebody with the code waits to be let in; who, is the fact's actor.</summary>
[StoredAs("entry-requested", 1)]
public sealed record EntryRequested([property: Personal] string Nickname, Language Language, Level Level, Guid DeviceId, bool Themed, Guid? BrowserId, int? Room = null) : Fact;

[StoredAs("admitted", 1)]
public sealed record Admitted(ImmutableArray<Guid> StudentIds) : Fact;

[StoredAs("turned-away", 1)]
public sealed record TurnedAway(ImmutableArray<Guid> StudentIds) : Fact;

public sealed partial record LessonState
{
    /// <summary>Who has the code waits until the teacher lets them in.</summary>
    public bool EntranceAsks { get; init; }

    /// <summary>Those who wait, by the student they will be.</summary>
    public ImmutableDictionary<Guid, Entry> Entries { get; init; } = ImmutableDictionary<Guid, Entry>.Empty;

    /// <summary>Who was turned away, so that each can be told so.</summary>
    public ImmutableHashSet<Guid> NotLetIn { get; init; } = [];
}

/// <summary>Somebody who waits to be let in.</summary>
public sealed record Entry(
    Guid StudentId, string Nickname, bool Themed, Language Language, Level Level, Guid DeviceId, Guid? BrowserId, DateTimeOffset At)
{
    /// <summary>As in <see cref="Seat"/>.</summary>
    public int? Room { get; init; }
}
