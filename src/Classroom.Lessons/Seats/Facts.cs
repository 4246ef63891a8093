namespace Classroom.Lessons;

[StoredAs("seat-taken", 1)]
public sealed record SeatTaken([property: Personal] string Nickname, Language Language, Level Level, Guid DeviceId, bool Themed, Guid? BrowserId = null, int? Room = null) : Fact;

/// <param name="Code">On both screens. Null in a lesson of before December 2026, where a seat had one request and the next took its place.</param>
/// <param name="Network">As in <see cref="RequestDevice"/>.</param>
/// <param name="Cookieless">As in <see cref="RequestDevice"/>.</param>
[StoredAs("device-requested", 1)]
public sealed record DeviceRequested(Guid DeviceId, Guid? BrowserId = null, string? Code = null, int? Network = null, bool Cookieless = false) : Fact;

/// <summary>This request gave its place to a newer one.</summary>
[StoredAs("device-displaced", 1)]
public sealed record DeviceDisplaced(Guid StudentId, Guid DeviceId) : Fact;

/// <param name="DeviceId">Null in a lesson of before December 2026: the seat's one request.</param>
[StoredAs("device-approved", 1)]
public sealed record DeviceApproved(Guid StudentId, Guid? DeviceId = null) : Fact;

/// <param name="DeviceId">Null in a lesson of before December 2026: the seat's one request.</param>
[StoredAs("device-refused", 1)]
public sealed record DeviceRefused(Guid StudentId, Guid? DeviceId = null) : Fact;

[StoredAs("student-removed", 1)]
public sealed record StudentRemoved(Guid StudentId) : Fact;

[StoredAs("student-brought-back", 1)]
public sealed record StudentBroughtBack(Guid StudentId) : Fact;

[StoredAs("device-barred", 1)]
public sealed record DeviceBarred(Guid BrowserId) : Fact;

[StoredAs("bars-lifted", 1)]
public sealed record BarsLifted : Fact;

[StoredAs("student-renamed", 1)]
public sealed record StudentRenamed(Guid StudentId, [property: Personal] string Nickname) : Fact
{
    public override Guid? ChildIn(LessonState state, Actor by) => StudentId;
}

[StoredAs("preferences-changed", 1)]
public sealed record PreferencesChanged(Language Language, Level Level) : Fact;

public sealed partial record LessonState
{
    public ImmutableDictionary<Guid, Seat> Seats { get; init; } = ImmutableDictionary<Guid, Seat>.Empty;

    /// <summary>Browsers that may not come in.</summary>
    public ImmutableHashSet<Guid> Barred { get; init; } = [];

    /// <summary>
    /// Students who had a seat, and the nickname that each had last; empty where it cannot be read any more. What they did stays, until they are forgotten.
    /// </summary>
    public ImmutableDictionary<Guid, string> Removed { get; init; } = ImmutableDictionary<Guid, string>.Empty;

    /// <summary>Their seats, so that they can be brought back.</summary>
    public ImmutableDictionary<Guid, Seat> RemovedSeats { get; init; } = ImmutableDictionary<Guid, Seat>.Empty;

    /// <summary>The nicknames that they had.</summary>
    public ImmutableHashSet<BarredName> BarredNames { get; init; } = [];
}

/// <summary>A fingerprint that is of one browser and one lesson: nobody's name is kept. It goes when its student is forgotten, since who knows the browser could try names.</summary>
public sealed record BarredName(Guid StudentId, Guid Fingerprint);

/// <summary>A device that waits for the teacher's yes.</summary>
/// <param name="Network">As in <see cref="RequestDevice"/>.</param>
/// <param name="Cookieless">As in <see cref="RequestDevice"/>.</param>
public sealed record DeviceRequest(Guid DeviceId, Guid? BrowserId, string? Code, int? Network = null, bool Cookieless = false)
{
    /// <summary>Who asked: the browser, or all behind its address when it keeps no name.</summary>
    public DeviceAsker Asker => Cookieless ? new(null, Network) : new(BrowserId, null);
}

/// <summary>Who asks for a seat; both null: not known.</summary>
public sealed record DeviceAsker(Guid? BrowserId, int? Network);

/// <summary>Somebody whose requests for one seat the teacher has refused.</summary>
public sealed record RefusedAsker(DeviceAsker Asker, int Times);

/// <summary>A student's place in one lesson, bound to a device.</summary>
public sealed record Seat(
    Guid StudentId, string Nickname, bool Themed, Language Language, Level Level, Guid DeviceId, DateTimeOffset JoinedAt)
{
    /// <summary>The browser that the seat's device is, when it keeps a name.</summary>
    public Guid? BrowserId { get; init; }

    /// <summary>Another seat came to be on the same device; it may have gone since (<see cref="Phones.Of"/>).</summary>
    public bool IsShared { get; init; }

    public ImmutableArray<DeviceRequest> Requests { get; init; } = [];

    /// <summary>The last devices that the teacher refused, so that each can be told so.</summary>
    public ImmutableArray<Guid> Refused { get; init; } = [];

    /// <summary>Who was refused this seat of late, and how often.</summary>
    public ImmutableArray<RefusedAsker> RefusedAskers { get; init; } = [];

    /// <summary>The last devices whose request gave its place to a newer one, so that each can be told so.</summary>
    public ImmutableArray<Guid> Displaced { get; init; } = [];

    public int? Team { get; init; }

    /// <summary>The satellite that its student sits in; null: the hub.</summary>
    public int? Room { get; init; }

    public int? Tempo { get; init; }

    public DateTimeOffset? TempoAt { get; init; }

    public DateTimeOffset LastActAt { get; init; } = JoinedAt;

    /// <summary>What this seat has had stored, as <see cref="Quota"/> counts.</summary>
    public long Stored { get; init; }

    public Variant Variant => new(Language, Level);
}
