namespace Classroom.Lessons.Tests;

/// <summary>Without a model, or with AI off, only what is prepared can be asked for: nothing is shown that could only fail.</summary>
public sealed class WithoutAiRules : LessonTest
{
    public static TheoryData<bool, bool> NoAi => new() { { false, true }, { true, false }, { false, false } };

    [Theory]
    [MemberData(nameof(NoAi))]
    public void Own_words_are_refused_before_anything_is_shown_and_planned_topics_are_told(bool hasModel, bool aiOn)
    {
        Start("s2");
        Set(aiOn);
        Do(Teacher, OwnWords(Guid.CreateVersion7()), hasModel).ShouldBe("no-ai");
        Entities("explanation").ShouldBeEmpty();
        Do(Teacher, new RequestExplanation(Guid.CreateVersion7(), "s2", "t1", null, ExplainMode.Plain, null, null, []), hasModel).ShouldBeNull();
        Entities("explanation").Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(NoAi))]
    public void A_part_of_what_own_words_asked_for_and_its_retry_are_refused_too(bool hasModel, bool aiOn)
    {
        Start("s2");
        var id = Guid.CreateVersion7();
        Ok(Teacher, OwnWords(id));
        foreach (var variant in new[] { "kk-standard", "kk-simple", "ru-standard" })
        {
            Ok(Actor.System, new FailVariant(id, variant, "tutor-cut", "Бір.", [4], RandomLesson.Source));
        }

        Set(aiOn);
        Do(Teacher, new RetryExplanation(id, null, Continue: true), hasModel).ShouldBe("no-ai");
        Do(Teacher, new RequestExplanation(Guid.CreateVersion7(), "s2", null, null, ExplainMode.Life, id, "kk-simple", [0]), hasModel).ShouldBe("no-ai");
        Entities("explanation").Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(NoAi))]
    public void Nobody_asks_the_tutor_and_words_of_danger_are_let_through(bool hasModel, bool aiOn)
    {
        Start("s2");
        Ok(Teacher, new SetAiPolicy("s2", AiPolicy.Ask));
        Set(aiOn);
        var dana = new Actor(Role.Student, Dana);
        Do(dana, new AskTutor(Guid.CreateVersion7(), "s2", "Неге көк?"), hasModel).ShouldBe("no-ai");
        Run.State.Exchanges.ShouldBeEmpty();
        // Words of care need no model, and the teacher must know.
        Do(dana, new AskTutor(Guid.CreateVersion7(), "s2", "қауіп"), hasModel, static text => text == "қауіп").ShouldBeNull();
        Run.State.Exchanges.Count.ShouldBe(1);
    }

    // Whatever was under way when the teacher switched AI off: nobody reads it, and its tokens count.
    [Fact]
    public void What_a_model_answers_after_AI_was_switched_off_is_read_by_nobody()
    {
        var model = new Provenance("local", "m", "coach@1", 20, 5, false);
        var feedback = HandedIn();
        var exchange = Guid.CreateVersion7();
        Ok(Dana, new AskTutor(exchange, "s4", "Неге көк?"));
        Ok(Teacher, new RequestPrompts("s3"));
        var id = Guid.CreateVersion7();
        Ok(Teacher, new GoToStep("s2"));
        Ok(Teacher, new RequestExplanation(id, "s2", "t1", null, ExplainMode.Plain, null, null, []));
        Ok(Teacher, new SwitchAi(false)).Effects.ShouldHaveSingleItem().ShouldBeOfType<EndAi>().Explanations.ShouldBe([id]);
        Ok(Actor.System, new AnswerStudent(exchange, "Өзің қалай ойлайсың?", [], model));
        Ok(Actor.System, new DraftFeedback(feedback, [new("d1", Verdict.Met, "үш сөз", "Мысал қос")], 0, model));
        Ok(Actor.System, new ProposePrompts("s3", [RandomLesson.Prompt("p1")], model));
        (Run.State.Exchanges[exchange].Failure, Run.State.Exchanges[exchange].Answer).ShouldBe(("no-ai", null));
        (Run.State.Feedbacks[feedback].Status, Run.State.Feedbacks[feedback].Failure).ShouldBe((FeedbackStatus.Failed, "no-ai"));
        (Run.State.Discussions["s3"].Status, Run.State.Discussions["s3"].Failure).ShouldBe((PromptsStatus.Failed, "no-ai"));
        Run.State.Meter.Tokens.ShouldBe(3 * model.Tokens);
        // What is prepared is read.
        var prepared = model with { Provider = Provenance.PreparedProvider, Tokens = 0 };
        Ok(Teacher, new RequestPrompts("s3"));
        Ok(Actor.System, new ProposePrompts("s3", [RandomLesson.Prompt("p1")], prepared));
        Run.State.Discussions["s3"].Status.ShouldBe(PromptsStatus.Proposed);
        Ok(Teacher, new SwitchAi(true)).Effects.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_begun_again_asks_AI_only_while_it_is_on()
    {
        Start("s2");
        var id = Guid.CreateVersion7();
        Ok(Teacher, new RequestExplanation(id, "s2", "t1", null, ExplainMode.Plain, null, null, []));
        Ok(Actor.System, new FailVariant(id, "kk-simple", "tutor-cut", "Бір.", [4], RandomLesson.Source));
        Ok(Teacher, new StopExplanation(id));
        Set(aiOn: false);
        Ok(Teacher, new RetryExplanation(id, "kk-simple", Continue: false)).Effects.OfType<StreamExplanation>().Single().Order.AiOn.ShouldBeFalse();
    }

    [Fact]
    public void Stopped_and_gone_on_with_every_variant_starts_where_it_stopped_and_with_who_began_it()
    {
        Start("s2");
        var id = Guid.CreateVersion7();
        var prepared = RandomLesson.Source with { Provider = Provenance.PreparedProvider };
        Ok(Teacher, new RequestExplanation(id, "s2", "t1", null, ExplainMode.Plain, null, null, []));
        Ok(Teacher, new StopExplanation(id));
        Ok(Actor.System, new FailVariant(id, "kk-standard", "tutor-stopped", "Бір. Ек", [4, 7], prepared));
        Ok(Actor.System, new FailVariant(id, "kk-simple", "tutor-stopped", "Бір.", [4], prepared));
        Ok(Actor.System, new FailVariant(id, "ru-standard", "tutor-stopped", "", [], prepared with { Provider = "" }));
        var starts = Ok(Teacher, new RetryExplanation(id, null, Continue: true)).Effects.OfType<StreamExplanation>().Single().Starts;
        starts.Select(s => (s.Variant, s.Text, s.From?.Provider)).ShouldBe(
            [("kk-standard", "Бір. Ек", "prepared"), ("kk-simple", "Бір.", "prepared"), ("ru-standard", "", null)]);
    }

    [Theory]
    [InlineData("prepared")]
    [InlineData("")]
    [InlineData("openai")]
    public void The_meter_counts_what_a_model_used_whoever_spoke_in_the_end(string provider)
    {
        Start("s2");
        var id = Guid.CreateVersion7();
        Ok(Teacher, new RequestExplanation(id, "s2", "t1", null, ExplainMode.Plain, null, null, []));
        var before = Run.State.Meter;
        Ok(Actor.System, new FailVariant(id, "kk-standard", "tutor-stopped", "", [], new(provider, "", "", 40, 1, false, "output-withheld")));
        (Run.State.Meter.Tokens - before.Tokens, Run.State.Meter.Calls - before.Calls).ShouldBe((40, 1));
        Ok(Actor.System, new FailVariant(id, "kk-simple", "tutor-stopped", "Бір.", [4], new("prepared", "", "", 0, 1, false)));
        (Run.State.Meter.Tokens - before.Tokens, Run.State.Meter.Calls - before.Calls).ShouldBe((40, 1));
    }

    private static RequestExplanation OwnWords(Guid id) => new(id, "s2", null, "Неге?", ExplainMode.Plain, null, null, []);

    private void Set(bool aiOn)
    {
        if (!aiOn)
        {
            Ok(Teacher, new SwitchAi(false));
        }
    }

    private string? Do(Actor by, Command command, bool hasModel, Func<string, bool?>? isDistress = null) =>
        Run.Do(new(Guid.CreateVersion7(), by, command), isDistress: isDistress, hasModel: hasModel).Decision.Refusal?.Code;
}
