namespace Classroom.Kits.Tests;

using static KitErrorCodes;

/// <summary>Each language in its own letters; each sentence in its own place.</summary>
public class LanguageRulesTests
{
    private const string Explanation = "lessons[0].steps[2].explanations[0]";

    [Fact]
    public void A_long_Kazakh_text_without_a_Kazakh_letter() =>
        Breaking.TheSample.Replace("kk: Оқушыға one", "kk: Ответьте на два вопроса и обсудите ответы с соседом по парте в тетради сегодня")
            .ShouldFail(WrongLanguage, "lessons[0].steps[0].student.kk", "kk: Ответьте");

    [Fact]
    public void Kazakh_in_the_Russian_place() =>
        Breaking.TheSample.Replace("ru: Ученику one", "ru: Екі сұраққа жауап беріп, көршіңізбен талқылаңыз және дәптеріңізге жазып қойыңыз")
            .ShouldFail(WrongLanguage, "lessons[0].steps[0].student.ru", "ru: Екі");

    [Fact]
    public void Russian_in_the_English_place() =>
        Breaking.TheSample.Replace("en: Student one", "en: Ответьте на два вопроса").ShouldFail(WrongLanguage, "lessons[0].steps[0].student.en", "en: Ответьте");

    [Fact]
    public void Latin_letters_in_the_Kazakh_place() =>
        Breaking.TheSample.Replace("kk: Оқушыға one", "kk: Eki suraqqa jauap beriniz").ShouldFail(WrongLanguage, "lessons[0].steps[0].student.kk", "kk: Eki");

    [Fact]
    public void A_short_word_the_languages_share_is_fine() =>
        Breaking.TheSample.Replace("kk: Атауы one", "kk: Фотосинтез").Errors.ShouldBeEmpty();

    [Fact]
    public void Sentences_that_do_not_match_across_languages()
    {
        var error = Breaking.TheSample.Replace("simple ru 1.\n", "simple ru 1.\n                И ещё одно предложение.\n")
            .ShouldFail(SentenceAlignment, Explanation + ".simple", "            simple:");
        error.Message.ShouldContain("kk 4, ru 5, en 4");
    }

    [Fact]
    public void Two_sentences_on_a_line_count_as_two() =>
        Breaking.TheSample.Replace("story en 1.", "story en 1. And one more.").ShouldFail(SentenceAlignment, Explanation + ".followups.story", "              story:");

    [Fact]
    public void Too_few_sentences_are_reported_for_every_language()
    {
        var broken = Breaking.TheSample;
        foreach (var (language, word) in new[] { ("kk", "Бұл сөйлем өте жақсы деп айтылады"), ("ru", "Это предложение сказано хорошо"), ("en", "This sentence is said well") })
        {
            broken = broken.Replace($"                {word} standard {language} 4.\n", "");
        }

        broken.Errors.ShouldAllBe(e => e.Code == SentenceCount);
        broken.Errors.Select(e => e.Field).ShouldBe([Explanation + ".standard.kk", Explanation + ".standard.ru", Explanation + ".standard.en"]);
    }

    [Fact]
    public void A_line_that_is_no_whole_sentence() =>
        Breaking.TheSample.Replace("life en 2.", "life en 2").ShouldFail(SentenceUnfinished, Explanation + ".followups.life.en", "en: |", after: "              life:");

    [Theory]
    [InlineData("One. Two. Three.", 3)]
    [InlineData("It grew by 0.5 kg. Good.", 2)]
    [InlineData("«Неге?» деп сұрады ол. Біз ойландық.", 2)]
    [InlineData("Она спросила «почему?» и ушла.", 1)]
    [InlineData("Wait… what happened? Nothing.", 2)]
    [InlineData("Бір.\nЕкі.\n\nҮш.", 3)]
    [InlineData("Ол айтты: «Жарық керек.» Біз келістік.", 2)]
    [InlineData("", 0)]
    public void Cutting_into_sentences(string text, int count) => Sentences.Split(text).Count.ShouldBe(count);

    [Fact]
    public void An_explanation_offers_its_sentences()
    {
        var explanation = KitLoader.Parse(Sample.Yaml).Kit!.Lessons[0].Steps[2].Explanations[0];

        explanation.Sentences(new(Language.Ru, Level.Advanced))[1].ShouldBe("Это предложение сказано хорошо advanced ru 2.");
        explanation.Sentences(new(Language.Kk, Level.Simple), ExplainMode.Story).Count.ShouldBe(3);
    }

    [Fact]
    public void Each_level_and_each_way_to_explain_again_has_its_own_text_in_each_language()
    {
        var explanation = KitLoader.Parse(Sample.Yaml).Kit!.Lessons[0].Steps[2].Explanations[0];
        foreach (var (language, level, mode) in from l in Enum.GetValues<Language>() from v in Enum.GetValues<Level>() from m in Enum.GetValues<ExplainMode>() select (l, v, m))
        {
            var name = mode == ExplainMode.Plain ? $"{level}" : $"{mode}";
            explanation.Text(new(language, level), mode).ShouldContain($"{name} {language} 1.".ToLowerInvariant());
        }
    }
}
