namespace Classroom.Kits.Tests;

using static KitErrorCodes;

/// <summary>The rules of single fields: each broken once, each named with its line and its path.</summary>
public class FieldRulesTests
{
    private const string Step = "lessons[0].steps[0]";

    [Fact]
    public void The_sample_itself_is_whole() => string.Join('\n', Breaking.TheSample.Errors).ShouldBe("");

    [Fact]
    public void A_missing_field() =>
        Breaking.TheSample.Replace("version: \"1.0\"\n", "").ShouldFail(MissingField, "version", "id: sample");

    [Fact]
    public void A_missing_field_of_a_step_points_to_the_step() =>
        Breaking.TheSample.Replace("        devices: true\n", "").ShouldFail(MissingField, Step + ".devices", "id: s-ask");

    [Fact]
    public void An_unknown_field_comes_with_the_near_name()
    {
        var error = Breaking.TheSample.Replace("    materials:", "    material:").Errors.Single(e => e.Code == UnknownField);
        error.Field.ShouldBe("lessons[0].material");
        error.Message.ShouldContain("materials");
    }

    [Fact]
    public void An_unknown_field_has_its_own_line() =>
        Breaking.TheSample.Replace("        minutes: 5\n", "        minutes: 5\n        mark: 5\n").ShouldFail(UnknownField, Step + ".mark", "mark: 5");

    [Fact]
    public void A_field_written_twice() =>
        Breaking.TheSample.Replace("        minutes: 5\n", "        minutes: 5\n        minutes: 6\n").ShouldFail(DuplicateField, Step + ".minutes", "minutes: 6");

    [Fact]
    public void A_list_where_a_text_is_expected() =>
        Breaking.TheSample.Replace("kk: Үлгі", "kk: [Үлгі]").ShouldFail(WrongType, "title.kk", "kk: [");

    [Fact]
    public void A_text_where_a_group_is_expected() =>
        Breaking.TheSample.Replace("  - kk: Мақсат\n        ru: Цель\n        en: Goal\n", "  - Мақсат\n").ShouldFail(WrongType, "lessons[0].goals[0]", "- Мақсат");

    [Fact]
    public void A_group_where_a_list_is_expected() =>
        Breaking.TheSample.Replace("      - kk: Мақсат\n        ru: Цель\n        en: Goal\n", "      kk: Мақсат\n").ShouldFail(WrongType, "lessons[0].goals", "    goals:");

    [Theory]
    [InlineData("ten")]
    [InlineData("\"5\"")]
    [InlineData("5.5")]
    [InlineData("99999999999")]
    public void A_number_that_is_none(string number) =>
        Breaking.TheSample.Replace("gradeTo: 7", "gradeTo: " + number).ShouldFail(WrongType, "lessons[0].gradeTo", "gradeTo: " + number);

    [Fact]
    public void A_wrong_number_brings_no_second_error_about_the_sum() =>
        Breaking.TheSample.Replace("        minutes: 10\n", "        minutes: ten\n").ShouldFail(WrongType, "lessons[0].steps[4].minutes", "minutes: ten");

    [Theory]
    [InlineData("yes")]
    [InlineData("\"true\"")]
    [InlineData("1")]
    public void A_flag_that_is_none(string flag) =>
        Breaking.TheSample.Replace("devices: true", "devices: " + flag).ShouldFail(WrongType, Step + ".devices", "devices: " + flag);

    [Fact]
    public void A_number_out_of_its_range() =>
        Breaking.TheSample.Replace("gradeTo: 7", "gradeTo: 13").ShouldFail(OutOfRange, "lessons[0].gradeTo", "gradeTo: 13");

    [Theory]
    [InlineData("kk", "Үлгі")]
    [InlineData("ru", "Образец")]
    [InlineData("en", "Sample")]
    public void A_missing_language(string language, string word) =>
        Breaking.TheSample.Replace($"  {language}: {word}\n", "").ShouldFail(MissingLanguage, "title." + language, "title:");

    [Fact]
    public void A_fourth_language_is_an_unknown_field() =>
        Breaking.TheSample.Replace("  en: Sample\n", "  en: Sample\n  de: Muster\n").ShouldFail(UnknownField, "title.de", "de: Muster");

    [Theory]
    [InlineData("")]
    [InlineData("~")]
    [InlineData("\"   \"")]
    [InlineData("''")]
    public void An_empty_text(string empty) =>
        Breaking.TheSample.Replace("kk: Екі", "kk: " + empty).ShouldFail(EmptyText, Step + ".questions[0].options[1].text.kk", "kk: " + empty, after: "id: b\n");

    [Fact]
    public void An_empty_list() =>
        Breaking.TheSample.Replace("    goals:\n      - kk: Мақсат\n        ru: Цель\n        en: Goal\n", "    goals: []\n").ShouldFail(EmptyList, "lessons[0].goals", "goals: []");

    [Fact]
    public void A_text_too_long_for_its_screen() =>
        Breaking.TheSample.Replace("en: Board one", "en: " + string.Concat(Enumerable.Repeat("word ", 60))).ShouldFail(TooLong, Step + ".board.en", "en: word");

    [Fact]
    public void Too_many_items() =>
        Breaking.TheSample.Replace("    goals:\n", "    goals:\n" + string.Concat(Enumerable.Repeat("      - kk: Мақсат\n        ru: Цель\n        en: Goal\n", 12)))
            .ShouldFail(TooManyItems, "lessons[0].goals", "goals:");

    [Theory]
    [InlineData("kind: unplugged", "kind: game", "lessons[0].steps[1].kind", "explain, discuss, ask, make, reflect, unplugged")]
    [InlineData("kind: open", "kind: essay", "lessons[0].steps[0].questions[3].kind", "single, multiple, scale, open, word-cloud")]
    [InlineData("aiPolicy: ask", "aiPolicy: write", "lessons[0].steps[4].task.aiPolicy", "none, ask, draft")]
    public void A_bad_choice_says_which_are_allowed(string old, string with, string field, string allowed) =>
        Breaking.TheSample.Replace(old, with).ShouldFail(BadEnum, field, with).Message.ShouldContain(allowed);

    [Theory]
    [InlineData("Sample")]
    [InlineData("my_kit")]
    [InlineData("-kit")]
    [InlineData("дәріс")]
    public void An_id_of_other_letters(string id) =>
        Breaking.TheSample.Replace("id: sample", "id: " + id).ShouldFail(BadId, "id", "id: " + id);

    [Theory]
    [InlineData("id: s-explain", "id: s-ask", "lessons[0].steps[2].id")]
    [InlineData("id: q-open", "id: q-single", "lessons[0].steps[0].questions[3].id")]
    [InlineData("id: n\n", "id: m\n", "lessons[0].steps[0].questions[1].options[1].id")]
    [InlineData("id: p-3", "id: p-1", "lessons[0].steps[3].prompts[2].id")]
    [InlineData("id: d-two", "id: d-one", "lessons[0].steps[4].task.criteria[0].descriptors[1].id")]
    public void An_id_used_twice(string old, string with, string field)
    {
        var line = Sample.Yaml[..Sample.Yaml.IndexOf(old, StringComparison.Ordinal)].Count(c => c == '\n') + 1;
        var error = Breaking.TheSample.Replace(old, with).Errors.ShouldHaveSingleItem();
        (error.Code, error.Field, error.Line).ShouldBe((DuplicateId, field, line));
    }

    [Fact]
    public void All_errors_are_collected_not_only_the_first()
    {
        var errors = Breaking.TheSample.Replace("kk: Үлгі", "kk: ''").Replace("minOwnWords: 20", "minOwnWords: x").Replace("kind: open", "kind: essay").Errors;

        errors.Select(e => e.Code).ShouldBe([EmptyText, BadEnum, WrongType]);
        errors.Select(e => e.Line).ShouldBeInOrder();
    }

    [Fact]
    public void A_flood_of_errors_is_cut()
    {
        var errors = KitLoader.Parse(string.Concat(Enumerable.Range(0, 2000).Select(i => $"f{i}: 1\n"))).Errors;

        errors.Count.ShouldBe(501);
        errors.Count(e => e.Code == TooManyErrors).ShouldBe(1);
    }

    [Fact]
    public void A_broken_kit_is_no_kit() => KitLoader.Parse(Breaking.TheSample.Replace("gradeTo: 7", "gradeTo: 13").Yaml).Kit.ShouldBeNull();
}
