namespace Classroom.Kits.Tests;

using static KitErrorCodes;

/// <summary>What students might write, for rehearsals: read where it belongs, refused elsewhere, checked like every text.</summary>
public class SampleRulesTests
{
    private const string Lines = "            samples:\n              - kk: Үлгі жауап";

    [Fact]
    public void They_are_read_with_their_step()
    {
        var steps = KitLoader.Parse(Sample.Yaml).Kit!.Lessons[0].Steps;

        steps[0].Samples.Answers["s-ask.q-open"].ShouldHaveSingleItem().En.ShouldBe("A sample answer");
        steps[3].Samples.Ideas.Keys.Order().ShouldBe(["p-1", "p-2", "p-3"]);
        steps[4].Samples.Works.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            w => w.Text.Kk.ShouldBe("Үлгі жұмыс"), w => w.Reflection!.Ru.ShouldBe("Пример мысли"), w => w.Source!.En.ShouldBe("A sample book"));
    }

    [Fact]
    public void A_kit_without_them_is_whole() => Breaking.TheSample.Remove(Lines, "      - id: s-unplugged").Errors.ShouldBeEmpty();

    [Fact]
    public void A_question_of_choice_has_none() =>
        Breaking.TheSample.Replace("            options:\n", "            samples:\n              - kk: Бір\n                ru: Один\n                en: One\n            options:\n")
            .ShouldFail(FieldNotHere, "lessons[0].steps[0].questions[0].samples", "samples:");

    [Fact]
    public void A_language_is_missing() =>
        Breaking.TheSample.Replace("                ru: Пример ответа\n", "").ShouldFail(MissingLanguage, "lessons[0].steps[0].questions[3].samples[0].ru", "- kk: Үлгі жауап");

    [Fact]
    public void A_word_of_a_cloud_is_as_long_as_a_student_may_make_it() =>
        Breaking.TheSample.Replace("kind: open", "kind: word-cloud").Replace("en: A sample answer", "en: " + new string('w', 41))
            .Errors.ShouldHaveSingleItem().Code.ShouldBe(TooLong);

    [Fact]
    public void A_work_has_a_text_and_nothing_that_is_not_known()
    {
        Breaking.TheSample.Replace("            - text:\n", "            - texts:\n").Errors.Select(e => e.Code).ShouldBe([MissingField, UnknownField], ignoreOrder: true);
        Breaking.TheSample.Replace("              reflection:\n", "              mark:\n").Errors.Select(e => e.Code).ShouldBe([UnknownField]);
    }
}
