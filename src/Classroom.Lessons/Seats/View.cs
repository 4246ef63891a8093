namespace Classroom.Lessons;

/// <summary>Kind <c>seat</c>, id = student id. The board sees themed nicknames in the lobby only, students never.</summary>
/// <param name="Device">Teacher only: the same for all who came from one device; absent when that is not known.</param>
/// <param name="Room">Teacher only: the satellite that its student sits in; absent: the hub.</param>
/// <param name="Requests">Teacher only: devices that wait for a yes; absent when none does.</param>
/// <param name="SharedWith">Teacher only: the other children who are on the same phone; absent when there are none.</param>
[Entity("seat", OnBoard = true)]
public sealed record SeatEntity(
    string Nickname, Language? Language, Level? Level, DateTimeOffset? JoinedAt, int? Team, string? Device, ImmutableArray<RequestView>? Requests,
    int? Room = null, ImmutableArray<Guid>? SharedWith = null) : Entity;

/// <param name="Code">On both screens; null for one of before codes were shown.</param>
public sealed record RequestView(Guid DeviceId, string? Code);

/// <summary>Kind <c>me</c>, one, id "". A student's own seat.</summary>
/// <param name="Room">As in <c>seat</c>.</param>
/// <param name="Sharing">The other children on this phone, and who waits to be let in there; absent when there are none.</param>
[Entity("me", StudentsOnly = true)]
public sealed record MeEntity(
    Guid StudentId, string Nickname, Language Language, Level Level, int? Team, int? Tempo, int? Room = null, ImmutableArray<SharingView>? Sharing = null) : Entity;

/// <param name="Waiting">Until the teacher lets them in; absent otherwise.</param>
public sealed record SharingView(Guid StudentId, string Nickname, bool? Waiting = null);

/// <summary>Kind <c>removed</c>, id = student id, teacher only: who had a seat, so that what is held about them can still be handed out or erased.</summary>
[Entity("removed")]
public sealed record RemovedEntity(string Nickname) : Entity;

/// <summary>Seats for the teacher, themed nicknames for the lobby's board, and a student's own seat.</summary>
internal static class SeatsView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => s.Seats.Keys.SelectMany(id => new[] { Seat(s, id), Me(s, id) }).Concat(s.Removed.Keys.Select(id => Removed(s, id))));
        view.Changes<SeatTaken>(static c =>
            [Seat(c.After, c.By), Me(c.After, c.By), LifecycleView.Pace(c.After), .. RoomsView.Counts(c.After), .. ExplanationsView.HeatOfReaders(c.After), .. OnPhone(c.Before, c.After, c.By)]);
        view.Changes<DeviceRequested>(static c => [Seat(c.After, c.By)]);
        view.Changes<DeviceDisplaced>(static c => [Seat(c.After, c.Fact.StudentId)]);
        view.Changes<DeviceApproved>(static c => [Seat(c.After, c.Fact.StudentId), Me(c.After, c.Fact.StudentId), .. OnPhone(c.Before, c.After, c.Fact.StudentId)]);
        view.Changes<DeviceRefused>(static c => [Seat(c.After, c.Fact.StudentId), .. Quiet(c.Before, c.After)]);
        view.Changes<StudentRemoved>(static c =>
        [
            Seat(c.After, c.Fact.StudentId), Removed(c.After, c.Fact.StudentId), HelpView.Hand(c.After, c.Fact.StudentId), .. HelpView.Moved(c.Before, c.After), LifecycleView.Pace(c.After), TempoView.Tempo(c.After),
            .. TempoView.AskedBy(c.After, c.Fact.StudentId), .. DiscussionView.TeamOf(c.Before, c.After, c.Fact.StudentId), .. Quiet(c.Before, c.After),
            .. ExplanationsView.HeatOfReaders(c.After), .. OnPhone(c.Before, c.After, c.Fact.StudentId), .. RoomsView.Counts(c.After),
        ]);
        view.Changes<StudentBroughtBack>(static c =>
        [
            Seat(c.After, c.Fact.StudentId), Removed(c.After, c.Fact.StudentId), Me(c.After, c.Fact.StudentId), LifecycleView.Pace(c.After), TempoView.Tempo(c.After), EntranceView.Entrance(c.After),
            .. ExplanationsView.HeatOfReaders(c.After), .. OnPhone(c.Before, c.After, c.Fact.StudentId), .. RoomsView.Counts(c.After),
        ]);
        view.Changes<DeviceBarred>(static c =>
            [EntranceView.Entrance(c.After), .. DeviceRules.AskedFrom(c.Before, c.Fact.BrowserId).Select(id => Seat(c.After, id))]);
        view.Changes<BarsLifted>(static c => [EntranceView.Entrance(c.After)]);
        view.Changes<StudentRenamed>(static c =>
        [
            Seat(c.After, c.Fact.StudentId), .. Phones.Of(c.After, c.Fact.StudentId).Select(id => Me(c.After, id)), .. DiscussionView.TeamOf(c.Before, c.After, c.Fact.StudentId),
        ]);
        view.Changes<PreferencesChanged>(static c => [Seat(c.After, c.By), Me(c.After, c.By), .. ExplanationsView.HeatOfReaders(c.After)]);
    }

    // The board may show themed nicknames while the class gathers; a typed name never leaves the teacher's screen.
    internal static VisibleEntity Seat(LessonState s, Guid id) => new(EntityKey.Of<SeatEntity>(id), a =>
        !s.Seats.TryGetValue(id, out var seat) ? null
        : a.IsTeacher
            ? new SeatEntity(seat.Nickname, seat.Language, seat.Level, seat.JoinedAt, seat.Team, Short(seat.BrowserId),
                seat.Requests.IsEmpty ? null : [.. seat.Requests.Select(r => new RequestView(r.DeviceId, r.Code))], seat.Room,
                Phones.Of(s, id) is { Length: > 1 } here ? here.Remove(id) : null)
        : a.Kind == AudienceKind.Board && seat.Themed && s.Phase == LessonPhase.Lobby
            ? new SeatEntity(seat.Nickname, null, null, null, null, null, null)
        : null, VisibleEntity.NoStudent);

    private static VisibleEntity Removed(LessonState s, Guid id) => new(EntityKey.Of<RemovedEntity>(id), a =>
        a.IsTeacher && s.Removed.TryGetValue(id, out var nickname) && nickname.Length > 0 ? new RemovedEntity(nickname) : null, VisibleEntity.NoStudent);

    private static IEnumerable<VisibleEntity> Quiet(LessonState before, LessonState after) =>
        DeviceRules.QuietAskers(before) == DeviceRules.QuietAskers(after) ? [] : [EntranceView.Entrance(after)];

    /// <summary>Enough of a browser's name to see which seats share it.</summary>
    internal static string? Short(Guid? browser) => browser?.ToString("N")[..8];

    internal static VisibleEntity Me(LessonState s, Guid id) => Me(s, [id]);

    /// <summary>"Me" of many students at once: one key, a different value for each.</summary>
    internal static VisibleEntity Me(LessonState s, ImmutableArray<Guid> students) => new(
        EntityKey.Of<MeEntity>(), a => a.Kind == AudienceKind.Student ? Own(s, a.StudentId) : null, students);

    /// <summary>Whoever comes to a phone or leaves it is seen in nearly all that its children have: both views are compared.</summary>
    internal static IEnumerable<VisibleEntity> OnPhone(LessonState before, LessonState after, params IEnumerable<Guid> students) =>
        students.Any(id => Phones.IsShared(before, id) || Phones.IsShared(after, id)) ? ForgettingView.Differences(before, after) : [];

    /// <summary>"Me" of those at whose phone somebody waits to be let in.</summary>
    internal static IEnumerable<VisibleEntity> AtPhoneOf(LessonState s, Guid? device) => s.Seats.Values.Where(x => x.DeviceId == device).Select(x => Me(s, x.StudentId));

    private static MeEntity? Own(LessonState s, Guid id) => s.Seats.TryGetValue(id, out var seat)
        ? new MeEntity(id, seat.Nickname, seat.Language, seat.Level, seat.Team, seat.Tempo, seat.Room, Sharing(s, seat)) : null;

    private static ImmutableArray<SharingView>? Sharing(LessonState s, Seat seat)
    {
        ImmutableArray<SharingView> all =
        [
            .. Phones.Of(s, seat.StudentId).Remove(seat.StudentId).Select(id => new SharingView(id, s.Seats[id].Nickname)),
            .. s.Entries.Values.Where(e => e.DeviceId == seat.DeviceId).OrderBy(e => e.StudentId).Select(e => new SharingView(e.StudentId, e.Nickname, true)),
        ];
        return all.IsEmpty ? null : all;
    }
}
