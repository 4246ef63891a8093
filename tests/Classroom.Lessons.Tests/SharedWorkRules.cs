namespace Classroom.Lessons.Tests;

/// <summary>A work that children made together on one phone is each one's: handed in, read, marked and erased child by child, with feedback for all of them.</summary>
public sealed class SharedWorkRules : LessonTest
{
    private static readonly Guid Device = new("d1000000-0000-7000-8000-000000000001");
    private static readonly Guid Aidar = new("00000000-0000-7000-8000-0000000000a1");
    private readonly Guid _saule;

    public SharedWorkRules()
    {
        Ok(Aidar, new TakeSeat("Айдар", Language.Kk, Level.Simple, Device, false) with { Others = [new("Сәуле", false)] });
        _saule = Run.State.Seats.Values.Single(s => s.Nickname == "Сәуле").StudentId;
        Start("s4");
    }

    [Fact]
    public void A_work_together_is_handed_in_by_each_and_marked_one_by_one()
    {
        Together();
        Run.State.Works.Keys.Select(k => k.StudentId).ShouldBe([Aidar, _saule], ignoreOrder: true);
        Work(Aidar).With.ShouldBe([_saule]);
        Work(_saule).With.ShouldBe([Aidar]);
        Work(_saule).Status.ShouldBe(WorkStatus.HandedIn);
        Ok(Teacher, new GiveMark(Aidar, "s4", 5));
        Ok(Teacher, new GiveMark(_saule, "s4", 4));
        Entities("mark", Audience.Student(Aidar)).Count.ShouldBe(2, "both are read on the phone that both look at");
        Entities("mark", Audience.Student(Dana)).ShouldBeEmpty();
    }

    [Fact]
    public void Feedback_on_it_goes_to_all_who_made_it_also_when_one_has_another_phone_now()
    {
        Together();
        var id = Feedback(_saule);
        Refused(Teacher, new RequestFeedback(Guid.CreateVersion7(), Aidar, "s4")).ShouldBe("feedback-exists", "it is one work");
        Ok(Aidar, new RequestDevice(Dana));
        Ok(Teacher, new ApproveDevice(Aidar, Dana));
        Entities("feedback", Audience.Student(_saule)).Count.ShouldBe(1);
        Entities("feedback", Audience.Student(Aidar)).Count.ShouldBe(1);
        Entities("feedback", Audience.Student(Ivan)).ShouldBeEmpty();
        Ok(Aidar, new ReplyToFeedback(id, "рақмет"));
        Refused(Ivan, new ReplyToFeedback(id, "рақмет")).ShouldBe("no-such-feedback");
        Ok(Aidar, new ReviseWork("s4"));
    }

    [Fact]
    public void Both_revise_and_hand_in_again_together()
    {
        Together();
        Feedback(Aidar);
        Both(new ReviseWork("s4")).Facts.Length.ShouldBe(2);
        Together("бұл енді төрт сөз");
        Run.State.Works.Values.ShouldAllBe(w => w.Version == 2 && w.With.Length == 1);
        Ok(Teacher, new RequestFeedback(Guid.CreateVersion7(), _saule, "s4"));
    }

    [Fact]
    public void Who_wrote_alone_keeps_its_own_words_and_hands_them_in_alone()
    {
        Ok(_saule, Draft("менің өз сөзім"));
        Together();
        Run.State.Works[new(_saule, "s4")].Text.ShouldBe("менің өз сөзім");
        Run.State.Works[new(_saule, "s4")].Status.ShouldBe(WorkStatus.Draft);
        Work(Aidar).With.ShouldBeNull();
        Ok(_saule, new HandIn("s4"));
        Work(_saule).With.ShouldBeNull();
    }

    [Fact]
    public void One_of_them_forgotten_the_others_keep_what_was_made_together_without_that_name()
    {
        Together();
        Feedback(_saule);
        Ok(Teacher, new GiveMark(Aidar, "s4", 5));
        Ok(Teacher, new ForgetStudent(Aidar, ForgetReason.Family)).Effects.OfType<DestroyKey>().Single().StudentId.ShouldBe(Aidar);
        Run.State.Works.Keys.ShouldBe([new WorkKey(_saule, "s4")]);
        Work(_saule).Text.ShouldBe("бұл үш сөз");
        Work(_saule).With.ShouldBeNull();
        Run.State.Feedbacks.Values.Single().With.ShouldBeEmpty();
        ((MeEntity)Entities("me", Audience.Student(_saule)).Single().Value!).Sharing.ShouldBeNull();
        Run.History.Where(f => f.Fact is DraftSaved).Select(f => f.Meta.By.Id).ShouldBe([Aidar, _saule], "each has it under its own key");
        System.Text.Encoding.UTF8.GetString(LessonSnapshot.Encode(Run.State with { Forgotten = Run.State.Forgotten.Clear() })).ShouldNotContain(Aidar.ToString());
    }

    [Fact]
    public void A_cry_for_help_on_a_shared_phone_is_noticed_once_and_answered_on_that_phone()
    {
        var said = Run.Do(new(Guid.CreateVersion7(), new Actor(Role.Student, Aidar), Draft("мені ұрады"), Device, [_saule, Aidar]), isDistress: static t => t.Contains("ұрады", StringComparison.Ordinal)).Decision;
        said.Facts.OfType<IncidentRecorded>().Single().StudentId.ShouldBe(_saule);
        Entities("care", Audience.Student(Aidar)).Count.ShouldBe(1);
        Entities("care", Audience.Student(Dana)).ShouldBeEmpty();
    }

    private void Together(string text = "бұл үш сөз")
    {
        Both(Draft(text)).Refusal.ShouldBeNull();
        Both(new HandIn("s4")).Refusal.ShouldBeNull();
    }

    private Decision Both(Command command) => Run.Do(new(Guid.CreateVersion7(), new Actor(Role.Student, Aidar), command, Device, [Aidar, _saule])).Decision;

    private Guid Feedback(Guid of)
    {
        var id = Guid.CreateVersion7();
        Ok(Teacher, new RequestFeedback(id, of, "s4"));
        Ok(Actor.System, new DraftFeedback(id, [new("d1", Verdict.Met, "үш", "Жалғастыр")], 0, RandomLesson.Model));
        Ok(Teacher, new OpenFeedback(id));
        Ok(Teacher, new ReleaseFeedback([id]));
        return id;
    }

    private static SaveDraft Draft(string text) => new("s4", text, "өзім", "ойландым", []);

    private WorkEntity Work(Guid student) => (WorkEntity)Entities("work").Single(e => e.Id == $"{student}/s4").Value!;
}
