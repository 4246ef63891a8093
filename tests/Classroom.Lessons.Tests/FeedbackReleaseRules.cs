namespace Classroom.Lessons.Tests;

/// <summary>What a child gets of feedback: after the teacher opened it, with a verdict only where somebody judged.</summary>
public sealed class FeedbackReleaseRules : LessonTest
{
    private static readonly FeedbackItem Evidence = new("d1", null, "бұл үш сөз", "");

    [Fact]
    public void A_draft_that_the_teacher_has_not_opened_is_not_released()
    {
        var id = HandedIn();
        Refused(Teacher, new OpenFeedback(id)).ShouldBe("not-drafted-yet");
        Refused(Teacher, new ReleaseFeedback([id])).ShouldBe("not-drafted-yet");
        Ok(Actor.System, Drafted(id, Evidence));
        Refused(Teacher, new ReleaseFeedback([id])).ShouldBe("feedback-unread");
        Ok(Teacher, new OpenFeedback(id)).Facts.ShouldBe([new FeedbackOpened(id)]);
        Run.Do(new(Guid.CreateVersion7(), Teacher, new OpenFeedback(id))).Decision.Facts.ShouldBeEmpty("once is enough");
        Ok(Teacher, new ReleaseFeedback([id, id])).Facts.ShouldBe([new FeedbackReleased(id)]);
    }

    [Fact]
    public void For_what_is_only_begun_nothing_is_drafted()
    {
        Start("s4");
        Ok(Dana, new SaveDraft("s4", "менің бастаған сөзім", "өзім", "ойландым", []));
        Refused(Teacher, new RequestFeedback(Guid.CreateVersion7(), Dana, "s4")).ShouldBe("not-handed-in");
    }

    [Fact]
    public void One_unread_draft_among_many_holds_them_all_back()
    {
        var first = HandedIn();
        Ok(Ivan, new SaveDraft("s4", "это мои слова", "сам", "подумал", []));
        Ok(Ivan, new HandIn("s4"));
        var second = Guid.CreateVersion7();
        Ok(Teacher, new RequestFeedback(second, Ivan, "s4"));
        Ok(Actor.System, Drafted(first, Evidence));
        Ok(Actor.System, Drafted(second, new FeedbackItem("d1", null, "это мои слова", "")));
        Ok(Teacher, new OpenFeedback(first));
        Refused(Teacher, new ReleaseFeedback([first, second])).ShouldBe("feedback-unread");
        Entities("feedback", Audience.Student(Dana)).ShouldBeEmpty();
        Ok(Teacher, new OpenFeedback(second));
        Ok(Teacher, new ReleaseFeedback([first, second])).Facts.Length.ShouldBe(2);
    }

    [Fact]
    public void Who_wrote_in_a_draft_has_opened_it_and_after_it_was_taken_back_it_need_not_be_opened_again()
    {
        var id = HandedIn();
        Ok(Actor.System, Drafted(id, Evidence));
        Ok(Teacher, new EditFeedback(id, [Evidence with { Verdict = Verdict.Partly }], ""));
        Ok(Teacher, new ReleaseFeedback([id]));
        Ok(Teacher, new ReturnFeedback(id));
        Ok(Teacher, new ReleaseFeedback([id]));
    }

    [Fact]
    public void Only_the_lessons_teacher_opens_a_draft_and_only_one_that_is_there()
    {
        var id = HandedIn();
        Ok(Actor.System, Drafted(id, Evidence));
        foreach (var role in Enum.GetValues<Role>().Where(r => r != Role.Teacher))
        {
            Refused(new Actor(role, Dana), new OpenFeedback(id)).ShouldBe("wrong-role");
        }

        Refused(Teacher, new OpenFeedback(Guid.CreateVersion7())).ShouldBe("no-such-feedback");
        Refused(Teacher, new OpenFeedback(default)).ShouldBe("no-such-feedback");
    }

    [Fact]
    public void Prepared_text_judges_nothing_and_a_model_may()
    {
        var id = HandedIn();
        var items = new[] { Evidence with { Verdict = Verdict.Met }, new FeedbackItem("d2", Verdict.NotYet, "", "Баста") };
        Ok(Actor.System, new DraftFeedback(id, [.. items], 0, RandomLesson.Source));
        Run.State.Feedbacks[id].Items.ShouldAllBe(i => i.Verdict == null);
        Run.State.Feedbacks[id].Items.Select(i => (i.Quote, i.NextStep)).ShouldBe([("бұл үш сөз", ""), ("", "Баста")]);

        Ok(Ivan, new SaveDraft("s4", "это мои слова", "сам", "подумал", []));
        Ok(Ivan, new HandIn("s4"));
        var model = Guid.CreateVersion7();
        Ok(Teacher, new RequestFeedback(model, Ivan, "s4"));
        Ok(Actor.System, Drafted(model, new FeedbackItem("d1", Verdict.Met, "это мои слова", "")));
        Run.State.Feedbacks[model].Items.Single().Verdict.ShouldBe(Verdict.Met);
    }

    [Fact]
    public void Feedback_without_a_verdict_reaches_the_child_without_one_and_the_hints_stay_with_the_teacher()
    {
        var id = HandedIn();
        Ok(Actor.System, new DraftFeedback(id, [Evidence], 0, RandomLesson.Source, [new("d1", "Баста", "Қос", "Тексер")]));
        ((FeedbackEntity)Entities("feedback").Single().Value!).ShouldSatisfyAllConditions(f => f.Opened.ShouldBe(false), f => f.Hints!.Value.Single().Partly.ShouldBe("Қос"));
        Ok(Teacher, new OpenFeedback(id));
        Ok(Teacher, new ReleaseFeedback([id]));
        var seen = (FeedbackEntity)Entities("feedback", Audience.Student(Dana)).Single().Value!;
        seen.Items.ShouldBe([Evidence]);
        (seen.Opened, seen.Hints).ShouldBe((null, null));
        Run.Text(Entities("feedback", Audience.Student(Dana))).ShouldNotContain("verdict");
    }

    [Fact]
    public void Feedback_that_says_nothing_is_not_released()
    {
        var id = HandedIn();
        Ok(Actor.System, Drafted(id, new FeedbackItem("d1", null, "", ""), new FeedbackItem("d2", null, "ойдан шығарылған сөз", " ")));
        Ok(Teacher, new OpenFeedback(id));
        Refused(Teacher, new ReleaseFeedback([id])).ShouldBe("feedback-empty");
        Ok(Teacher, new EditFeedback(id, [new("d1", null, "", "")], "Тағы жаз"));
        Ok(Teacher, new ReleaseFeedback([id]));
    }

    [Fact]
    public void A_verdict_that_is_none_is_refused_and_one_can_be_taken_back()
    {
        var id = HandedIn();
        Ok(Actor.System, Drafted(id, Evidence));
        Refused(Teacher, new EditFeedback(id, [Evidence with { Verdict = (Verdict)9 }], "")).ShouldBe("bad-value");
        Ok(Teacher, new EditFeedback(id, [Evidence with { Verdict = Verdict.Met }], ""));
        Ok(Teacher, new EditFeedback(id, [Evidence], ""));
        Run.State.Feedbacks[id].Items.ShouldBe([Evidence]);
    }

    [Fact]
    public void A_quote_is_kept_as_the_child_wrote_it()
    {
        Start("s4");
        Ok(Dana, new SaveDraft("s4", "Мен «жарық\u00a0керек» дедім – күнге", "өзім", "ойландым", []));
        Ok(Dana, new HandIn("s4"));
        var id = Guid.CreateVersion7();
        Ok(Teacher, new RequestFeedback(id, Dana, "s4"));
        Ok(Actor.System, Drafted(id, new FeedbackItem("d1", Verdict.Met, "мен \"жарық керек\" дедім - күнге.", "")));
        Run.State.Feedbacks[id].Items.Single().Quote.ShouldBe("Мен «жарық\u00a0керек» дедім – күнге");
        Run.State.Feedbacks[id].DroppedQuotes.ShouldBe(0);
    }

    [Fact]
    public void Feedback_quotes_the_work_that_it_is_about_also_when_another_was_handed_in_since()
    {
        var id = HandedIn();
        Ok(Actor.System, Drafted(id, Evidence));
        Ok(Teacher, new OpenFeedback(id));
        Ok(Teacher, new ReleaseFeedback([id]));
        Ok(Dana, new ReviseWork("s4"));
        Ok(Dana, new SaveDraft("s4", "енді мүлдем басқа мәтін тұр", "өзім", "ойландым", []));
        Ok(Dana, new HandIn("s4"));
        Ok(Teacher, new ReturnFeedback(id));
        Ok(Teacher, new EditFeedback(id, [Evidence with { Verdict = Verdict.Partly }], ""));
        Run.State.Feedbacks[id].Items.Single().Quote.ShouldBe(Evidence.Quote);
    }

    [Fact]
    public void A_mark_is_given_on_handed_in_work_only()
    {
        Start("s4");
        Refused(Teacher, new GiveMark(Dana, "s4", 5)).ShouldBe("not-handed-in", "nothing was begun");
        Ok(Dana, new SaveDraft("s4", "бұл үш сөз", "өзім", "ойландым", []));
        Refused(Teacher, new GiveMark(Dana, "s4", 5)).ShouldBe("not-handed-in", "it is being written");
        Refused(Teacher, new GiveMark(Dana, "s1", 5)).ShouldBe("not-handed-in", "there is no work in this step");
        Ok(Dana, new HandIn("s4"));
        Refused(Teacher, new GiveMark(Ivan, "s4", 5)).ShouldBe("not-handed-in", "it is another child's");
        Ok(Teacher, new GiveMark(Dana, "s4", 5));
    }

    [Fact]
    public void The_first_draft_is_the_students_own_before_the_tutor_is_asked()
    {
        Start("s4");
        var ask = new AskTutor(Guid.CreateVersion7(), "s4", "Қалай бастаймын?");
        var refusal = Run.Do(By(Dana, ask)).Decision.Refusal!;
        (refusal.Code, refusal.Args["min"]).ShouldBe(("own-draft-first", "3"));
        Ok(Dana, new SaveDraft("s4", "екі — сөз !", "", "", []));
        Refused(Dana, ask).ShouldBe("own-draft-first");
        Refused(Ivan, ask with { ExchangeId = Guid.CreateVersion7() }).ShouldBe("own-draft-first", "another child's draft is not its own");
        Ok(Dana, new SaveDraft("s4", "бұл үш сөз", "", "", []));
        Ok(Dana, ask);
    }

    [Fact]
    public void Who_handed_in_less_than_was_asked_for_may_ask_and_a_step_without_a_task_asks_for_no_draft()
    {
        Start("s4");
        Ok(Dana, new SaveDraft("s4", "бір", "өзім", "ойландым", []));
        Ok(Dana, new HandIn("s4"));
        Ok(Dana, new AskTutor(Guid.CreateVersion7(), "s4", "Ал енді?"));
        Ok(Teacher, new GoToStep("s2"));
        Ok(Teacher, new SetAiPolicy("s2", AiPolicy.Ask));
        Ok(Ivan, new AskTutor(Guid.CreateVersion7(), "s2", "Неге?"));
    }

    private static DraftFeedback Drafted(Guid id, params FeedbackItem[] items) => new(id, [.. items], 0, RandomLesson.Model);
}
