namespace Classroom.Kits.Tests;

/// <summary>The plan that a classroom opens with says what the author's file says; what is not in the plan stays in the kit.</summary>
public class PlanTests
{
    private static readonly Kit Kit = KitLoader.Parse(Sample.Yaml).Kit!;

    private static LessonPlan Plan => Kit.Lessons[0].Plan;

    [Fact]
    public void A_plan_names_the_file_that_it_is_from() =>
        (Plan.KitId, Plan.KitVersion, Plan.KitHash, Plan.LessonId).ShouldBe((Kit.Id, Kit.Version, Kit.Hash, Kit.Lessons[0].Id));

    [Fact]
    public void A_plan_has_every_step_with_its_kind_and_its_time()
    {
        Plan.Steps.ShouldBe(Kit.Lessons[0].Steps.Select(s => s.Plan));
        Plan.Steps.Select(s => (s.Id, s.Kind)).ShouldBe(
        [
            ("s-ask", StepKind.Ask), ("s-unplugged", StepKind.Unplugged), ("s-explain", StepKind.Explain), ("s-discuss", StepKind.Discuss),
            ("s-make", StepKind.Make),
        ]);
        Plan.Steps.Sum(s => s.Minutes).ShouldBe(Plan.Minutes);
        Plan.Steps.Select(s => s.HasPrompts).ShouldBe([false, false, false, true, false]);
        Plan.Steps[1].Devices.ShouldBeFalse();
        Plan.Steps[2].Topics.Select(t => (t.Id, t.Topic.En)).ShouldBe([("e-one", "Topic")]);
    }

    [Fact]
    public void A_question_of_a_plan_is_known_by_its_step_and_its_own_id()
    {
        var questions = Plan.Steps[0].Questions;
        questions.ShouldAllBe(q => q.Id.StartsWith("s-ask.q-", StringComparison.Ordinal));
        questions.Select(q => q.Kind).ShouldBe(
            [QuestionKind.Single, QuestionKind.Multiple, QuestionKind.Scale, QuestionKind.Open]);
        var scale = questions.Single(q => q.Kind == QuestionKind.Scale);
        scale.Max.ShouldBeGreaterThan(scale.Min);
        scale.MinLabel.ShouldNotBeNull();
        questions.Where(q => q.Kind != QuestionKind.Scale).ShouldAllBe(q => q.Min == 0 && q.Max == 0 && q.MinLabel == null);
        questions.Single(q => q.Kind == QuestionKind.Single).Options.Count(o => o.Correct).ShouldBe(1);
    }

    [Fact]
    public void A_task_of_a_plan_has_its_policy_and_descriptors_and_their_hints_stay_in_the_kit()
    {
        var step = Kit.Lessons[0].Steps[4];
        (step.Plan.Task!.AiPolicy, step.Plan.Task.MinOwnWords, step.Plan.Task.AsksReflection, step.Plan.Task.AsksSources).ShouldBe((AiPolicy.Ask, 20, true, false));
        step.Plan.Task.Criteria.SelectMany(c => c.Descriptors).Select(d => d.Id).ShouldBe(step.DescriptorHints.Keys);
        step.DescriptorHints.Count.ShouldBeGreaterThan(1);
    }
}
