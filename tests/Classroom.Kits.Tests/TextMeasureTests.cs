namespace Classroom.Kits.Tests;

/// <summary>How long sentences and words are, as the kit's author and the lesson's record are told.</summary>
public sealed class TextMeasureTests
{
    [Theory]
    [InlineData("Су ағады. Күн шығып, жер жылынады!", Language.Kk, 2, 3, 0)]
    [InlineData("Фотосинтез — сложный процесс. Вода.", Language.Ru, 2, 2, 0.25)]
    [InlineData("Chlorophyll absorbs light (H2O, 3/4).", Language.En, 1, 4, 0.25)]
    [InlineData("", Language.Kk, 0, 0, 0)]
    [InlineData("3 + 4 = 7!\n…", Language.En, 0, 0, 0)]
    public void Sentences_words_and_long_words_are_counted(string text, Language language, int sentences, double words, double longWords) =>
        TextMeasure.Of(text, language).ShouldBe(new TextMeasure(sentences, words, longWords));

    [Fact]
    public void In_the_shipped_kits_simple_is_simpler_than_advanced_in_every_language()
    {
        foreach (var explanation in KitLibrary.LoadAll(KitLibrary.ShippedFolder).Kits.SelectMany(k => k.Lessons).SelectMany(l => l.Steps).SelectMany(s => s.Explanations))
        {
            foreach (var language in Enum.GetValues<Language>())
            {
                var (simple, advanced) = (Of(Level.Simple), Of(Level.Advanced));
                (simple.Words > advanced.Words && simple.LongWords > advanced.LongWords).ShouldBeFalse($"{explanation.Id} {language}: {simple} {advanced}");
                TextMeasure Of(Level level) => TextMeasure.Of(explanation.Text(new Variant(language, level)), language);
            }
        }
    }
}
