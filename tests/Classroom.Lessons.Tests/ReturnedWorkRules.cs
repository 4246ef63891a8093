namespace Classroom.Lessons.Tests;

/// <summary>A handed-in work is given back with one sentence, and handed in again.</summary>
public sealed class ReturnedWorkRules : LessonTest
{
    [Fact]
    public void A_work_is_returned_with_a_sentence_that_its_child_reads_and_is_handed_in_again()
    {
        Start("s4");
        HandIn();
        Ok(Teacher, new ReturnWork(Dana, "s4", "  Бір мысал\nқосыңыз "));
        Work(Audience.Student(Dana)).ShouldSatisfyAllConditions(
            w => w.Status.ShouldBe(WorkStatus.Revising), w => w.Returned.ShouldBe("Бір мысал қосыңыз"), w => w.Text.ShouldBe("бұл үш сөз", "nothing of it is lost"));
        Entities("work", Audience.Student(Ivan)).ShouldBeEmpty();
        Ok(Dana, new SaveDraft("s4", "бұл енді төрт сөз", "өзім", "ойландым", []));
        Work(Audience.Teacher).ShouldSatisfyAllConditions(w => w.Submission.ShouldBe("бұл үш сөз"), w => w.Text.ShouldBeNull("it is being written"));
        Ok(Dana, new HandIn("s4"));
        Work(Audience.Teacher).ShouldSatisfyAllConditions(
            w => w.Status.ShouldBe(WorkStatus.HandedIn), w => w.Version.ShouldBe(2), w => w.Returned.ShouldBeNull(), w => w.PreviousSubmission.ShouldBe("бұл үш сөз"));
    }

    [Fact]
    public void What_was_made_together_goes_back_to_all_who_made_it()
    {
        var phone = Guid.CreateVersion7();
        var mate = Guid.CreateVersion7();
        var other = Guid.CreateVersion7();
        Ok(other, new TakeSeat("Асан", Language.Kk, Level.Simple, phone, false));
        Ok(mate, new TakeSeat("Үсен", Language.Kk, Level.Simple, phone, false));
        Start("s4");
        foreach (Command command in new Command[] { new SaveDraft("s4", "бұл біздің үш сөз", "өзіміз", "ойландық", []), new HandIn("s4") })
        {
            Run.Do(By(other, command) with { For = [other, mate] }).Decision.Refusal.ShouldBeNull();
        }

        Ok(Teacher, new ReturnWork(mate, "s4", "Мысал қосыңыздар")).Facts.Length.ShouldBe(2);
        foreach (var id in new[] { mate, other })
        {
            Run.State.Works[new(id, "s4")].ShouldSatisfyAllConditions(w => w.Status.ShouldBe(WorkStatus.Revising), w => w.Returned.ShouldBe("Мысал қосыңыздар"));
        }
    }

    [Fact]
    public void Only_what_is_handed_in_is_returned_and_only_with_a_sentence_and_by_the_teacher()
    {
        Start("s4");
        Refused(Teacher, new ReturnWork(Dana, "s4", "Мысал")).ShouldBe("not-handed-in");
        HandIn();
        Refused(Teacher, new ReturnWork(Dana, "s4", " \n ")).ShouldBe("empty");
        Refused(Teacher, new ReturnWork(Dana, "s4", null!)).ShouldBe("empty");
        Refused(Teacher, new ReturnWork(Dana, "s4", new string('а', 301))).ShouldBe("too-long");
        Refused(Teacher, new ReturnWork(Ivan, "s4", "Мысал")).ShouldBe("not-handed-in");
        Refused(Teacher, new ReturnWork(Dana, null!, "Мысал")).ShouldBe("not-handed-in");
        Refused(Ivan, new ReturnWork(Dana, "s4", "Мысал")).ShouldBe("wrong-role");
        Ok(Teacher, new ReturnWork(Dana, "s4", new string('а', 300)));
        Refused(Teacher, new ReturnWork(Dana, "s4", "Мысал")).ShouldBe("not-handed-in", "it is back already");
    }

    [Fact]
    public void It_can_be_returned_after_the_bell()
    {
        Start("s4");
        HandIn();
        Ok(Teacher, new EndLesson());
        Ok(Teacher, new ReturnWork(Dana, "s4", "Мысал қосыңыз"));
        Ok(Dana, new SaveDraft("s4", "бұл енді төрт сөз", "өзім", "ойландым", []));
        Ok(Dana, new HandIn("s4"));
    }

    private WorkEntity Work(Audience audience) => (WorkEntity)Entities("work", audience).Single().Value!;

    [Fact]
    public void What_a_mate_handed_in_alone_since_is_not_returned_with_the_first_ones()
    {
        var (phone, mate, other) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        Ok(other, new TakeSeat("Асан", Language.Kk, Level.Simple, phone, false));
        Ok(mate, new TakeSeat("Үсен", Language.Kk, Level.Simple, phone, false));
        Start("s4");
        foreach (Command command in new Command[] { new SaveDraft("s4", "бұл біздің үш сөз", "өзіміз", "ойландық", []), new HandIn("s4") })
        {
            Run.Do(By(other, command) with { For = [other, mate] }).Decision.Refusal.ShouldBeNull();
        }

        Ok(Teacher, new ReturnWork(other, "s4", "Мысал қосыңыздар"));
        Run.Do(By(other, new HandIn("s4")) with { For = [mate] }).Decision.Refusal.ShouldBeNull();
        Run.Do(By(other, new HandIn("s4")) with { For = [other, mate] }).Decision.Refusal.ShouldBeNull();
        Run.State.Works[new(mate, "s4")].With.ShouldBeEmpty();
        Ok(Teacher, new ReturnWork(other, "s4", "Тағы")).Facts.OfType<WorkReturned>().Select(r => r.StudentId).ShouldBe([other]);
    }
}
