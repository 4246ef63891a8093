namespace Classroom.Lessons.Tests;

/// <summary>One phone may hold some seats, not the class; what came from it goes together, and it may be barred.</summary>
public sealed class SharedDeviceRules : LessonTest
{
    private static readonly Guid Phone = new("b1000000-0000-7000-8000-000000000001");
    private static readonly Guid Another = new("b2000000-0000-7000-8000-000000000002");

    [Fact]
    public void A_phone_holds_three_seats_and_no_fourth_until_one_is_given_back()
    {
        var seats = Enumerable.Range(0, 3).Select(i => Sit("Құс " + i, Phone)).ToList();
        Refused(Guid.CreateVersion7(), Take("Құс 9", Phone)).ShouldBe("device-full");
        Sit("Құс 9", Another);
        Ok(Dana, new RequestDevice(Guid.CreateVersion7(), Another, 1, 3));
        Refused(Dana, new RequestDevice(Guid.CreateVersion7(), Phone, 1, 3)).ShouldBe("device-full", "asking for another's seat is one more");
        Ok(Teacher, new RemoveStudent(seats[0]));
        Sit("Құс 0", Phone);
    }

    [Fact]
    public void Browsers_that_keep_no_name_are_not_taken_for_one()
    {
        for (var i = 0; i < 10; i++)
        {
            Ok(Guid.CreateVersion7(), new TakeSeat("Құс " + i, Language.Kk, Level.Simple, Guid.CreateVersion7(), false, null, 3));
        }
    }

    [Fact]
    public void All_that_came_from_a_device_goes_together_from_the_door_too_and_nobody_else_does()
    {
        var (first, second, other) = (Sit("Бір", Phone), Sit("Екі", Phone), Sit("Үш", Another));
        Ok(Teacher, new SetEntrance(true));
        var waiting = Guid.CreateVersion7();
        Ok(waiting, Take("Төрт", Phone));
        Ok(Teacher, new RemoveDevice(second)).Facts.Length.ShouldBe(3);
        Run.State.Seats.Keys.ShouldBe([Dana, Ivan, other], ignoreOrder: true);
        Run.State.Entries.ShouldBeEmpty();
        Run.State.NotLetIn.ShouldBe([waiting]);
        Ok(Guid.CreateVersion7(), Take("Бір", Phone));
        Refused(Teacher, new RemoveDevice(first)).ShouldBe("no-such-student");
        Ok(Teacher, new RemoveDevice(Dana)).Facts.ShouldBe([new StudentRemoved(Dana)], "of a device that is not known, the seat alone");
    }

    [Fact]
    public void A_barred_device_comes_in_under_no_name_until_bars_are_lifted()
    {
        var bad = Sit("Бір", Phone);
        Ok(Dana, new RequestDevice(Guid.CreateVersion7(), Phone, 1, 3));
        Ok(Teacher, new RemoveStudent(bad, Bar: true));
        Run.State.Seats[Dana].Requests.ShouldBeEmpty("what it asked for goes with it");
        Refused(Guid.CreateVersion7(), Take("Басқа", Phone)).ShouldBe("device-barred");
        Refused(Dana, new RequestDevice(Guid.CreateVersion7(), Phone, 1, 3)).ShouldBe("device-barred");
        Sit("Басқа", Another);
        ((EntranceEntity)Entities("entrance").Single().Value!).Barred.ShouldBe(1);
        Ok(Teacher, new LiftBars());
        Sit("Кешірілді", Phone);
        Run.Do(new(Guid.CreateVersion7(), Teacher, new LiftBars())).Decision.Facts.ShouldBeEmpty();
    }

    [Fact]
    public void A_name_that_was_barred_waits_for_the_teacher_until_bars_are_lifted()
    {
        var bad = Sit("Бір", Phone);
        Sit("Екі", Phone);
        Ok(Teacher, new RemoveStudent(bad, Bar: true));
        foreach (var name in new[] { "бір", "Екі" })
        {
            var again = Guid.CreateVersion7();
            Ok(again, Take(name, Another)).Facts.Single().ShouldBeOfType<EntryRequested>();
            Ok(Teacher, new TurnAway([again]));
        }

        Sit("Үш", Another);
        Ok(Teacher, new LiftBars());
        Sit("Бір", Another);
    }

    [Fact]
    public void A_barred_name_goes_with_its_student_and_the_bar_of_the_device_stays()
    {
        var bad = Sit("Бір", Phone);
        var brother = Sit("Екі", Phone);
        Ok(Teacher, new RemoveStudent(bad, Bar: true));
        Ok(Teacher, new ForgetStudent(bad, ForgetReason.Family));
        Run.State.BarredNames.Select(n => n.StudentId).ShouldBe([brother], "whoever knows the browser could try names");
        Sit("Бір", Another);
        Ok(Guid.CreateVersion7(), Take("Екі", Another)).Facts.Single().ShouldBeOfType<EntryRequested>("its name was barred too");
        Refused(Guid.CreateVersion7(), Take("Үш", Phone)).ShouldBe("device-barred");
    }

    [Fact]
    public void A_bar_ends_every_seat_of_its_device_and_no_other()
    {
        var (bad, brother, other) = (Sit("Бір", Phone), Sit("Екі", Phone), Sit("Үш", Another));
        Ok(Teacher, new SetEntrance(true));
        var waiting = Guid.CreateVersion7();
        Ok(waiting, Take("Төрт", Phone));
        Ok(Teacher, new RemoveStudent(bad, Bar: true));
        Run.State.Seats.Keys.ShouldBe([Dana, Ivan, other], ignoreOrder: true);
        Run.State.Entries.ShouldBeEmpty();
        Run.State.NotLetIn.ShouldBe([waiting]);
        Refused(brother, new RaiseHand("")).ShouldBe("no-seat");
    }

    [Fact]
    public void A_crowd_that_came_in_together_goes_together_and_who_was_there_before_stays()
    {
        var crowd = Enumerable.Range(0, 200).Select(i => Sit("Бот " + i, Guid.CreateVersion7())).ToList();
        Ok(Teacher, new SetEntrance(true));
        var waiting = Guid.CreateVersion7();
        Ok(waiting, Take("Кеш", Guid.CreateVersion7()));
        Ok(Teacher, new RemoveStudents([.. crowd, crowd[0], waiting, Guid.CreateVersion7()])).Facts.Length.ShouldBe(201, "each once, and who has gone is nobody");
        Run.State.Seats.Keys.ShouldBe([Dana, Ivan], ignoreOrder: true);
        Run.State.Entries.ShouldBeEmpty();
        Refused(Teacher, new RemoveStudents([.. crowd])).ShouldBe("no-such-student", "twice");
        Refused(Teacher, new RemoveStudents([])).ShouldBe("no-such-student");
        Refused(Teacher, new RemoveStudents(default)).ShouldBe("no-such-student");
    }

    [Fact]
    public void A_removal_that_bars_nobody_leaves_the_device_free_to_come_back()
    {
        Ok(Teacher, new RemoveStudent(Sit("Бір", Phone)));
        Sit("Бір", Phone);
        Ok(Teacher, new RemoveStudent(Dana, Bar: true)).Facts.ShouldBe([new StudentRemoved(Dana)], "nothing is known to bar");
    }

    [Fact]
    public void The_teacher_sees_which_seats_share_a_device_and_nobody_else_does()
    {
        var (first, second, other) = (Sit("Бір", Phone), Sit("Екі", Phone), Sit("Үш", Another));
        string? Device(Guid id, Audience audience) => ((SeatEntity?)View.Of(Run.State, audience).SingleOrDefault(e => e.Kind == "seat" && e.Id == id.ToString())?.Value)?.Device;
        Device(first, Audience.Teacher).ShouldNotBeNull().ShouldBe(Device(second, Audience.Teacher));
        Device(other, Audience.Teacher).ShouldNotBe(Device(first, Audience.Teacher));
        Device(Dana, Audience.Teacher).ShouldBeNull();
        Device(first, Audience.Board).ShouldBeNull();
    }

    [Fact]
    public void A_hall_of_three_hundred_comes_in_and_one_more_does_not()
    {
        for (var i = 2; i < 300; i++)
        {
            Sit("Құс " + i, Guid.CreateVersion7());
        }

        Refused(Guid.CreateVersion7(), Take("Тағы", Another)).ShouldBe("classroom-full");
        Ok(Teacher, new SetEntrance(true));
        Refused(Guid.CreateVersion7(), Take("Тағы", Another)).ShouldBe("classroom-full");
    }

    private static TakeSeat Take(string nickname, Guid browser) =>
        new(nickname, Language.Kk, Level.Simple, Guid.CreateVersion7(), false, browser, 3);

    private Guid Sit(string nickname, Guid browser)
    {
        var id = Guid.CreateVersion7();
        Ok(id, Take(nickname, browser));
        return id;
    }
}
