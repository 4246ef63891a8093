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
}
