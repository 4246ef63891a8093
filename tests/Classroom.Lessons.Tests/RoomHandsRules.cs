namespace Classroom.Lessons.Tests;

/// <summary>Hands are counted in each room for itself, and shown together.</summary>
public sealed class RoomHandsRules : LessonTest
{
    private static readonly Actor FarBoard = new(Role.Board, new("00000000-0000-7000-8000-0000000000c2"));

    public RoomHandsRules()
    {
        Ok(Teacher, new AddRoom("204"));
        Ok(Teacher, new AddRoom("205"));
        Ok(Teacher, new PairBoard(FarBoard.Id, Draws: true, Room: 2));
    }

    [Fact]
    public void Hands_of_one_room_do_not_take_the_place_of_anothers()
    {
        Ask("q1");
        Ok(Teacher, Hands("q1", null, ("a", 3)));
        Ok(Teacher, Hands("q1", 3, ("a", 2), ("b", 1)));
        Ok(FarBoard, Hands("q1", null, ("b", 4))).Facts.OfType<HandsCounted>().Single().Room.ShouldBe(2, "a board counts for where it hangs");
        Ok(FarBoard, Hands("q1", 3, ("b", 5))).Facts.OfType<HandsCounted>().Single().Room.ShouldBe(2, "whatever it says");
        Counts("q1").ShouldBe([("b", 6), ("a", 5)]);
        Tally("q1").Answered.ShouldBe(11);
        Tally("q1").Hands!.Value.Select(h => (h.Room, h.Counts.Length)).ShouldBe([(null, 1), (3, 2), (2, 1)], ignoreOrder: true);
        Tally("q1", Audience.Board).Hands!.Value.Length.ShouldBe(3, "each board goes on from its room's");
        Run.Do(new(Guid.CreateVersion7(), Teacher, Hands("q1", RoomsRules.Hub, ("a", 3)))).Decision.Facts.ShouldBeEmpty("the hub's are what they were");
        Ok(Teacher, Hands("q1", 3));
        Counts("q1").ShouldBe([("b", 5), ("a", 3)]);
        Refused(Teacher, Hands("q1", 9, ("a", 1))).ShouldBe("no-such-room");
        Refused(Teacher, Hands("q1", 0, ("a", 1))).ShouldBe("no-such-room");
    }

    [Fact]
    public void All_rooms_together_are_no_more_than_the_class()
    {
        Ok(Teacher, new SetClassSize(10));
        Ask("q1");
        Ok(Teacher, Hands("q1", null, ("a", 4)));
        Ok(FarBoard, Hands("q1", null, ("a", 6)));
        Refused(Teacher, Hands("q1", null, ("a", 5))).ShouldBe("more-than-class");
        Ok(Teacher, Hands("q1", null, ("a", 3)));
        Ok(Teacher, Hands("q1", 3, ("b", 1)));
    }

    [Fact]
    public void Hands_of_a_closed_room_are_the_hubs()
    {
        Ask("q1");
        Ok(Teacher, Hands("q1", null, ("a", 3)));
        Ok(FarBoard, Hands("q1", null, ("a", 2), ("b", 4)));
        var (_, changes) = Run.Do(new(Guid.CreateVersion7(), Teacher, new CloseRoom(2)));
        changes!.Teacher.ShouldContain(c => c.Kind == "tally");
        Counts("q1").ShouldBe([("a", 5), ("b", 4)]);
        Tally("q1").Hands!.Value.ShouldHaveSingleItem().Room.ShouldBeNull();
        Ok(Teacher, Hands("q1", null, ("a", 1)));
        Counts("q1").ShouldBe([("a", 1)]);
    }

    [Fact]
    public void Who_is_lost_is_counted_by_room_too()
    {
        var id = Explained();
        Ok(Teacher, new CountLost(id, 3, "kk-simple", 1));
        Ok(FarBoard, new CountLost(id, 2, "kk-simple", 1));
        Ok(Teacher, new CountLost(id, 4));
        Ok(FarBoard, new CountLost(id, 5));
        Heat(id).Spots.Single().ByHand.ShouldBe(5);
        Heat(id).WholeByHand.ShouldBe(9);
        Heat(id).InRooms!.Value.Select(l => (l.Room, l.Count)).ShouldBe([(2, 2), (2, 5)]);
        Tiles.Of(Run.State, Guid.Empty, Run.Now).Lost.ShouldBe(9.0 / 11);
        Ok(Teacher, new SetClassSize(10));
        Refused(Teacher, new CountLost(id, 6)).ShouldBe("more-than-class");
        Refused(Teacher, new CountLost(id, 1, Room: 9)).ShouldBe("no-such-room");
        Ok(Teacher, new CountLost(id, 0, "kk-simple", 1));
        Heat(id).Spots.Single().ByHand.ShouldBe(2);
        Ok(Teacher, new CloseRoom(2));
        Heat(id).WholeByHand.ShouldBe(9);
        Heat(id).InRooms.ShouldBeNull();
    }

    private static CountHands Hands(string question, int? room, params (string Key, int Count)[] counts) => new(question, [.. counts.Select(c => new HandCount(c.Key, c.Count))], room);

    private void Ask(string question)
    {
        Start("s1");
        Ok(Teacher, new AskQuestion(question));
    }

    private TallyEntity Tally(string id, Audience? audience = null) => (TallyEntity)Entities("tally", audience).Single(e => e.Id == id).Value!;

    private List<(string Key, int Count)> Counts(string id) => [.. Tally(id).Rounds!.Value[0].Counts.Select(c => (c.Key, c.Count))];

    private HeatEntity Heat(Guid id) => (HeatEntity)Entities("heat").Single(e => e.Id == id.ToString()).Value!;
}
