namespace Classroom.Lessons.Tests;

/// <summary>Photos that go with a work: whose they are, who sees them, and when they stay as they are.</summary>
public sealed class PhotoRules : LessonTest
{
    private static readonly Guid Photo = new("00000000-0000-7000-8000-0000000000a1");

    [Fact]
    public void A_photo_is_its_childs_alone_until_the_work_is_handed_in_and_the_teachers_then()
    {
        Start("s4");
        Ok(Dana, Attach(Photo));
        Entities("photo", Audience.Student(Dana)).Single().Id.ShouldBe(Photo.ToString());
        Entities("photo").ShouldBeEmpty();
        foreach (var other in new[] { Audience.Student(Ivan), Audience.Board, Audience.Students, Audience.Mentor })
        {
            Entities("photo", other).ShouldBeEmpty(other.Kind.ToString());
        }

        Ok(Dana, new SaveDraft("s4", "", "", "ойландым", []));
        Ok(Dana, new HandIn("s4"));
        Entities("photo").Count.ShouldBe(1);
        Refused(Dana, Attach(Guid.CreateVersion7())).ShouldBe("already-handed-in");
        Refused(Dana, new RemovePhoto(Photo)).ShouldBe("already-handed-in");
    }

    [Fact]
    public void A_drawing_is_handed_in_without_a_text_and_a_text_is_asked_for_what_it_was()
    {
        Start("s4");
        Refused(Dana, new HandIn("s4")).ShouldBe("empty");
        Ok(Dana, Attach(Photo));
        Refused(Dana, new HandIn("s4")).ShouldBe("reflection-missing");
        Ok(Dana, new SaveDraft("s4", "бұл үш сөз", "", "ойландым", []));
        Refused(Dana, new HandIn("s4")).ShouldBe("own-contribution-missing");
        Ok(Dana, new SaveDraft("s4", "", "", "ойландым", []));
        Ok(Dana, new HandIn("s4"));
        Run.State.Works[new(Dana, "s4")].Version.ShouldBe(1);
    }

    [Fact]
    public void One_is_sent_twice_and_is_one_and_nobody_takes_anothers()
    {
        Start("s4");
        Ok(Dana, Attach(Photo));
        Run.Do(By(Dana, Attach(Photo))).Decision.ShouldSatisfyAllConditions(d => d.Refusal.ShouldBeNull(), d => d.Facts.ShouldBeEmpty());
        Refused(Ivan, Attach(Photo)).ShouldBe("bad-id");
        Refused(Ivan, new RemovePhoto(Photo)).ShouldBe("no-such-photo");
        Refused(Dana, new RemovePhoto(Guid.CreateVersion7())).ShouldBe("no-such-photo");
        Ok(Dana, new RemovePhoto(Photo));
        Entities("photo", Audience.Student(Dana)).ShouldBeEmpty();
        Refused(Dana, new RemovePhoto(Photo)).ShouldBe("no-such-photo");
    }

    [Fact]
    public void There_are_three_of_a_work_and_what_is_no_photo_is_refused()
    {
        Start("s4");
        for (var i = 0; i < PhotosRules.MaxOfWork; i++)
        {
            Ok(Dana, Attach(Guid.CreateVersion7()));
        }

        Refused(Dana, Attach(Guid.CreateVersion7())).ShouldBe("too-many");
        Refused(Ivan, Attach(Guid.Empty)).ShouldBe("bad-value");
        Refused(Ivan, new AttachPhoto("s4", Photo, Photo, 0, 10)).ShouldBe("bad-value");
        Refused(Ivan, new AttachPhoto("s4", Photo, Photo, 10, PhotosRules.MaxSide + 1)).ShouldBe("bad-value");
        Refused(Ivan, new AttachPhoto("s1", Photo, Photo, 10, 10)).ShouldBe("no-task");
        Refused(Ivan, new AttachPhoto(null!, Photo, Photo, 10, 10)).ShouldBe("no-task");
        Refused(Teacher, Attach(Photo)).ShouldBe("wrong-role");
    }

    [Fact]
    public void Who_is_forgotten_leaves_no_photo_and_a_revision_takes_it_back_from_the_teacher()
    {
        Start("s4");
        Ok(Dana, Attach(Photo));
        HandIn();
        var feedback = Guid.CreateVersion7();
        Ok(Teacher, new RequestFeedback(feedback, Dana, "s4"));
        Ok(Actor.System, new DraftFeedback(feedback, [new("d1", Verdict.Met, "үш", "Жалғастыр")], 0, RandomLesson.Source));
        Ok(Teacher, new OpenFeedback(feedback));
        Ok(Teacher, new EditFeedback(feedback, [new("d1", Verdict.Met, "үш", "Жалғастыр")], "Жақсы"));
        Ok(Teacher, new ReleaseFeedback([feedback]));
        var revised = Run.Do(By(Dana, new ReviseWork("s4")));
        revised.Decision.Refusal.ShouldBeNull();
        Entities("photo").ShouldBeEmpty("while it is made anew it is the child's own");
        Ok(Dana, new RemovePhoto(Photo));
        Ok(Dana, Attach(Photo));
        Ok(Teacher, new ForgetStudent(Dana, ForgetReason.Family));
        Run.State.Photos.ShouldBeEmpty();
    }

    [Fact]
    public void Another_device_takes_part_in_no_childs_work_whatever_ticket_it_brings()
    {
        Start("s4");
        var (phone, stranger) = (Run.State.Seats[Dana].DeviceId, Guid.CreateVersion7());
        Do(Dana, stranger, Attach(Photo)).ShouldBe("device-unknown");
        Do(Dana, phone, Attach(Photo)).ShouldBeNull();
        Do(Dana, stranger, new RemovePhoto(Photo)).ShouldBe("device-unknown");
        Run.State.Photos.Count.ShouldBe(1);
    }

    [Fact]
    public void Of_two_on_a_phone_each_has_a_copy_and_both_are_taken_out_at_once()
    {
        var (mate, phone) = (Guid.CreateVersion7(), Run.State.Seats[Dana].DeviceId);
        Ok(mate, new TakeSeat("Сәуле", Language.Kk, Level.Simple, phone, false));
        Start("s4");
        var copy = Guid.CreateVersion7();
        Ok(Dana, Attach(Photo));
        PhotosRules.AreSame(Run.State, new(Dana, "s4"), new(mate, "s4")).ShouldBeFalse();
        Ok(mate, new AttachPhoto("s4", copy, Photo, 1600, 1200));
        PhotosRules.AreSame(Run.State, new(Dana, "s4"), new(mate, "s4")).ShouldBeTrue();
        Run.Do(By(Dana, new RemovePhoto(copy)) with { For = [Dana, mate] }).Decision.Facts.Length.ShouldBe(2);
        Run.State.Photos.ShouldBeEmpty();
    }

    [Fact]
    public void What_was_handed_in_together_is_what_both_have()
    {
        var (mate, phone) = (Guid.CreateVersion7(), Run.State.Seats[Dana].DeviceId);
        Ok(mate, new TakeSeat("Сәуле", Language.Kk, Level.Simple, phone, false));
        Start("s4");
        Run.Do(By(Dana, new SaveDraft("s4", "", "", "ойландық", [])) with { For = [Dana, mate] });
        Ok(Dana, Attach(Photo));
        Ok(mate, Attach(Guid.CreateVersion7()));
        Run.Do(By(Dana, new HandIn("s4")) with { For = [Dana, mate] }).Decision.Refusal.ShouldBeNull();
        Run.State.Works[new(Dana, "s4")].With.ShouldBeEmpty("each has a drawing of its own");
        Run.State.Works[new(mate, "s4")].Status.ShouldBe(WorkStatus.HandedIn);
    }

    private string? Do(Guid student, Guid device, Command command) => Run.Do(By(student, command) with { DeviceId = device }).Decision.Refusal?.Code;

    private static AttachPhoto Attach(Guid id) => new("s4", id, id, 1600, 1200);
}
