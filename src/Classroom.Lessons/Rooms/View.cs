namespace Classroom.Lessons;

/// <summary>
/// Kind <c>room</c>, id = number; the hub's is 1. None where a lesson has no satellites. Students: the name alone, to know where they are.
/// </summary>
/// <param name="Name">Absent: the hub, as long as its teacher calls it nothing.</param>
/// <param name="Joined">Teacher and boards: seats in it.</param>
/// <param name="Lost">
/// Teacher and boards: how many of them have pressed a sentence in the running step. Absent for a room of fewer than three phones, which would say who (who
/// shares one presses together); for every room where those that may not be told are so few together that the difference would say it; for boards while they show no heat.
/// </param>
[Entity("room", OnBoard = true)]
public sealed record RoomEntity(string? Name, int? Joined, int? Lost) : Entity;

/// <summary>The rooms, and how many are in each, for whoever shows them.</summary>
internal static class RoomsView
{
    private const int FewestShown = 3;

    internal static void Register(ViewTable view)
    {
        view.Entities(static s => Rooms(s));
        view.Changes<RoomAdded>(static c => Rooms(c.After));
        view.Changes<RoomRenamed>(static c => [Room(c.After, c.Fact.Room ?? RoomsRules.Hub)]);
        view.Changes<RoomClosed>(static c =>
        [
            Room(c.After, c.Fact.Room), Room(c.After, RoomsRules.Hub), .. Counts(c.After),
            .. c.Before.Seats.Values.Where(s => s.Room == c.Fact.Room).Select(s => SeatsView.Seat(c.After, s.StudentId)),
            SeatsView.Me(c.After, [.. c.Before.Seats.Values.Where(s => s.Room == c.Fact.Room).Select(s => s.StudentId)]),
            .. c.Before.BoardRooms.Where(b => b.Value == c.Fact.Room).Select(b => BoardsView.Board(c.After, b.Key)),
            .. DiscussionView.Teams(c.After), .. HandsByRoom.ChangedBy(c.Before, c.After, c.Fact.Room), .. HelpersView.Gone(c.Before, c.After),
        ]);
        view.Changes<MovedToRoom>(static c =>
        [
            SeatsView.Seat(c.After, c.Fact.StudentId), SeatsView.Me(c.After, c.Fact.StudentId), .. Counts(c.After),
            .. DiscussionView.Moved(c.Before, c.After, c.Fact.StudentId), .. HelpersView.Gone(c.Before, c.After),
        ]);
        view.Changes<BoardMoved>(static c => [BoardsView.Board(c.After, c.Fact.BoardId)]);
    }

    /// <summary>How many sit in each room and how many of them are lost: no news for students.</summary>
    internal static IEnumerable<VisibleEntity> Counts(LessonState s) => Rooms(s).Select(r => r with { Owners = VisibleEntity.NoStudent });

    /// <summary>The counts, where a press has changed one: who presses a second sentence is lost already.</summary>
    internal static IEnumerable<VisibleEntity> LostBefore(LessonState before, LessonState s) =>
        !s.HasSatellites || LostNow(before).Count == LostNow(s).Count ? [] : Counts(s);

    /// <summary>Students with a seat who have pressed a sentence in the running step.</summary>
    internal static HashSet<Guid> LostNow(LessonState s) => [.. s.Explanations.Values.Where(e => e.Order.StepId == s.StepId)
        .SelectMany(e => e.Presses).Select(p => p.StudentId).Where(s.Seats.ContainsKey)];

    private static IEnumerable<VisibleEntity> Rooms(LessonState s) => !s.HasSatellites ? [] : s.Rooms.Keys.Order().Prepend(RoomsRules.Hub).Select(n => Room(s, n));

    private static VisibleEntity Room(LessonState s, int number) => new(EntityKey.Of<RoomEntity>(number), a =>
        !s.HasSatellites || !RoomsRules.Exists(s, number) ? null
        : a.IsStaff ? new RoomEntity(RoomsRules.NameOf(s, number), s.Seats.Values.Count(x => (x.Room ?? RoomsRules.Hub) == number), s.HeatHidden && !a.IsTeacher ? null : Lost(s, number))
        : new RoomEntity(RoomsRules.NameOf(s, number), null, null), null);

    /// <summary>How many of a room are lost; null where that would say who.</summary>
    internal static int? Lost(LessonState s, int number)
    {
        var rooms = RoomsRules.Seated(s);
        var room = rooms.FirstOrDefault(r => r.Key == number);
        if (room is null || Phones.Count(room) < FewestShown || rooms.Select(Phones.Count).Where(n => n < FewestShown).Sum() is > 0 and < FewestShown)
        {
            return null;
        }

        var lost = LostNow(s);
        return room.Count(x => lost.Contains(x.StudentId));
    }
}
