namespace Classroom.Lessons.Tests;

/// <summary>A text that is bad, and a model that is to be asked again later.</summary>
public sealed class RetryRules : LessonTest
{
    [Fact]
    public void A_whole_text_of_a_model_is_discarded_by_the_teacher_and_asked_for_anew()
    {
        Start("s2");
        var id = Guid.CreateVersion7();
        Ok(Teacher, new RequestExplanation(id, "s2", "t1", null, ExplainMode.Plain, null, null, []));
        Ok(Actor.System, new FinishVariant(id, "kk-standard", "Бір.", [4], new("local", "m", "explain@2", 30, 5, false)));
        Ok(Actor.System, new FinishVariant(id, "kk-simple", "Екі.", [4], RandomLesson.Source with { Provider = Provenance.PreparedProvider }));
        Refused(Teacher, new RetryExplanation(id, null, Continue: false, Discard: true)).ShouldBe("no-such-variant", "which text is said");
        Refused(Teacher, new RetryExplanation(id, "kk-simple", Continue: false, Discard: true)).ShouldBe("no-such-variant", "what an author wrote is the kit's");
        Refused(Teacher, new RetryExplanation(id, "ru-standard", Continue: false, Discard: true)).ShouldBe("no-such-variant", "it is being told");
        var stream = Ok(Teacher, new RetryExplanation(id, "kk-standard", Continue: true, Discard: true)).Effects.OfType<StreamExplanation>().Single();
        stream.Starts.Single(s => s.Variant == "kk-standard").ShouldBe(new VariantStart("kk-standard", 2, "", [], Discards: "Бір."), "from the beginning, in another epoch");
        stream.Starts.Where(s => s.Variant != "kk-standard").ShouldAllBe(s => s.Discards == null);
        Run.State.Explanations[id].Completed.Keys.ShouldBe(["kk-simple"]);
        Refused(Teacher, new RetryExplanation(id, "kk-standard", Continue: false, Discard: true)).ShouldBe("no-such-variant", "twice");
    }

    [Fact]
    public void A_failure_says_when_the_model_may_be_asked_again_where_that_is_known()
    {
        Start("s2");
        var id = Guid.CreateVersion7();
        Ok(Teacher, new RequestExplanation(id, "s2", "t1", null, ExplainMode.Plain, null, null, []));
        Ok(Actor.System, new FailVariant(id, "kk-standard", "tutor-busy", "", [], RandomLesson.Source, AgainInSeconds: 30));
        Ok(Actor.System, new FailVariant(id, "kk-simple", "tutor-cut", "Бір.", [4], RandomLesson.Source));
        var failed = Run.State.Explanations[id].Completed;
        failed["kk-standard"].AgainAt.ShouldNotBeNull().ShouldBeGreaterThan(Run.State.Explanations[id].StartedAt.AddSeconds(29));
        failed["kk-simple"].AgainAt.ShouldBeNull();
        var seen = (ExplanationEntity)Entities("explanation", Audience.Teacher).Single().Value!;
        seen.Variants.Single(v => v.Variant == "kk-standard").AgainAt.ShouldBe(failed["kk-standard"].AgainAt);
    }

    [Fact]
    public void A_prepared_text_that_stood_in_is_asked_of_the_model_again_while_there_is_one()
    {
        Start("s2");
        var id = Guid.CreateVersion7();
        Ok(Teacher, new RequestExplanation(id, "s2", "t1", null, ExplainMode.Plain, null, null, []));
        var prepared = RandomLesson.Source with { Provider = Provenance.PreparedProvider, Cause = null };
        Ok(Actor.System, new FinishVariant(id, "kk-standard", "Бір.", [4], prepared with { Cause = "tutor-busy", AgainInSeconds = 30 }));
        Ok(Actor.System, new FinishVariant(id, "kk-simple", "Екі.", [4], prepared));
        Ok(Actor.System, new FinishVariant(id, "ru-standard", "Раз.", [4], new("local", "m", "explain@2", 30, 5, false)));
        Effects(new RetryExplanation(id, null, Continue: true)).ShouldBeEmpty("it is whole: there is nothing to continue");
        Ok(Teacher, new SwitchAi(false));
        Effects(new RetryExplanation(id, null, Continue: false)).ShouldBeEmpty("the same words would come");
        Ok(Teacher, new SwitchAi(true));
        var starts = Ok(Teacher, new RetryExplanation(id, null, Continue: false)).Effects.OfType<StreamExplanation>().Single().Starts;
        starts.Single(s => s.Variant == "kk-standard").Epoch.ShouldBe(2, "from the beginning");
        Run.State.Explanations[id].Completed.Keys.ShouldBe(["kk-simple", "ru-standard"], ignoreOrder: true);

        IReadOnlyList<Effect> Effects(Command command) => Run.Do(new(Guid.CreateVersion7(), Teacher, command)).Decision.Effects;
    }

    // With AI off the author's text is told instead, and of own words there is none.
    [Fact]
    public void With_AI_off_nothing_is_asked_of_a_model_again()
    {
        Start("s2");
        var planned = Guid.CreateVersion7();
        Ok(Teacher, new RequestExplanation(planned, "s2", "t1", null, ExplainMode.Plain, null, null, []));
        Ok(Actor.System, new FinishVariant(planned, "kk-standard", "Бір.", [4], new("local", "m", "explain@2", 30, 5, false)));
        Ok(Teacher, new SwitchAi(false));
        Ok(Teacher, new RetryExplanation(planned, "kk-standard", Continue: false, Discard: true)).Effects.OfType<StreamExplanation>().Single().Order.AiOn.ShouldBeFalse();
        Ok(Actor.System, new RestartVariants(planned, [new("kk-simple", Run.State.Explanations[planned].EpochOf("kk-simple"), "", [])])).Effects.OfType<StreamExplanation>().Single().Order.AiOn.ShouldBeFalse();
    }

    [Fact]
    public void What_was_discarded_is_known_until_the_end_and_told_to_whoever_begins_anew()
    {
        Start("s2");
        var id = Guid.CreateVersion7();
        Ok(Teacher, new RequestExplanation(id, "s2", "t1", null, ExplainMode.Plain, null, null, []));
        foreach (var text in new[] { "Бір.", "Екі." })
        {
            Ok(Actor.System, new FinishVariant(id, "kk-standard", text, [4], new("local", "m", "explain@2", 30, 5, false)));
            Ok(Teacher, new RetryExplanation(id, "kk-standard", Continue: false, Discard: true));
            // As after a crash: what is begun again is made of the facts alone.
            Run.State.Explanations[id].Rest(aiOn: true).Starts.Single(s => s.Variant == "kk-standard").Discards.ShouldBe(text);
        }

        Ok(Actor.System, new FinishVariant(id, "kk-standard", "Үш.", [4], new("local", "m", "explain@2", 30, 5, false)));
        Run.State.Explanations[id].Discarded.ShouldBe([new("kk-standard", "Бір."), new("kk-standard", "Екі.")]);
        Run.History.Aggregate(LessonState.Empty, (s, h) => Lesson.Apply(s, h)).Explanations[id].Discarded.Length.ShouldBe(2);
    }

    [Fact]
    public void Candidates_feedback_and_a_private_answer_say_when_the_model_may_be_asked_again_prepared_ones_too()
    {
        Start("s2");
        Ok(Teacher, new GoToStep("s3"));
        Ok(Teacher, new RequestPrompts("s3"));
        Ok(Actor.System, new FailPrompts("s3", "tutor-busy", 0, 30));
        var at = ((PromptsEntity)Entities("prompts").Single().Value!).AgainAt.ShouldNotBeNull();
        at.ShouldBe(Run.History[^1].Meta.At.AddSeconds(30));
        Ok(Teacher, new RequestPrompts("s3"));
        ((PromptsEntity)Entities("prompts").Single().Value!).AgainAt.ShouldBeNull("it is being asked");
        var instead = RandomLesson.Source with { Provider = Provenance.PreparedProvider, Cause = "tutor-busy", AgainInSeconds = 20 };
        Ok(Actor.System, new ProposePrompts("s3", [new("p", Trilingual.Same("?"), Trilingual.Same("x"), Trilingual.Same("x"), 5, [], Trilingual.Same("x"))], instead));
        ((PromptsEntity)Entities("prompts").Single().Value!).AgainAt.ShouldBe(Run.History[^1].Meta.At.AddSeconds(20));

        var exchange = Guid.CreateVersion7();
        Ok(Teacher, new SetAiPolicy("s2", AiPolicy.Ask));
        Ok(Dana, new AskTutor(exchange, "s2", "Неге?"));
        Ok(Actor.System, new FailStudent(exchange, "tutor-busy", [], 0, 30));
        ((ExchangeEntity)Entities("exchange", Audience.Student(Dana)).Single().Value!).AgainAt.ShouldBe(Run.History[^1].Meta.At.AddSeconds(30));

        Ok(Teacher, new GoToStep("s4"));
        HandIn();
        var feedback = Guid.CreateVersion7();
        Ok(Teacher, new RequestFeedback(feedback, Dana, "s4"));
        Ok(Actor.System, new FailFeedback(feedback, "tutor-busy", 0, 30));
        ((FeedbackEntity)Entities("feedback").Single().Value!).AgainAt.ShouldBe(Run.History[^1].Meta.At.AddSeconds(30));
        feedback = Guid.CreateVersion7();
        Ok(Teacher, new RequestFeedback(feedback, Dana, "s4"));
        Ok(Actor.System, new DraftFeedback(feedback, [new("d1", null, "", "Қос")], 0, instead));
        Ok(Teacher, new OpenFeedback(feedback));
        Ok(Teacher, new ReleaseFeedback([feedback]));
        ((FeedbackEntity)Entities("feedback", Audience.Student(Dana)).Single().Value!).AgainAt.ShouldBeNull("it is the teacher's to ask");
    }
}
