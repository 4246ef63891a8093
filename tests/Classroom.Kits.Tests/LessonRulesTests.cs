namespace Classroom.Kits.Tests;

using static KitErrorCodes;

/// <summary>What must agree: minutes, grades, and what each kind of step and question needs.</summary>
public class LessonRulesTests
{
    private const string Steps = "lessons[0].steps";

    [Fact]
    public void Minutes_that_do_not_add_up()
    {
        var error = Breaking.TheSample.Replace("    minutes: 30", "    minutes: 31").ShouldFail(MinutesSum, "lessons[0].minutes", "minutes: 31");
        error.Message.ShouldContain("30");
        error.Message.ShouldContain("31");
    }

    [Fact]
    public void Grades_the_wrong_way_round() =>
        Breaking.TheSample.Replace("gradeFrom: 5", "gradeFrom: 8").ShouldFail(GradeOrder, "lessons[0].gradeFrom", "gradeFrom: 8");

    [Fact]
    public void A_single_question_without_a_correct_option() =>
        Breaking.TheSample.Replace("correct: true", "correct: false").ShouldFail(SingleCorrect, Steps + "[0].questions[0].options", "options:");

    [Fact]
    public void A_single_question_with_two_correct_options() =>
        Breaking.TheSample.Replace("correct: false", "correct: true").ShouldFail(SingleCorrect, Steps + "[0].questions[0].options", "options:");

    [Fact]
    public void A_multiple_question_without_a_correct_option() =>
        Breaking.TheSample.Replace("en: Three\n                correct: true", "en: Three\n                correct: false")
            .ShouldFail(MultipleCorrect, Steps + "[0].questions[1].options", "options:", after: "id: q-multiple");

    [Fact]
    public void A_question_of_choice_with_one_option() =>
        Breaking.TheSample.Remove("              - id: b\n", "          - id: q-multiple").ShouldFail(FewOptions, Steps + "[0].questions[0].options", "options:");

    [Fact]
    public void Options_on_an_open_question() =>
        Breaking.TheSample.Replace("kind: single", "kind: open").ShouldFail(FieldNotHere, Steps + "[0].questions[0].options", "options:");

    [Fact]
    public void A_scale_on_another_question()
    {
        var error = Breaking.TheSample.Replace("kind: scale", "kind: open").Errors.ShouldHaveSingleItem();
        (error.Code, error.Field).ShouldBe((FieldNotHere, Steps + "[0].questions[2].scale"));
    }

    [Fact]
    public void A_scale_the_wrong_way_round() =>
        Breaking.TheSample.Replace("min: 1", "min: 5").ShouldFail(ScaleOrder, Steps + "[0].questions[2].scale", "scale:\n");

    [Fact]
    public void An_explain_step_without_explanations() =>
        Breaking.TheSample.Remove("        explanations:", "      - id: s-discuss").ShouldFail(ExplainWithoutExplanations, Steps + "[2].explanations", "id: s-explain");

    [Fact]
    public void A_discuss_step_without_prompts() =>
        Breaking.TheSample.Remove("        prompts:", "      - id: s-make").ShouldFail(DiscussWithoutPrompts, Steps + "[3].prompts", "id: s-discuss");

    [Fact]
    public void A_discuss_step_with_two_prompts() =>
        Breaking.TheSample.Remove("          - id: p-3", "      - id: s-make").ShouldFail(PromptCount, Steps + "[3].prompts", "prompts:");

    [Fact]
    public void An_ask_step_without_questions() =>
        Breaking.TheSample.Remove("        questions:", "      - id: s-unplugged").ShouldFail(AskWithoutQuestions, Steps + "[0].questions", "id: s-ask");

    [Fact]
    public void A_make_step_without_a_task() =>
        Breaking.TheSample.Remove("        task:").ShouldFail(MakeWithoutTask, Steps + "[4].task", "id: s-make");

    [Fact]
    public void A_task_in_another_step() =>
        Breaking.TheSample.Replace("kind: make", "kind: reflect").ShouldFail(FieldNotHere, Steps + "[4].task", "task:");

    [Fact]
    public void Prompts_in_another_step() =>
        Breaking.TheSample.Replace("kind: discuss", "kind: reflect").ShouldFail(FieldNotHere, Steps + "[3].prompts", "prompts:");

    [Fact]
    public void An_unplugged_step_with_devices() =>
        Breaking.TheSample.Replace("devices: false", "devices: true").ShouldFail(UnpluggedWithDevices, Steps + "[1].devices", "devices: true", after: "id: s-unplugged");

    [Fact]
    public void A_descriptor_without_a_hint_for_not_yet() =>
        Breaking.TheSample.Remove("                    notYet:", "                - id: d-two")
            .ShouldFail(MissingField, Steps + "[4].task.criteria[0].descriptors[0].hints.notYet", "hints:");
}
