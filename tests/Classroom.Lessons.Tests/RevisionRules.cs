namespace Classroom.Lessons.Tests;

/// <summary>A work is opened again by released feedback on its last hand-in, and by nothing else.</summary>
public sealed class RevisionRules : LessonTest
{
    [Fact]
    public void Feedback_opens_a_revision_once_it_is_released_and_no_more_when_it_was_taken_back()
    {
        var feedback = HandedIn();
        Refused(Dana, new ReviseWork("s4")).ShouldBe("no-feedback-yet", "it is asked for");
        Ok(Actor.System, Drafted(feedback));
        Refused(Dana, new ReviseWork("s4")).ShouldBe("no-feedback-yet", "the teacher has not read it");
        Ok(Teacher, new OpenFeedback(feedback));
        Ok(Teacher, new ReleaseFeedback([feedback]));
        Ok(Teacher, new ReturnFeedback(feedback));
        Refused(Dana, new ReviseWork("s4")).ShouldBe("no-feedback-yet", "the teacher took it back");
        Ok(Teacher, new ReleaseFeedback([feedback]));
        Ok(Dana, new ReviseWork("s4")).Facts.ShouldBe([new RevisionOpened("s4")]);
    }

    [Fact]
    public void Feedback_on_an_older_version_opens_no_revision_and_feedback_on_the_new_one_does()
    {
        Release(HandedIn());
        Ok(Dana, new ReviseWork("s4"));
        Ok(Dana, new SaveDraft("s4", "бұл енді төрт сөз", "өзім", "ойландым", []));
        Ok(Dana, new HandIn("s4"));
        Refused(Dana, new ReviseWork("s4")).ShouldBe("no-feedback-yet");

        Release(Requested(Dana));

        Ok(Dana, new ReviseWork("s4"));
        Run.State.Works[new(Dana, "s4")].ShouldSatisfyAllConditions(
            w => w.Status.ShouldBe(WorkStatus.Revising), w => w.Version.ShouldBe(2), w => w.PreviousSubmission.ShouldBe("бұл үш сөз"));
    }

    [Fact]
    public void Feedback_on_another_students_work_opens_no_revision()
    {
        Release(HandedIn());
        Ok(Ivan, new SaveDraft("s4", "это мои слова", "сам", "подумал", []));
        Ok(Ivan, new HandIn("s4"));
        Refused(Ivan, new ReviseWork("s4")).ShouldBe("no-feedback-yet");
        Ok(Dana, new ReviseWork("s4"));
    }

    [Fact]
    public void A_work_that_is_open_already_or_was_never_begun_is_not_opened()
    {
        Start("s4");
        Refused(Dana, new ReviseWork("s4")).ShouldBe("no-work");
        Ok(Dana, new SaveDraft("s4", "бір", "", "", []));
        var decision = Run.Do(By(Dana, new ReviseWork("s4"))).Decision;
        (decision.Refusal, decision.Facts.Length).ShouldBe((null, 0));
    }

    private Guid Requested(Guid student)
    {
        var id = Guid.CreateVersion7();
        Ok(Teacher, new RequestFeedback(id, student, "s4"));
        return id;
    }

    private void Release(Guid feedback)
    {
        Ok(Actor.System, Drafted(feedback));
        Ok(Teacher, new OpenFeedback(feedback));
        Ok(Teacher, new ReleaseFeedback([feedback]));
    }

    private static DraftFeedback Drafted(Guid feedback) => new(feedback, [new("d1", Verdict.Met, "", "Жалғастыр")], 0, RandomLesson.Source);
}
