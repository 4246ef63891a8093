namespace Classroom.Lessons;

/// <summary>Kind <c>seat</c>, id = student id. The board sees themed nicknames in the lobby only, students never.</summary>
[Entity("seat", OnBoard = true)]
public sealed record SeatEntity(
    string Nickname, Language? Language, Level? Level, DateTimeOffset? JoinedAt, int? Team, bool DeviceWaiting) : Entity;

/// <summary>Kind <c>me</c>, one, id "". A student's own seat.</summary>
[Entity("me", StudentsOnly = true)]
public sealed record MeEntity(
    Guid StudentId, string Nickname, Language Language, Level Level, int? Team, int? Tempo) : Entity;

/// <summary>Seats for the teacher, themed nicknames for the lobby's board, and a student's own seat.</summary>
internal static class SeatsView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => s.Seats.Keys.SelectMany(id => new[] { Seat(s, id), Me(s, id) }));
        view.Changes<SeatTaken>(static c => [Seat(c.After, c.By), Me(c.After, c.By), LifecycleView.Pace(c.After)]);
        view.Changes<DeviceRequested>(static c => [Seat(c.After, c.By)]);
        view.Changes<DeviceApproved>(static c => [Seat(c.After, c.Fact.StudentId)]);
        view.Changes<DeviceRefused>(static c => [Seat(c.After, c.Fact.StudentId)]);
        view.Changes<StudentRemoved>(static c =>
        [
            Seat(c.After, c.Fact.StudentId), HelpView.Hand(c.After, c.Fact.StudentId), LifecycleView.Pace(c.After), TempoView.Tempo(c.After),
            .. TempoView.AskedBy(c.After, c.Fact.StudentId), .. DiscussionView.TeamOf(c.Before, c.After, c.Fact.StudentId),
        ]);
        view.Changes<StudentRenamed>(static c =>
        [
            Seat(c.After, c.Fact.StudentId), Me(c.After, c.Fact.StudentId), .. DiscussionView.TeamOf(c.Before, c.After, c.Fact.StudentId),
        ]);
        view.Changes<PreferencesChanged>(static c => [Seat(c.After, c.By), Me(c.After, c.By)]);
    }

    // The board may show themed nicknames while the class gathers; a typed name never leaves the teacher's screen.
    internal static VisibleEntity Seat(LessonState s, Guid id) => new(EntityKey.Of<SeatEntity>(id), a =>
        !s.Seats.TryGetValue(id, out var seat) ? null
        : a.IsTeacher
            ? new SeatEntity(seat.Nickname, seat.Language, seat.Level, seat.JoinedAt, seat.Team, seat.WaitingDevice is not null)
        : a.Kind == AudienceKind.Board && seat.Themed && s.Phase == LessonPhase.Lobby
            ? new SeatEntity(seat.Nickname, null, null, null, null, false)
        : null, VisibleEntity.NoStudent);

    internal static VisibleEntity Me(LessonState s, Guid id) => new(EntityKey.Of<MeEntity>(), a => a.Is(id) ? Own(s, id) : null, [id]);

    /// <summary>"Me" of many students at once: one key, a different value for each.</summary>
    internal static VisibleEntity Me(LessonState s, ImmutableArray<Guid> students) => new(
        EntityKey.Of<MeEntity>(), a => a.Kind == AudienceKind.Student ? Own(s, a.StudentId) : null, students);

    private static MeEntity? Own(LessonState s, Guid id) => s.Seats.TryGetValue(id, out var seat)
        ? new MeEntity(id, seat.Nickname, seat.Language, seat.Level, seat.Team, seat.Tempo) : null;
}
