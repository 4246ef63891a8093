namespace Classroom.Lessons.Tests;

/// <summary>Who comes late in a variant that nobody has gets it without a press, and holds nobody up.</summary>
public sealed class LateVariantRules : LessonTest
{
    private static readonly Guid Tom = new("00000000-0000-7000-8000-00000000007a");

    [Fact]
    public void A_latecomers_missing_variant_is_begun_without_a_press()
    {
        var id = Explained();
        var stream = Come().Effects.OfType<StreamExplanation>().Single();
        stream.Order.Variants.ShouldBe([new Variant(Language.En, Level.Advanced)], "the others are told already");
        stream.Starts.Select(s => (s.Variant, s.Epoch, s.Text)).ShouldBe([("en-advanced", 1, "")]);
        Run.State.Explanations[id].Order.Variants.Length.ShouldBe(4);
        Shown(id).Variants.Single(v => v.Variant == "en-advanced").Status.ShouldBe(ExplanationStatus.Running);
    }

    [Fact]
    public void Who_changes_language_gets_the_text_in_it_and_a_variant_that_is_there_is_not_begun_twice()
    {
        var id = Explained();
        Ok(Dana, new ChangePreferences(Language.Ru, Level.Standard)).Effects.ShouldBeEmpty("Ivan reads that already");
        Ok(Dana, new ChangePreferences(Language.En, Level.Simple)).Effects.OfType<StreamExplanation>().Single().Order.ExplanationId.ShouldBe(id);
        Ok(Dana, new ChangePreferences(Language.Kk, Level.Simple)).Effects.ShouldBeEmpty();
        Ok(Dana, new ChangePreferences(Language.En, Level.Simple)).Effects.ShouldBeEmpty("it is on its way");
    }

    [Fact]
    public void Who_is_let_in_at_the_door_gets_it_then()
    {
        Explained();
        Ok(Teacher, new SetEntrance(true));
        Come().Effects.ShouldBeEmpty("it is not in yet");
        Ok(Teacher, new Admit([Tom])).Effects.OfType<StreamExplanation>().Single().Order.Variants.ShouldBe([new Variant(Language.En, Level.Advanced)]);
    }

    [Fact]
    public void The_teacher_explains_the_next_thing_while_a_latecomers_text_is_still_written()
    {
        var id = Explained();
        Come();
        Shown(id).Status.ShouldBe(ExplanationStatus.Finished);
        Ok(Teacher, new RequestExplanation(Guid.CreateVersion7(), "s2", "t1", null, ExplainMode.Simpler, null, null, []));
        Refused(Teacher, new RequestExplanation(Guid.CreateVersion7(), "s2", "t1", null, ExplainMode.Simpler, null, null, [])).ShouldBe("explanation-running", "the class waits for this one");
    }

    [Fact]
    public void A_late_variant_of_which_nothing_came_is_as_if_it_had_never_been_and_is_not_begun_again()
    {
        var id = Explained();
        Come();
        Ok(Tom, new PressConfusion(id, "en-advanced", 0));
        Entities("pressed", Audience.Student(Tom)).ShouldHaveSingleItem();
        Ok(Actor.System, new FailVariant(id, "en-advanced", "no-prepared-text", "", [], RandomLesson.Source));
        Shown(id).Variants.Select(v => v.Variant).ShouldNotContain("en-advanced", "its reader goes on with the board's text");
        Entities("pressed", Audience.Student(Tom)).ShouldBeEmpty("it was lost in a text that is not there");
        Entities("heat").ShouldAllBe(h => h.Value == null);
        Ok(Ivan, new ChangePreferences(Language.En, Level.Advanced)).Effects.ShouldBeEmpty();
        Ok(Ivan, new ChangePreferences(Language.En, Level.Simple)).Effects.OfType<StreamExplanation>().ShouldHaveSingleItem();
    }

    [Fact]
    public void An_explanation_gets_three_late_variants_at_most_with_those_of_which_nothing_came()
    {
        var id = Explained();
        Come();
        Ok(Actor.System, new FailVariant(id, "en-advanced", "no-prepared-text", "", [], RandomLesson.Source));
        Ok(Dana, new ChangePreferences(Language.En, Level.Simple)).Effects.ShouldHaveSingleItem();
        Ok(Dana, new ChangePreferences(Language.En, Level.Standard)).Effects.ShouldHaveSingleItem();
        Ok(Dana, new ChangePreferences(Language.Ru, Level.Advanced)).Effects.ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_begun_for_an_explanation_that_was_stopped_or_that_is_of_another_step_or_needs_a_model_that_is_off()
    {
        var id = Explained();
        Ok(Teacher, new GoToStep("s3"));
        Ok(Dana, new ChangePreferences(Language.En, Level.Simple)).Effects.ShouldBeEmpty("the class is elsewhere");
        Ok(Teacher, new GoToStep("s2"));
        var words = Guid.CreateVersion7();
        Ok(Teacher, new RequestExplanation(words, "s2", null, "Неге?", ExplainMode.Plain, null, null, []));
        Ok(Teacher, new SwitchAi(false));
        Ok(Dana, new ChangePreferences(Language.En, Level.Advanced)).Effects.ShouldBeEmpty("nothing is prepared for a teacher's own words");
        Ok(Teacher, new SwitchAi(true));
        Ok(Dana, new ChangePreferences(Language.En, Level.Standard)).Effects.OfType<StreamExplanation>().ShouldHaveSingleItem();
        Ok(Teacher, new StopExplanation(words));
        Ok(Dana, new ChangePreferences(Language.Ru, Level.Advanced)).Effects.ShouldBeEmpty("the teacher stopped it");
        Run.State.Explanations[id].Order.Variants.Length.ShouldBe(3);
    }

    [Fact]
    public void The_teacher_reads_the_very_sentence_on_which_somebody_is_lost_and_the_same_one_in_other_languages_where_the_author_wrote_them_so()
    {
        var id = Explained();
        Ok(Ivan, new PressConfusion(id, "ru-standard", 1));
        Ok(Dana, new PressConfusion(id, "kk-simple", 2));
        Heat(Audience.Teacher).Select(s => (s.Variant, s.Text)).ShouldBe([("kk-simple", "Үш."), ("ru-standard", "Екі.")]);
        Heat(Audience.Teacher)[1].Same!.Value.ShouldBe([new SentenceIn("kk-standard", "Екі.")]);
        Heat(Audience.Teacher)[0].Same.ShouldBeNull("no other language of this level is told");
        Heat(Audience.Board).ShouldAllBe(s => s.Text == null && s.Same == null);

        HeatEntity? After(Provenance by)
        {
            var other = Guid.CreateVersion7();
            Ok(Teacher, new RequestExplanation(other, "s2", "t1", null, ExplainMode.Plain, null, null, []));
            foreach (var variant in Run.State.Explanations[other].Order.Variants.Select(v => v.ToString()))
            {
                Ok(Actor.System, new FinishVariant(other, variant, "Бір. Екі. Үш.", [4, 9, 13], by));
            }

            Ok(Ivan, new PressConfusion(other, "ru-standard", 1));
            return (HeatEntity?)Entities("heat").Single(e => e.Id == other.ToString()).Value;
        }

        After(RandomLesson.Model)!.Spots.Single().ShouldSatisfyAllConditions(s => s.Text.ShouldBe("Екі."), s => s.Same.ShouldBeNull("a model wrote each by itself"));
    }

    private Decision Come() => Ok(Tom, new TakeSeat("Tom", Language.En, Level.Advanced, Guid.CreateVersion7(), false));

    private ExplanationEntity Shown(Guid id) => (ExplanationEntity)Entities("explanation").Single(e => e.Id == id.ToString()).Value!;

    private ImmutableArray<HeatSpot> Heat(Audience audience) => ((HeatEntity)Entities("heat", audience).Single().Value!).Spots;
}
