namespace Classroom.Lessons.Tests;

/// <summary>A hub and its satellites: who sits where, and what is told of a room.</summary>
public sealed class RoomRules : LessonTest
{
    private static readonly Guid Board = new("00000000-0000-7000-8000-0000000000c1");

    [Fact]
    public void A_satellite_is_added_renamed_and_closed_and_doing_so_twice_changes_nothing()
    {
        Ok(Teacher, new AddRoom("  204  кабинет ")).Facts.ShouldBe([new RoomAdded(2, "204 кабинет")]);
        Refused(Teacher, new AddRoom("204 КАБИНЕТ")).ShouldBe("room-exists");
        Ok(Teacher, new RenameRoom(2, "Мектеп 5"));
        Nothing(new RenameRoom(2, "Мектеп 5"));
        Ok(Teacher, new RenameRoom(RoomsRules.Hub, "101"));
        Refused(Teacher, new RenameRoom(2, "101")).ShouldBe("room-exists");
        Refused(Teacher, new AddRoom("101")).ShouldBe("room-exists", "the hub has it");
        Entities("room").Select(r => (r.Id, ((RoomEntity)r.Value!).Name)).ShouldBe([("1", "101"), ("2", "Мектеп 5")]);
        Ok(Teacher, new CloseRoom(2));
        Nothing(new CloseRoom(2));
        Refused(Teacher, new CloseRoom(RoomsRules.Hub)).ShouldBe("no-such-room");
        Refused(Teacher, new CloseRoom(3)).ShouldBe("no-such-room");
        Refused(Teacher, new RenameRoom(2, "x")).ShouldBe("no-such-room");
        Ok(Teacher, new AddRoom("302")).Facts.ShouldBe([new RoomAdded(3, "302")], "a link to the closed one must lead to no other");
    }

    [Fact]
    public void Rooms_have_a_limit_and_names_one_can_read()
    {
        Refused(Teacher, new AddRoom(" \u200b")).ShouldBe("empty");
        Refused(Teacher, new AddRoom(null!)).ShouldBe("empty");
        Refused(Teacher, new AddRoom(new string('а', 25))).ShouldBe("too-long");
        Refused(Teacher, new AddRoom("а\u202eб")).ShouldBe("bad-sign");
        for (var i = 0; i < RoomsRules.MaxSatellites; i++)
        {
            Ok(Teacher, new AddRoom($"Каб {i}"));
        }

        Refused(Teacher, new AddRoom("тағы")).ShouldBe("too-many");
        Refused(Dana, new AddRoom("x")).ShouldBe("wrong-role");
    }

    [Fact]
    public void A_lesson_without_satellites_says_nothing_of_rooms()
    {
        Ok(Teacher, new RenameRoom(RoomsRules.Hub, "101"));
        Ok(Guid.CreateVersion7(), Take("Бір", null));
        Ok(Guid.CreateVersion7(), Take("Екі", RoomsRules.Hub));
        Ok(Guid.CreateVersion7(), Take("Үш", 2)).Facts.OfType<SeatTaken>().Single().Room.ShouldBeNull("a link to no room leads to the one there is");
        Ok(Teacher, new PairBoard(Board));
        Ok(Teacher, new FormTeams(2, false));
        foreach (var audience in new[] { Audience.Teacher, Audience.Board, Audience.Student(Dana) })
        {
            System.Text.Encoding.UTF8.GetString(LessonJson.Encode(View.Of(Run.State, audience))).ShouldNotContain("room", Case.Insensitive);
        }
    }

    [Fact]
    public void Who_comes_in_where_there_are_several_says_which_and_what_is_closed_is_asked_anew()
    {
        Ok(Teacher, new AddRoom("204"));
        var child = Guid.CreateVersion7();
        Refused(child, Take("Бір", null)).ShouldBe("which-room");
        Refused(child, Take("Бір", 3)).ShouldBe("which-room");
        Refused(child, Take("Бір", 0)).ShouldBe("which-room");
        Ok(child, Take("Бір", 2)).Facts.OfType<SeatTaken>().Single().Room.ShouldBe(2);
        var hub = Guid.CreateVersion7();
        Ok(hub, Take("Екі", RoomsRules.Hub)).Facts.OfType<SeatTaken>().Single().Room.ShouldBeNull("the hub is what a lesson had before");
        RoomOf(child).ShouldBe(2);
        RoomOf(hub).ShouldBeNull();

        Ok(Teacher, new CloseRoom(2));
        RoomOf(child).ShouldBeNull("nobody loses a seat");
        Entities("room").ShouldBeEmpty();
        var late = Guid.CreateVersion7();
        Ok(late, Take("Үш", 2)).Facts.OfType<SeatTaken>().Single().Room.ShouldBeNull("the link of the only satellite leads to the hub, where all are now");
        Ok(Teacher, new SetEntrance(true));
        Ok(Guid.CreateVersion7(), Take("Төрт", 2)).Facts.OfType<EntryRequested>().Single().Room.ShouldBeNull();
        Ok(Teacher, new AddRoom("205"));
        RoomOf(late).ShouldBeNull();
        Refused(Guid.CreateVersion7(), Take("Бес", 2)).ShouldBe("which-room", "there is something to choose");
    }

    [Fact]
    public void Who_waits_at_the_door_is_let_into_the_room_they_said()
    {
        Ok(Teacher, new AddRoom("204"));
        Ok(Teacher, new AddRoom("205"));
        Ok(Teacher, new SetEntrance(true));
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Ok(first, Take("Бір", 2));
        Ok(second, Take("Екі", 3));
        Ok(Teacher, new CloseRoom(3));
        Ok(Teacher, new Admit([first, second]));
        RoomOf(first).ShouldBe(2);
        RoomOf(second).ShouldBeNull();
    }

    [Fact]
    public void The_teacher_moves_a_student_and_a_board()
    {
        Ok(Teacher, new AddRoom("204"));
        Ok(Teacher, new MoveToRoom(Dana, 2));
        Nothing(new MoveToRoom(Dana, 2));
        ((MeEntity)Entities("me", Audience.Student(Dana)).Single().Value!).Room.ShouldBe(2);
        Refused(Teacher, new MoveToRoom(Dana, 3)).ShouldBe("no-such-room");
        Refused(Teacher, new MoveToRoom(Guid.CreateVersion7(), 2)).ShouldBe("no-such-student");
        Refused(Teacher, new MoveBoard(Board, 2)).ShouldBe("no-such-board");
        Refused(Teacher, new PairBoard(Board, Room: 3)).ShouldBe("no-such-room");
        Ok(Teacher, new PairBoard(Board, Room: 2));
        Entities("board", Audience.Board).Single().Value.ShouldBe(new BoardEntity(null, null, 2), "each board knows where it hangs");
        Ok(Teacher, new MoveBoard(Board, RoomsRules.Hub));
        Nothing(new MoveBoard(Board, RoomsRules.Hub));
        Entities("board", Audience.Board).ShouldBeEmpty();
        Ok(Teacher, new MoveBoard(Board, 2));
        Ok(Teacher, new CloseRoom(2));
        ((BoardEntity)Entities("board").Single().Value!).Room.ShouldBeNull();
        Ok(Teacher, new StartLesson());
        Ok(Teacher, new EndLesson());
        Refused(Teacher, new AddRoom("x")).ShouldBe("lesson-ended");
        Refused(Teacher, new MoveToRoom(Dana, 1)).ShouldBe("lesson-ended");
    }

    [Fact]
    public void Counts_of_fewer_than_three_are_nobodys_news_nor_is_what_gives_them_away()
    {
        Ok(Teacher, new AddRoom("204"));
        var children = Enumerable.Range(0, 6).Select(i => Guid.CreateVersion7()).ToList();
        children.ForEach(c => Ok(c, Take("Құс " + c.ToString()[^4..], 2)));
        var id = Explained();
        Ok(children[0], new PressConfusion(id, "kk-standard", 1));
        Ok(children[1], new PressConfusion(id, "kk-standard", 0));
        Ok(children[1], new PressConfusion(id, "kk-standard", 1));
        Ok(Dana, new PressConfusion(id, "kk-simple", 1));
        // Two in the hub: all who are lost, less those of the satellite, would be theirs.
        Rooms().ShouldBe([(2, null), (6, null)]);
        Ok(Guid.CreateVersion7(), Take("Үшінші", RoomsRules.Hub));
        Rooms().ShouldBe([(3, 1), (6, 2)]);
        Rooms(Audience.Board).ShouldBe([(3, 1), (6, 2)]);
        Ok(Teacher, new ShowHeat(false));
        Rooms(Audience.Board).ShouldBe([(3, null), (6, null)]);
        Rooms().ShouldBe([(3, 1), (6, 2)]);
        Ok(Teacher, new GoToStep("s3"));
        Rooms().ShouldBe([(3, 0), (6, 0)]);
    }

    [Fact]
    public void A_small_room_hides_the_others_unless_several_small_ones_hide_each_other()
    {
        Ok(Teacher, new AddRoom("204"));
        Ok(Teacher, new AddRoom("205"));
        for (var i = 0; i < 3; i++)
        {
            Ok(Guid.CreateVersion7(), Take($"Құс {i}ш", 2));
        }

        Explained();
        Ok(Guid.CreateVersion7(), Take("Жалғыз", 3));
        Rooms().ShouldBe([(2, null), (3, 0), (1, null)], "two and one are three together");
        Ok(Teacher, new MoveToRoom(Dana, 2));
        Rooms().ShouldBe([(1, null), (4, null), (1, null)]);
    }

    [Fact]
    public void Teams_are_of_one_room_each_and_as_large_everywhere_as_can_be()
    {
        Ok(Teacher, new AddRoom("204"));
        var far = Enumerable.Range(0, 6).Select(i => Guid.CreateVersion7()).ToList();
        far.ForEach(c => Ok(c, Take("Құс " + c.ToString()[^4..], 2)));
        Refused(Teacher, new FormTeams(1, true)).ShouldBe("too-few-teams");
        Refused(Teacher, new FormTeams(9, true)).ShouldBe("bad-team-count");
        Ok(Teacher, new FormTeams(4, true));
        Teams().ShouldBe([(null, 2), (2, 2), (2, 2), (2, 2)]);
        Refused(Teacher, new MoveToTeam(Dana, 2)).ShouldBe("team-elsewhere");
        Ok(Teacher, new MoveToTeam(far[0], Run.State.Seats[far[0]].Team == 2 ? 3 : 2));

        // Who moves to another room leaves the team, and comes into the smallest one there.
        Ok(Teacher, new MoveToRoom(Ivan, 2));
        Run.State.Seats[Ivan].Team.ShouldBe(Enumerable.Range(2, 3).MinBy(t => Run.State.Seats.Values.Count(s => s.Team == t && s.StudentId != Ivan)));
        Ok(Teacher, new MoveToRoom(Dana, 2));
        Ok(Teacher, new MoveToRoom(Dana, RoomsRules.Hub));
        Run.State.Seats[Dana].Team.ShouldBeNull("nobody is left there");
        Ok(Teacher, new FormTeams(8, false));
        Teams().Count(t => t.Room is null).ShouldBe(1);
    }

    [Fact]
    public void Who_was_moved_sees_the_ideas_of_the_new_team_and_no_longer_those_of_the_old_one()
    {
        Ok(Teacher, new AddRoom("204"));
        var far = Guid.CreateVersion7();
        Ok(far, Take("Алыс", 2));
        Start("s3");
        Ok(Teacher, new RequestPrompts("s3"));
        Ok(Actor.System, new ProposePrompts("s3", [RandomLesson.Prompt("p1")], RandomLesson.Source));
        Ok(Teacher, new PickPrompt("s3", "p1", null));
        Ok(Teacher, new FormTeams(2, false));
        var (here, there) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Ok(Ivan, new Contribute(here, "s3", "мұнда"));
        Ok(far, new Contribute(there, "s3", "алыста"));
        var (_, changes) = Run.Do(new(Guid.CreateVersion7(), Teacher, new MoveToRoom(Dana, 2)));
        changes!.Personal[Dana].Where(c => c.Kind == "contribution").ToDictionary(c => c.Id, c => c.Value is not null)
            .ShouldBe(new Dictionary<string, bool> { [here.ToString()] = false, [there.ToString()] = true }, ignoreOrder: true);
    }

    private static TakeSeat Take(string nickname, int? room) => new(nickname, Language.Kk, Level.Standard, Guid.CreateVersion7(), false, Room: room);

    private int? RoomOf(Guid student) => ((SeatEntity)Entities("seat").Single(s => s.Id == student.ToString()).Value!).Room;

    private List<(int? Joined, int? Lost)> Rooms(Audience? audience = null) => [.. Entities("room", audience).Select(r => (RoomEntity)r.Value!).Select(r => (r.Joined, r.Lost))];

    private List<(int? Room, int Size)> Teams() => [.. Entities("team", Audience.Board).Select(t => (TeamEntity)t.Value!).Select(t => (t.Room, t.Size))];

    private void Nothing(Command command) => Run.Do(new(Guid.CreateVersion7(), Teacher, command)).Decision.ShouldSatisfyAllConditions(d => d.Refusal.ShouldBeNull(), d => d.Facts.ShouldBeEmpty());
}
