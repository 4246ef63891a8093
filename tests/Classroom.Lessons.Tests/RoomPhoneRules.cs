namespace Classroom.Lessons.Tests;

/// <summary>One phone sits in one room and is in one team, however many children share it; where few phones are, counts are nobody's news.</summary>
public sealed class RoomPhoneRules : LessonTest
{
    [Fact]
    public void A_phone_that_is_moved_comes_into_one_team_with_all_its_children()
    {
        Ok(Teacher, new AddRoom("204"));
        for (var i = 0; i < 4; i++)
        {
            Phone(2, $"Алыс {i}ш");
        }

        var three = Phone(RoomsRules.Hub, "Айдар", "Сәуле", "Тимур");
        Ok(Teacher, new FormTeams(4, false));
        Run.State.Seats.Values.Where(s => s.Room == 2).Select(s => s.Team).Distinct().Count().ShouldBe(2);
        Ok(Teacher, new MoveToRoom(three[1], 2)).Facts.Length.ShouldBe(3);
        three.ShouldAllBe(id => Run.State.Seats[id].Room == 2);
        three.Select(id => Run.State.Seats[id].Team).Distinct().ShouldHaveSingleItem();
        Run.State.Seats[three[0]].Team.ShouldNotBeNull();
        Ok(Teacher, new MoveToRoom(three[0], RoomsRules.Hub));
        three.Select(id => (Run.State.Seats[id].Room, Run.State.Seats[id].Team)).Distinct().ShouldHaveSingleItem().Room.ShouldBeNull();
    }

    [Fact]
    public void Who_waits_at_the_door_at_a_shared_phone_goes_where_it_goes()
    {
        Ok(Teacher, new AddRoom("204"));
        Ok(Teacher, new AddRoom("205"));
        var aidar = Phone(2, "Айдар")[0];
        Ok(Teacher, new FormTeams(2, false));
        Ok(Teacher, new SetEntrance(true));
        var waits = Ok(aidar, new ShareSeat("Сәуле")).Children.Single();
        Run.State.Entries[waits].Room.ShouldBe(2);
        Ok(Teacher, new MoveToRoom(aidar, 3));
        Run.State.Entries[waits].Room.ShouldBe(3);
        Ok(Teacher, new MoveToRoom(aidar, RoomsRules.Hub));
        Run.State.Entries[waits].Room.ShouldBeNull();
        Ok(Teacher, new MoveToRoom(aidar, 3));
        Ok(Teacher, new Admit([waits]));
        (Run.State.Seats[waits].Room, Run.State.Seats[waits].Team).ShouldBe((3, Run.State.Seats[aidar].Team));
    }

    [Fact]
    public void Who_comes_to_a_phone_later_is_in_its_team()
    {
        var aidar = Phone(null, "Айдар")[0];
        Ok(Teacher, new FormTeams(2, false));
        var (decision, changes) = Run.Do(new(Guid.CreateVersion7(), new Actor(Role.Student, aidar), new ShareSeat("Сәуле")));
        var saule = decision.Children.Single();
        Run.State.Seats[saule].Team.ShouldNotBeNull().ShouldBe(Run.State.Seats[aidar].Team!.Value);
        changes!.Teacher.ShouldContain(c => c.Kind == "team");
    }

    [Fact]
    public void Rooms_get_teams_by_their_children_and_no_more_than_they_have_phones()
    {
        Ok(Teacher, new RemoveStudents([Dana, Ivan]));
        Ok(Teacher, new AddRoom("204"));
        // Six children on two phones there, four on four here.
        Phone(2, "Айдар", "Сәуле", "Тимур");
        Phone(2, "Ернар", "Ербол", "Айгерім");
        for (var i = 0; i < 4; i++)
        {
            Phone(RoomsRules.Hub, $"Жақын {i}ш");
        }

        Ok(Teacher, new FormTeams(3, false));
        Teams().ShouldBe([(null, 4), (2, 3), (2, 3)], "where more children are, there are more teams");
        Refused(Teacher, new FormTeams(7, false)).ShouldBe("bad-team-count");
        Ok(Teacher, new FormTeams(6, false));
        Teams().ShouldBe([(null, 1), (null, 1), (null, 1), (null, 1), (2, 3), (2, 3)]);
    }

    [Fact]
    public void Two_phones_say_nothing_of_a_room_however_many_share_them()
    {
        Ok(Teacher, new AddRoom("204"));
        var first = Phone(2, "Айдар", "Сәуле", "Тимур");
        Phone(2, "Ернар", "Ербол");
        Ok(Guid.CreateVersion7(), Take("Жақын"));
        var id = Explained();
        first.ForEach(c => Ok(c, new PressConfusion(id, "kk-standard", 1)));
        Rooms().ShouldBe([(3, null), (5, null)]);
        Ok(Teacher, new AddRoom("205"));
        var alone = Phone(3, "Жалғыз")[0];
        Rooms().ShouldBe([(3, 0), (5, null), (1, null)], "two phones and one are three together");
        Ok(Teacher, new MoveToRoom(alone, RoomsRules.Hub));
        Phone(2, "Үшінші");
        Rooms().ShouldBe([(4, 0), (6, 3), (0, null)]);
    }

    [Fact]
    public void Faces_of_two_phones_are_not_counted()
    {
        var shared = Phone(null, "Айдар", "Сәуле", "Тимур");
        Start("s2");
        shared.ForEach(c => Ok(c, new SetTempo(4)));
        Ok(Dana, new SetTempo(1));
        Entities("tempo").ShouldBeEmpty();
        Ok(Ivan, new SetTempo(1));
        ((TempoEntity)Entities("tempo").Single().Value!).Counts.ShouldBe([2, 0, 0, 3]);
    }

    private static TakeSeat Take(string name) => new(name, Language.Kk, Level.Standard, Guid.CreateVersion7(), false, Room: RoomsRules.Hub);

    /// <summary>Children on one phone, the first one first.</summary>
    private List<Guid> Phone(int? room, params string[] names)
    {
        var first = Guid.CreateVersion7();
        Ok(first, new TakeSeat(
            names[0], Language.Kk, Level.Standard, Guid.CreateVersion7(), false, Guid.CreateVersion7(), 3, names.Length == 1 ? null : [.. names.Skip(1).Select(n => new SharedName(n, false))], room));
        return [first, .. Run.State.Seats.Values.Where(s => names.Skip(1).Contains(s.Nickname)).Select(s => s.StudentId)];
    }

    private List<(int? Room, int Size)> Teams() => [.. Entities("team", Audience.Board).Select(t => (TeamEntity)t.Value!).Select(t => (t.Room, t.Size))];

    private List<(int? Joined, int? Lost)> Rooms() => [.. Entities("room").Select(r => (RoomEntity)r.Value!).Select(r => (r.Joined, r.Lost))];
}
