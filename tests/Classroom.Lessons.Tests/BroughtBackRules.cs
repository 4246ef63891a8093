namespace Classroom.Lessons.Tests;

/// <summary>Who was removed by mistake has the seat back, with all that was done there.</summary>
public sealed class BroughtBackRules : LessonTest
{
    [Fact]
    public void Who_is_brought_back_has_the_seat_the_device_and_the_work_of_before()
    {
        Start("s4");
        HandIn();
        var device = Run.State.Seats[Dana].DeviceId;
        Ok(Teacher, new RemoveStudent(Dana));
        Entities("removed").Count.ShouldBe(1);
        Ok(Teacher, new BringBackStudent(Dana));
        Entities("removed").ShouldBeEmpty();
        Run.State.Seats[Dana].ShouldSatisfyAllConditions(s => s.Nickname.ShouldBe("Дана"), s => s.DeviceId.ShouldBe(device), s => s.Variant.ShouldBe(new Variant(Language.Kk, Level.Simple)));
        ((MeEntity)Entities("me", Audience.Student(Dana)).Single().Value!).Nickname.ShouldBe("Дана");
        ((WorkEntity)Entities("work", Audience.Student(Dana)).Single().Value!).Submission.ShouldBe("бұл үш сөз");
        Run.Do(new Envelope(Guid.CreateVersion7(), new(Role.Student, Dana), new RaiseHand("көмек"), device)).Decision.Refusal.ShouldBeNull("its ticket is good again");
        Run.Do(new(Guid.CreateVersion7(), Teacher, new BringBackStudent(Dana))).Decision.Facts.ShouldBeEmpty("it is here");
    }

    [Fact]
    public void Nobody_is_brought_back_beside_one_of_the_same_name_nor_after_being_forgotten()
    {
        Ok(Teacher, new RemoveStudent(Dana));
        Ok(Guid.CreateVersion7(), new TakeSeat("дана", Language.Kk, Level.Simple, Guid.CreateVersion7(), false));
        Refused(Teacher, new BringBackStudent(Dana)).ShouldBe("nickname-taken", "it has come in again");
        Ok(Teacher, new RemoveStudent(Ivan));
        Ok(Teacher, new ForgetStudent(Ivan, ForgetReason.Family));
        Refused(Teacher, new BringBackStudent(Ivan)).ShouldBe("no-such-student");
        Refused(Teacher, new BringBackStudent(Guid.CreateVersion7())).ShouldBe("no-such-student");
        Refused(Dana, new BringBackStudent(Dana)).ShouldBe("wrong-role");
    }

    [Fact]
    public void Where_its_room_was_closed_meanwhile_it_sits_in_the_hub()
    {
        Ok(Teacher, new AddRoom("204"));
        Ok(Teacher, new MoveToRoom(Dana, 2));
        Ok(Teacher, new RemoveStudent(Dana));
        Ok(Teacher, new CloseRoom(2));
        Ok(Teacher, new BringBackStudent(Dana));
        Run.State.Seats[Dana].Room.ShouldBeNull();
    }

    [Fact]
    public void A_phone_takes_no_more_children_than_it_may()
    {
        var phone = Run.State.Seats[Dana].DeviceId;
        Ok(Teacher, new RemoveStudent(Dana));
        foreach (var name in new[] { "Асан", "Үсен", "Болат" })
        {
            Ok(Guid.CreateVersion7(), new TakeSeat(name, Language.Kk, Level.Simple, phone, false));
        }

        Refused(Teacher, new BringBackStudent(Dana)).ShouldBe("phone-full");
    }

    [Fact]
    public void Nobody_is_brought_back_onto_a_phone_that_is_another_childs_now_but_beside_its_mate()
    {
        var phone = Run.State.Seats[Dana].DeviceId;
        Ok(Teacher, new RemoveStudent(Dana));
        var other = Guid.CreateVersion7();
        Ok(other, new TakeSeat("Асан", Language.Kk, Level.Simple, phone, false));
        Refused(Teacher, new BringBackStudent(Dana)).ShouldBe("not-on-phone");

        var mate = Guid.CreateVersion7();
        Ok(mate, new TakeSeat("Үсен", Language.Kk, Level.Simple, phone, false));
        Ok(Teacher, new RemoveStudent(mate));
        Ok(Teacher, new BringBackStudent(mate));
        Phones.Of(Run.State, mate).ShouldBe([other, mate], ignoreOrder: true);
    }

    [Fact]
    public void Who_is_brought_back_is_barred_no_more_and_others_still_are()
    {
        var (one, two) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var (asan, usen) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Ok(asan, new TakeSeat("Асан", Language.Kk, Level.Simple, Guid.CreateVersion7(), false, one));
        Ok(usen, new TakeSeat("Үсен", Language.Kk, Level.Simple, Guid.CreateVersion7(), false, two));
        Ok(Teacher, new RemoveStudent(asan, Bar: true));
        Ok(Teacher, new RemoveStudent(usen, Bar: true));
        ((EntranceEntity)Entities("entrance").Single().Value!).Barred.ShouldBe(2);
        Ok(Teacher, new BringBackStudent(asan));
        ((EntranceEntity)Entities("entrance").Single().Value!).Barred.ShouldBe(1);
        Run.State.BarredNames.ShouldHaveSingleItem().StudentId.ShouldBe(usen);
    }
}
