namespace Classroom.Kits.Tests;

using static KitErrorCodes;

/// <summary>A question that comes back, what is got ready an hour before, and the hints that a teacher sees at the step.</summary>
public class ReturningRulesTests
{
    private const string Back = "        questions:\n          - id: q-back\n            returns: q-single\n";

    private static Breaking With(string back) => Breaking.TheSample.Replace("        explanations:\n", back + "        explanations:\n");

    [Fact]
    public void It_is_asked_word_for_word_and_has_an_id_of_its_own()
    {
        var plan = KitLoader.Parse(With(Back).Yaml).Kit.ShouldNotBeNull().Lessons[0].Plan;
        var (first, back) = (plan.Steps[0].Questions[0], plan.Steps[2].Questions[0]);
        back.ShouldBe(first with { Id = "s-explain.q-back", Returns = "s-ask.q-single" });
    }

    [Fact]
    public void One_of_an_id_that_is_not_before_it()
    {
        With(Back.Replace("q-single", "q-none", StringComparison.Ordinal)).ShouldFail(UnknownQuestion, "lessons[0].steps[2].questions[0].returns", "            returns: q-none");
        With(Back.Replace("q-single", "q-back", StringComparison.Ordinal)).Errors.ShouldHaveSingleItem().Code.ShouldBe(UnknownQuestion, "nor itself");
    }

    [Fact]
    public void Its_words_cannot_be_others() =>
        With(Back + "            kind: open\n").ShouldFail(FieldNotHere, "lessons[0].steps[2].questions[0].kind", "            kind: open", "q-back");

    [Fact]
    public void What_an_author_wrote_for_the_teacher_is_in_the_plan()
    {
        var plan = KitLoader.Parse(Breaking.TheSample.Replace("        en: Paper\n", "        en: Paper\n        hourBefore: true\n").Yaml).Kit.ShouldNotBeNull().Lessons[0].Plan;
        plan.Preparation!.Materials.ShouldHaveSingleItem().ShouldBe(new MaterialPlan(new("Қағаз", "Бумага", "Paper"), true));
        plan.Preparation.Goals.ShouldHaveSingleItem().En.ShouldBe("Goal");
        KitLoader.Parse(Sample.Yaml).Kit!.Lessons[0].Plan.Preparation!.Materials[0].HourBefore.ShouldBeNull();
        Breaking.TheSample.Replace("        en: Paper\n", "        en: Paper\n        hourBefore: yes\n").Errors.ShouldHaveSingleItem().Code.ShouldBe(WrongType);
    }

    [Fact]
    public void Hints_of_a_step_are_in_its_plan()
    {
        var steps = KitLibrary.LoadAll(KitLibrary.ShippedFolder).Find("photosynthesis")!.Lessons[0].Steps;
        steps.ShouldContain(s => s.Hints.Count > 0);
        foreach (var step in steps)
        {
            (step.Plan.Hints ?? []).ShouldBe(step.Hints);
        }
    }
}
