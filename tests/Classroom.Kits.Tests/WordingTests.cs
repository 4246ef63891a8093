namespace Classroom.Kits.Tests;

/// <summary>The shipped kits say one word for one thing, speak to everybody alike, and are spelt right. The lists: <c>tests/Shared/Words</c>.</summary>
public sealed class WordingTests
{
    private static readonly KitLibrary Library = KitLibrary.LoadAll(KitLibrary.ShippedFolder);

    public static TheoryData<Language> Languages() => [.. Enum.GetValues<Language>()];

    [Theory]
    [MemberData(nameof(Languages))]
    public void No_kit_says_a_word_that_is_refused(Language language) =>
        Wording.Refused(Code(language), In(language), "kits", "said").ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_word_of_a_kit_is_spelt_right(Language language) =>
        Wording.Misspelt(Code(language), In(language)).ShouldBeEmpty("a term or a name goes into tests/Shared/Words");

    [Theory]
    [InlineData("kk", "Пікіріңізді жазыңыз.", "кері байланыс")]
    [InlineData("kk", "Саған не түсініксіз?", "сіз")]
    [InlineData("kk", "1-ден ◌-ге дейін", "figure")]
    [InlineData("kk", "◌ның жұмысы", "placeholder")]
    [InlineData("ru", "Не понял", "gender")]
    [InlineData("ru", "Откуда я это взял(а)", "gender")]
    [InlineData("ru", "Что ты думаешь?", "вы")]
    [InlineData("ru", "Обсудите в группе.", "команда")]
    [InlineData("ru", "Вы уверены? Я уверен.", "gender")]
    [InlineData("en", "Your second dгaft.", "alphabet")]
    public void A_wrong_word_is_found(string language, string text, string say) =>
        Wording.Refused(language, [new("here", text)], "kits", "said").ShouldContain(found => found.Contains(say, StringComparison.Ordinal));

    [Theory]
    [InlineData("kk", "Сұрақты оқып, жауабын жазыңыз.", null)]
    [InlineData("kk", "Сұрахты оқыңыз.", "Сұрахты")]
    [InlineData("ru", "Прочитайте вопросс.", "вопросс")]
    [InlineData("en", "Read the qestion.", "qestion")]
    public void A_misspelt_word_is_found(string language, string text, string? wrong) =>
        Wording.Misspelt(language, [new("here", text)]).ShouldBe(wrong is null ? [] : [$"here: {wrong}"]);

    private static string Code(Language language) => language.ToString().ToLowerInvariant();

    private static List<Said> In(Language language)
    {
        var texts = Library.Kits.SelectMany(kit => Texts.Of(kit).Select(text => new Said(kit.Id, text.In(language)))).Distinct().ToList();
        texts.Count.ShouldBeGreaterThan(500);
        return texts;
    }
}
