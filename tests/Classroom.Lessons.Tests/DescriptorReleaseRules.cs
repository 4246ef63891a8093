namespace Classroom.Lessons.Tests;

/// <summary>Feedback is released descriptor by descriptor: what is held back never leaves the teacher's screen.</summary>
public sealed class DescriptorReleaseRules : LessonTest
{
    private static readonly FeedbackItem One = new("d1", Verdict.Met, "бұл үш сөз", "Жалғастыр");
    private static readonly FeedbackItem Two = new("d2", Verdict.NotYet, "", "Мысал қос");

    [Fact]
    public void A_descriptor_that_is_held_stays_with_the_teacher_until_it_is_let_go()
    {
        var id = Drafted();
        Ok(Teacher, new HoldDescriptor(id, "d2", true));
        Ok(Teacher, new ReleaseFeedback([id]));
        Items(Audience.Student(Dana)).ShouldBe([One]);
        Items(Audience.Teacher).ShouldBe([One, Two]);
        Seen(Audience.Teacher).Held!.Value.ShouldBe(["d2"]);
        Seen(Audience.Student(Dana)).Held.ShouldBeNull();
        Run.Text(Entities("feedback", Audience.Student(Dana))).ShouldNotContain("\"d2\"");
        Ok(Teacher, new HoldDescriptor(id, "d2", false));
        Items(Audience.Student(Dana)).ShouldBe([One, Two]);
        Ok(Teacher, new HoldDescriptor(id, "d1", true));
        Items(Audience.Student(Dana)).ShouldBe([Two], "and it can be taken back");
    }

    [Fact]
    public void Of_what_is_held_as_a_whole_nothing_is_released_and_what_a_child_reads_does_not_become_empty()
    {
        var id = Drafted();
        Ok(Teacher, new HoldDescriptor(id, "d1", true));
        Ok(Teacher, new HoldDescriptor(id, "d2", true));
        Refused(Teacher, new ReleaseFeedback([id])).ShouldBe("feedback-empty");
        Ok(Teacher, new HoldDescriptor(id, "d1", false));
        Ok(Teacher, new ReleaseFeedback([id]));
        Refused(Teacher, new HoldDescriptor(id, "d1", true)).ShouldBe("feedback-empty");
        Refused(Teacher, new EditFeedback(id, [Two], "")).ShouldBe("feedback-empty", "what is left of it is held");
        Refused(Teacher, new EditFeedback(id, [], " ")).ShouldBe("feedback-empty");
        Ok(Teacher, new EditFeedback(id, [One, Two], "Жақсы жұмыс"));
        Ok(Teacher, new HoldDescriptor(id, "d1", true));
    }

    [Fact]
    public void Only_a_descriptor_that_is_there_is_held_once_it_is_drafted()
    {
        var id = HandedIn();
        Refused(Teacher, new HoldDescriptor(id, "d1", true)).ShouldBe("not-drafted-yet");
        Ok(Actor.System, new DraftFeedback(id, [One, Two], 0, RandomLesson.Model));
        Refused(Teacher, new HoldDescriptor(id, "d9", true)).ShouldBe("no-such-descriptor");
        Refused(Teacher, new HoldDescriptor(id, null!, true)).ShouldBe("no-such-descriptor");
        Refused(Teacher, new HoldDescriptor(Guid.CreateVersion7(), "d1", true)).ShouldBe("no-such-feedback");
        Refused(Dana, new HoldDescriptor(id, "d1", true)).ShouldBe("wrong-role");
        Run.Do(new(Guid.CreateVersion7(), Teacher, new HoldDescriptor(id, "d1", false))).Decision.Facts.ShouldBeEmpty("it is not held");
    }

    private Guid Drafted()
    {
        var id = HandedIn();
        Ok(Actor.System, new DraftFeedback(id, [One, Two], 0, RandomLesson.Model));
        Ok(Teacher, new OpenFeedback(id));
        return id;
    }

    private FeedbackEntity Seen(Audience audience) => (FeedbackEntity)Entities("feedback", audience).Single().Value!;

    private ImmutableArray<FeedbackItem> Items(Audience audience) => Seen(audience).Items;
}
