namespace Classroom.Lessons.Tests;

/// <summary>A phone stays its children's whoever of them leaves it, and what one of them wrote alone or was answered alone is that one's.</summary>
public sealed class PhoneOfManyRules : LessonTest
{
    private static readonly Guid Device = new("d1000000-0000-7000-8000-000000000001");
    private static readonly Guid Browser = new("b1000000-0000-7000-8000-000000000001");
    private static readonly Guid Aidar = new("00000000-0000-7000-8000-0000000000a1");
    private readonly Guid _saule;

    public PhoneOfManyRules()
    {
        Ok(Aidar, Take("Айдар") with { Others = [new("Сәуле", false)] });
        _saule = Named("Сәуле");
    }

    [Fact]
    public void Forgetting_a_child_erases_its_reply_to_feedback_that_two_have_and_no_other_reply()
    {
        Together();
        var id = Feedback(_saule);
        For(new ReplyToFeedback(id, "менің сырым"), Aidar).Refusal.ShouldBeNull();
        Run.State.Feedbacks[id].ReplyBy.ShouldBe(Aidar);
        Ok(Teacher, new ForgetStudent(Aidar, ForgetReason.Family));
        (Run.State.Feedbacks[id].Reply, Run.State.Feedbacks[id].ReplyBy).ShouldBe((null, null));
        Run.Text(View.Of(Run.State, Audience.Teacher)).ShouldNotContain("сырым");
        System.Text.Encoding.UTF8.GetString(LessonSnapshot.Encode(Run.State)).ShouldNotContain("сырым");
        Ok(_saule, new ReplyToFeedback(id, "рақмет"));
        Ok(Teacher, new ForgetStudent(Ivan, ForgetReason.Family));
        Run.State.Feedbacks[id].Reply.ShouldBe("рақмет");
    }

    [Fact]
    public void A_second_child_replies_to_its_own_feedback_by_the_ticket_of_the_first()
    {
        Start("s4");
        For(Draft("менің өз сөзім"), _saule).Refusal.ShouldBeNull();
        For(new HandIn("s4"), _saule).Refusal.ShouldBeNull();
        var id = Feedback(_saule);
        For(new ReplyToFeedback(id, "рақмет")).Refusal!.Code.ShouldBe("no-such-feedback", "the first has none");
        For(new ReplyToFeedback(id, "рақмет"), _saule).Refusal.ShouldBeNull();
        Run.State.Feedbacks[id].ReplyBy.ShouldBe(_saule);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_second_name_sent_again_is_one_child_and_taken_as_the_first_time(bool waits)
    {
        if (waits)
        {
            Ok(Teacher, new SetEntrance(true));
        }

        var share = new Envelope(Guid.CreateVersion7(), Student(Aidar), new ShareSeat("Тимур"), Device);
        Run.Do(share).Decision.Facts.Length.ShouldBe(1);
        Run.Do(share).Decision.ShouldBe(Decision.Nothing);
        Ok(Teacher, new RenameStudent(Dana, "Дания"));
        Run.Do(share).Decision.ShouldBe(Decision.Nothing);
        Run.Do(share with { By = Student(Dana), DeviceId = null }).Decision.Refusal!.Code.ShouldBe("bad-id");
        Run.Do(share with { Command = new RaiseHand("") }).Decision.Refusal!.Code.ShouldBe("bad-id");
        (Run.State.Seats.Count + Run.State.Entries.Count).ShouldBe(5);
    }

    [Theory]
    [InlineData("removed")]
    [InlineData("forgotten")]
    [InlineData("moved")]
    public void The_ticket_of_a_child_that_left_is_the_next_ones_on_that_phone_and_only_there(string how)
    {
        Start("s1");
        Ok(Teacher, new AskQuestion("q1"));
        var other = Guid.CreateVersion7();
        var changes = how switch
        {
            "removed" => Changes(new RemoveStudent(Aidar)),
            "forgotten" => Changes(new ForgetStudent(Aidar, ForgetReason.Mistake)),
            _ => Moved(other),
        };
        changes.Left.ShouldBe([new StudentDevice(Aidar, Device)]);
        For(new GiveAnswer("q1", ["a"], null, null)).Refusal.ShouldBeNull();
        Run.State.Questions["q1"].Answers.Keys.Single().StudentId.ShouldBe(_saule);
        Run.History[^1].Meta.By.Id.ShouldBe(_saule, "it is stored as hers, under her key");
        For(new GiveAnswer("q1", ["b"], null, null), Aidar).Refusal!.Code.ShouldBe("not-on-phone");
        Lesson.SpeakerOf(Run.State, Student(Aidar), Device).Id.ShouldBe(_saule);
        Lesson.SpeakerOf(Run.State, Student(Dana), Device).Id.ShouldBe(_saule, "a ticket that names this phone");
        Lesson.SpeakerOf(Run.State, Student(Aidar), null).Id.ShouldBe(Aidar);
        Lesson.SpeakerOf(Run.State, Teacher, Device).ShouldBe(Teacher);
        Lesson.SpeakerOf(Run.State, Student(Aidar), Guid.CreateVersion7()).Id.ShouldBe(Aidar);
        Lesson.SpeakerOf(Run.State, Student(Aidar), other).Id.ShouldBe(Aidar);
        Ok(Teacher, new RemoveStudent(_saule));
        For(new GiveAnswer("q1", ["b"], null, null)).Refusal!.Code.ShouldBe(how == "moved" ? "device-unknown" : "no-seat");

        AudienceChanges Moved(Guid to)
        {
            Ok(Aidar, new RequestDevice(to));
            return Changes(new ApproveDevice(Aidar, to));
        }
    }

    [Fact]
    public void What_the_first_sent_before_it_left_is_not_done_again_for_the_next()
    {
        Start("s1");
        Ok(Teacher, new AskQuestion("q1"));
        var said = new Envelope(Guid.CreateVersion7(), Student(Aidar), new GiveAnswer("q1", ["a"], null, null), Device);
        Run.Do(said).Decision.Facts.Length.ShouldBe(1);
        Ok(Teacher, new RemoveStudent(Aidar));
        Run.Do(said).Decision.ShouldBe(Decision.Nothing);
        Run.State.Questions["q1"].Answers.Keys.Single().StudentId.ShouldBe(Aidar);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_comes_back_with_another_name_brings_that_child_to_its_phone(bool atTheDoor)
    {
        var back = Dana;
        if (atTheDoor)
        {
            Ok(Teacher, new SetEntrance(true));
            back = Guid.CreateVersion7();
            Ok(back, Take("Ербол") with { DeviceId = Browser, BrowserId = Ivan });
        }

        var take = Take(atTheDoor ? "Ербол" : "Дана") with { DeviceId = Guid.CreateVersion7(), BrowserId = null, Others = [new("Тимур", false)] };
        Ok(back, take);
        var device = atTheDoor ? Run.State.Entries[back].DeviceId : Run.State.Seats[Dana].DeviceId;
        (atTheDoor ? Run.State.Entries.Values.Single(e => e.Nickname == "Тимур").DeviceId : Run.State.Seats[Named("Тимур")].DeviceId).ShouldBe(device);
        Run.Do(By(back, take)).Decision.ShouldBe(Decision.Nothing, "both are there");
        var refused = Run.Do(By(back, take with { Others = [new("тимур", false), new("Иван", false)] })).Decision.Refusal!;
        (refused.Code, refused.Args["name"]).ShouldBe(("nickname-taken", "Иван"));
        Refused(back, take with { Others = [new("А", false), new("Б", false)] }).ShouldBe("phone-full");
    }

    [Theory]
    [InlineData("reflection")]
    [InlineData("own")]
    [InlineData("sources")]
    [InlineData("text")]
    public void What_one_has_written_apart_in_any_part_is_neither_overwritten_nor_handed_in_by_the_others(string part)
    {
        Start("s4");
        Both(Draft("бұл үш сөз")).Facts.Length.ShouldBe(2);
        var own = Draft("бұл үш сөз") is var same && part switch
        {
            "reflection" => same with { Reflection = "маған қиын болды" },
            "own" => same with { OwnContribution = "суретін салдым" },
            "sources" => same with { Sources = ["ата"] },
            _ => same with { Text = "басқа үш сөз" },
        } is var hers ? hers : same;
        For(own, _saule).Refusal.ShouldBeNull();
        Both(Draft("бұл енді төрт сөз")).Facts.Length.ShouldBe(1);
        Both(new HandIn("s4")).Facts.Length.ShouldBe(1);
        var work = Run.State.Works[new(_saule, "s4")];
        (work.Text, work.OwnContribution, work.Reflection, work.Status).ShouldBe((own.Text, own.OwnContribution, own.Reflection, WorkStatus.Draft));
        Run.State.Works[new(Aidar, "s4")].With.ShouldBeEmpty();
    }

    [Fact]
    public void What_the_first_wrote_alone_is_not_given_to_who_has_written_nothing_until_that_one_takes_it()
    {
        Start("s4");
        For(Draft("өзім жазған сөз"), Aidar).Refusal.ShouldBeNull();
        Both(Draft("өзім жазған сөз және")).Facts.Length.ShouldBe(1);
        Both(new HandIn("s4")).Facts.Length.ShouldBe(1);
        Run.State.Works.Keys.ShouldBe([new WorkKey(Aidar, "s4")]);
    }

    [Fact]
    public void Who_takes_what_another_wrote_writes_on_together_with_it()
    {
        Start("s4");
        For(Draft("өзім жазған сөз"), Aidar).Refusal.ShouldBeNull();
        For(Draft("өзім жазған сөз"), _saule).Refusal.ShouldBeNull();
        Both(Draft("бірге жазған сөз")).Facts.Length.ShouldBe(2);
        Both(new HandIn("s4")).Facts.Length.ShouldBe(2);
        Run.State.Works[new(_saule, "s4")].With.ShouldBe([Aidar]);
    }

    [Fact]
    public void A_second_child_asks_the_tutor_as_itself_and_its_answer_is_read_on_that_phone_alone()
    {
        Start("s4");
        For(Draft("менің өз сөзім"), _saule).Refusal.ShouldBeNull();
        var id = Guid.CreateVersion7();
        For(new AskTutor(id, "s4", "Неге?"), Aidar).Refusal!.Code.ShouldBe("own-draft-first");
        For(new AskTutor(id, "s4", "Неге?"), _saule).Refusal.ShouldBeNull();
        Run.State.Exchanges[id].StudentId.ShouldBe(_saule);
        Ok(Actor.System, new AnswerStudent(id, "Өзің қалай ойлайсың?", [], RandomLesson.Model));
        ((ExchangeEntity)Entities("exchange", Audience.Student(Aidar)).Single().Value!).StudentId.ShouldBe(_saule);
        Entities("thread", Audience.Student(Aidar)).Single().Id.ShouldBe(_saule.ToString());
        Entities("exchange", Audience.Student(Dana)).ShouldBeEmpty();
        Entities("exchange").ShouldBeEmpty("nor does the teacher, without a reason");
        Ok(_saule, new RequestDevice(Dana));
        Ok(Teacher, new ApproveDevice(_saule, Dana));
        Entities("exchange", Audience.Student(Aidar)).ShouldBeEmpty("it went with her");
    }

    private void Together()
    {
        Start("s4");
        Both(Draft("бұл үш сөз")).Refusal.ShouldBeNull();
        Both(new HandIn("s4")).Refusal.ShouldBeNull();
    }

    private Guid Feedback(Guid of)
    {
        var id = Guid.CreateVersion7();
        Ok(Teacher, new RequestFeedback(id, of, "s4"));
        Ok(Actor.System, new DraftFeedback(id, [new("d1", Verdict.Met, "", "Жалғастыр")], 0, RandomLesson.Model));
        Ok(Teacher, new OpenFeedback(id));
        Ok(Teacher, new ReleaseFeedback([id]));
        return id;
    }

    private AudienceChanges Changes(Command command) => Run.Do(new(Guid.CreateVersion7(), Teacher, command)).AudienceChanges!;

    private Guid Named(string nickname) => Run.State.Seats.Values.Single(s => s.Nickname == nickname).StudentId;

    private Decision Both(Command command) => For(command, Aidar, _saule);

    private Decision For(Command command, params Guid[] children) =>
        Run.Do(new(Guid.CreateVersion7(), Student(Aidar), command, Device, [.. children])).Decision;

    private static Actor Student(Guid id) => new(Role.Student, id);

    private static TakeSeat Take(string name) => new(name, Language.Kk, Level.Simple, Device, false, Browser, 3);

    private static SaveDraft Draft(string text) => new("s4", text, "өзім", "ойландым", []);
}
