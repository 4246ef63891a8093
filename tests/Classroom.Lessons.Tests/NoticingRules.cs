namespace Classroom.Lessons.Tests;

/// <summary>A child that writes anywhere in a lesson that it is in danger: the teacher has an alarm that names the place, the child has words of care, and nobody else has either.</summary>
public sealed class NoticingRules : LessonTest
{
    private const string Cry = "мені ұрады";

    [Fact]
    public void An_answer_in_danger_is_an_alarm_with_its_place_and_care_for_that_child_alone()
    {
        Start("s1");
        Ok(Teacher, new AskQuestion("q2"));
        var id = Notice(Dana, new GiveAnswer("q2", [], null, Cry));
        var incident = (IncidentEntity)Entities("incident").Single(e => e.Id == id.ToString()).Value!;
        (incident.Ability, incident.Kind, incident.Category, incident.StepId, incident.StudentId).ShouldBe(("answer", "noticed", "distress", "s1", Dana));
        Entities("care", Audience.Student(Dana)).Single().Id.ShouldBe(Dana.ToString());
        Entities("care", Audience.Student(Ivan)).ShouldBeEmpty();
        Entities("care", Audience.Board).ShouldBeEmpty();
        Entities("care").ShouldBeEmpty();
        Entities("incident", Audience.Student(Dana)).ShouldBeEmpty();
        LessonJson.Encode([.. Entities("incident")]).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Cry)).ShouldBe(-1);
    }

    // Where nobody could be asked: the teacher has a line, once in a while for each child; no alarm, and no words of care.
    [Fact]
    public void What_is_not_certain_and_cannot_be_asked_is_a_quiet_line()
    {
        RecordIncident Line(Guid student, string kind = "uncertain") => new(Guid.CreateVersion7(), "hand", kind, "distress", "s1", student);
        Ok(Actor.System, Line(Dana));
        Ok(Actor.System, Line(Ivan));
        Run.Do(new(Guid.CreateVersion7(), Actor.System, Line(Dana))).Decision.Facts.ShouldBeEmpty();
        Entities("incident").Count.ShouldBe(2);
        Entities("incident", Audience.Student(Dana)).ShouldBeEmpty();
        Entities("care", Audience.Student(Dana)).ShouldBeEmpty();
        // An alarm is never kept back by it, and says more than a line after it.
        Ok(Actor.System, Line(Dana, "noticed"));
        Run.Do(new(Guid.CreateVersion7(), Actor.System, Line(Dana))).Decision.Facts.ShouldBeEmpty();
        Entities("care", Audience.Student(Dana)).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_raised_hand_is_looked_at_in_the_lobby_too() => Place(Notice(Dana, new RaiseHand(Cry))).ShouldBe("hand");

    [Fact]
    public void A_draft_is_looked_at_before_it_is_handed_in_and_each_sentence_once()
    {
        Start("s4");
        Place(Notice(Dana, new SaveDraft("s4", "Жапырақ. " + Cry + ".", "", "", []))).ShouldBe("work");
        Calm(Dana, new SaveDraft("s4", "Жапырақ. " + Cry + ". Ағаш.", "", "", []));
        Place(Notice(Dana, new SaveDraft("s4", "Жапырақ.", "", "тағы " + Cry, []))).ShouldBe("work");
        Place(Notice(Dana, new SaveDraft("s4", "Жапырақ.", Cry, "", []))).ShouldBe("work");
        Place(Notice(Dana, new SaveDraft("s4", "Жапырақ.", "", "", [Cry + " ия"]))).ShouldBe("work");
        Entities("care", Audience.Student(Dana)).ShouldHaveSingleItem();
    }

    [Fact]
    public void Of_pages_that_are_pasted_the_beginning_and_the_end_are_looked_at()
    {
        Start("s4");
        Place(Notice(Dana, new SaveDraft("s4", new string('а', 7000) + " " + Cry, "", "", []))).ShouldBe("work");
        Place(Notice(Dana, new SaveDraft("s4", Cry + " " + new string('а', 7000), "", "", []))).ShouldBe("work");
        Calm(Dana, new SaveDraft("s4", new string('б', 3000) + " " + Cry + " " + new string('а', 3000), "", "", []));
    }

    [Fact]
    public void An_idea_is_looked_at()
    {
        Start("s3");
        Ok(Teacher, new RequestPrompts("s3"));
        Ok(Actor.System, new ProposePrompts("s3", [RandomLesson.Prompt("p1")], RandomLesson.Source));
        Ok(Teacher, new PickPrompt("s3", "p1", null));
        Ok(Teacher, new FormTeams(2, false));
        Place(Notice(Dana, new Contribute(Guid.CreateVersion7(), "s3", Cry))).ShouldBe("idea");
    }

    [Fact]
    public void A_reply_to_feedback_is_looked_at()
    {
        var id = HandedIn();
        Ok(Actor.System, new DraftFeedback(id, [new("d1", Verdict.Met, "", "Мысал қос")], 0, RandomLesson.Source));
        Ok(Teacher, new OpenFeedback(id));
        Ok(Teacher, new ReleaseFeedback([id]));
        Place(Notice(Dana, new ReplyToFeedback(id, Cry))).ShouldBe("reply");
    }

    [Fact]
    public void Who_is_forgotten_leaves_the_alarm_without_a_name_and_takes_the_care_away()
    {
        Notice(Dana, new RaiseHand(Cry));
        Ok(Teacher, new RemoveStudent(Dana));
        Ok(Teacher, new ForgetStudent(Dana, ForgetReason.Family));
        ((IncidentEntity)Entities("incident").Single().Value!).StudentId.ShouldBeNull();
        Entities("care", Audience.Student(Dana)).ShouldBeEmpty();
    }

    // Before its own draft, where no AI is allowed, too long, after the end: the child said it all the same.
    [Fact]
    public void What_a_child_says_in_vain_is_an_alarm_and_stays_refused()
    {
        Start("s4");
        var tooEarly = new AskTutor(Guid.CreateVersion7(), "s4", Cry);
        var incident = Refused(Dana, tooEarly, "own-draft-first").ShouldHaveSingleItem().Incident;
        (incident.Ability, incident.Kind, incident.Category, incident.StepId, incident.StudentId).ShouldBe(("coach", "noticed", "distress", "s4", (Guid?)Dana));
        Ok(Actor.System, incident);
        Entities("care", Audience.Student(Dana)).ShouldHaveSingleItem();
        Refused(Dana, tooEarly with { ExchangeId = Guid.CreateVersion7() }, "own-draft-first").ShouldBeEmpty("who is refused tries again, and is seen already");
        Refused(Ivan, new AskTutor(Guid.CreateVersion7(), "s1", Cry), "ai-not-allowed").ShouldHaveSingleItem();
        Refused(Ivan, new RaiseHand(new string('а', 200) + Cry), "too-long").ShouldHaveSingleItem();
        Refused(Ivan, new RaiseHand(new string('а', 200)), "too-long").ShouldBeEmpty();
        Refused(Ivan, new RaiseHand(new string('а', 200) + Maybe), "too-long").ShouldBeEmpty();
        Ok(Teacher, new EndLesson());
        Refused(Ivan, new RaiseHand(Cry), "lesson-ended").ShouldHaveSingleItem().Incident.Ability.ShouldBe("hand");
        var late = Refused(Ivan, new AskTutor(Guid.CreateVersion7(), null!, null!), "lesson-ended");
        late.ShouldBeEmpty();
        Ok(Actor.System, new RecordIncident(Guid.CreateVersion7(), "hand", "noticed", "distress", "s4", Ivan));
        Run.Do(By(Guid.CreateVersion7(), new RaiseHand(Cry)), isDistress: IsDistress).Decision.Effects.ShouldBeEmpty("nobody of this lesson");
    }

    [Fact]
    public void Of_two_on_a_phone_it_is_the_one_who_said_it()
    {
        var (mate, phone) = (Guid.CreateVersion7(), Run.State.Seats[Dana].DeviceId);
        Ok(mate, new TakeSeat("Сәуле", Language.Kk, Level.Simple, phone, false));
        Start("s4");
        Ok(Teacher, new EndLesson());
        TellDanger Told(Guid child) => Run.Do(By(Dana, new AskTutor(Guid.CreateVersion7(), "s4", Cry)) with { For = [child] }, isDistress: IsDistress)
            .Decision.Effects.OfType<TellDanger>().ShouldHaveSingleItem();
        Told(mate).Incident.StudentId.ShouldBe(mate);
        Told(Dana).Incident.StudentId.ShouldBe(Dana);
        Run.Do(By(Dana, new AskTutor(Guid.CreateVersion7(), "s4", Cry)) with { For = [Ivan] }, isDistress: IsDistress).Decision.Effects.ShouldBeEmpty("of another phone");
    }

    [Fact]
    public void A_teachers_words_are_no_alarm()
    {
        Start("s4");
        Calm(Dana, new SaveDraft("s4", "Жапырақ жасыл.", "", "", []));
        Run.Do(new(Guid.CreateVersion7(), Teacher, new OpenTranscript(Dana, Cry)), isDistress: IsDistress).Decision.Facts.ShouldBeEmpty();
    }

    [Fact]
    public void Of_words_that_do_not_tell_the_tutor_is_asked_and_its_yes_is_the_same_alarm_once()
    {
        var envelope = By(Dana, new RaiseHand(Maybe));
        var decision = Run.Do(envelope, isDistress: IsDistress).Decision;
        decision.Facts.OfType<IncidentRecorded>().ShouldBeEmpty();
        var asked = decision.Effects.OfType<AskTutorForDanger>().ShouldHaveSingleItem();
        (asked.IncidentId, asked.Place, asked.StudentId, asked.Text).ShouldBe((envelope.CommandId, "hand", Dana, Maybe));
        Ok(Actor.System, asked.Incident);
        Place(envelope.CommandId).ShouldBe("hand");
        Entities("care", Audience.Student(Dana)).ShouldHaveSingleItem();
        Run.Do(new(Guid.CreateVersion7(), Actor.System, asked.Incident)).Decision.Facts.ShouldBeEmpty();
        Run.Do(new(Guid.CreateVersion7(), Actor.System, asked.Incident with { IncidentId = Guid.Empty })).Decision.Refusal.ShouldNotBeNull();
    }

    // What a question plainly says the tutor itself sees and answers.
    [Fact]
    public void Of_a_question_to_the_tutor_only_what_is_not_certain_is_asked()
    {
        Start("s4");
        Ok(Dana, new SaveDraft("s4", "менің өз сөзім осы", "", "", []));
        Ok(Ivan, new SaveDraft("s4", "это мои слова здесь", "", "", []));
        var decision = Run.Do(By(Dana, new AskTutor(Guid.CreateVersion7(), "s4", Maybe)), isDistress: IsDistress).Decision;
        decision.Effects.OfType<AskTutorForDanger>().ShouldHaveSingleItem().Place.ShouldBe("coach");
        decision.Effects.OfType<AskTutorForAnswer>().ShouldHaveSingleItem();
        Calm(Ivan, new AskTutor(Guid.CreateVersion7(), "s4", Cry));
    }

    private const string Maybe = "маған бәрібір енді";

    private static bool? IsDistress(string text) => text == Maybe ? null : text.Contains(Cry, StringComparison.Ordinal);

    private Guid Notice(Guid student, Command command)
    {
        var envelope = By(student, command);
        var decision = Run.Do(envelope, isDistress: IsDistress).Decision;
        decision.Refusal.ShouldBeNull();
        decision.Facts.OfType<IncidentRecorded>().ShouldHaveSingleItem().IncidentId.ShouldBe(envelope.CommandId);
        return envelope.CommandId;
    }

    private IEnumerable<TellDanger> Refused(Guid student, Command command, string code)
    {
        var decision = Run.Do(By(student, command), isDistress: IsDistress).Decision;
        (decision.Facts.IsEmpty, decision.Refusal?.Code).ShouldBe((true, code));
        return decision.Effects.OfType<TellDanger>();
    }

    private void Calm(Guid student, Command command)
    {
        var decision = Run.Do(By(student, command), isDistress: IsDistress).Decision;
        decision.Facts.ShouldNotBeEmpty();
        decision.Facts.OfType<IncidentRecorded>().ShouldBeEmpty();
    }

    private string Place(Guid incident) => Run.State.Incidents[incident].Ability;
}
