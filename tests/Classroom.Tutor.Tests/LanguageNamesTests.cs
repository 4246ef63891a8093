using Xunit.Abstractions;

namespace Classroom.Tutor.Tests;

/// <summary>A name of another language, which has a capital letter, says little of a sentence's language; the same word in small letters says much.</summary>
public sealed class LanguageNamesTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(Language.Kk, "Біз бүгін {0} туралы оқыдық.", "Тургенєв Їжакевич Ґедеон Кирієнко Юрій")]
    [InlineData(Language.Ru, "Сегодня мы читали о {0} в школе.", "Тургенєв Їжакевич Ґедеон Кирієнко Юрій")]
    [InlineData(Language.En, "Today we read about {0} at school.", "Jaqsylyq Zhumabaiqyzy Nurmukhambetuly Qoishygul Tulegenuly")]
    public void A_name_of_another_language_weighs_less_than_a_word(Language language, string sentence, string names)
    {
        double? Lead(string said) => LanguageCheck.LeadOf(string.Format(System.Globalization.CultureInfo.InvariantCulture, sentence, said), language);
        var (named, said) = (Lead(names), Lead(names.ToLowerInvariant()));
        output.WriteLine($"{language}: named {named:F2}, in small letters {said:F2}");
        named.ShouldNotBeNull().ShouldBeGreaterThan(said.ShouldNotBeNull());
    }

    // With names weighed as other words each of these is refused.
    [Theory]
    [InlineData(Language.Kk, "Бүгін Їжакевич, Кирієнко және Юрій Ґедеонов келді.")]
    [InlineData(Language.Kk, "Кітапты Ґедеон Тургенєв пен Єлизавета Їжакевич жазды.")]
    [InlineData(Language.Kk, "Тарихта Ђорђевић, Љубиша және Његош аталады.")]
    [InlineData(Language.Kk, "Жырда Каныкей, Чыйырды, Кошой, Алмамбет айтылады.")]
    [InlineData(Language.Ru, "Сегодня пришли Ғабит, Әйгерім, Ұлпан, Өтеген и Іңкәр.")]
    [InlineData(Language.Ru, "Города Өскемен, Көкшетау, Қызылорда и Ақтөбе большие.")]
    [InlineData(Language.Ru, "Герои эпоса: Қобыланды, Құртқа, Тайбурыл, Көбікті.")]
    [InlineData(Language.Ru, "Художники Їжакевич, Кирієнко и Ґедеонов жили в Киеве.")]
    [InlineData(Language.En, "The towns are Öskemen, Kökşetau, Qyzylorda and Aqtöbe.")]
    [InlineData(Language.En, "Today Nurzhaqsy, Ulbosyn, Qonyrqulzha and Zhumabike came.")]
    public void A_right_sentence_full_of_names_of_another_language_is_not_refused(Language language, string sentence) =>
        LanguageCheck.IsSentenceIn(sentence, language).ShouldNotBe(false);

    // Names of the right language hold no wrong sentence up.
    [Theory]
    [InlineData(Language.Kk, "Аны Қуанышбек, Нұрсұлтан, Әйгерім жана Өмірбек көрдү.")]
    [InlineData(Language.Ru, "Днес Иван Петров, Мария Иванова, Сергей Смирнов дойдоха.")]
    [InlineData(Language.Ru, "Біз Пушкинді, Толстойды, Тургеневті, Чеховты оқыдық.")]
    [InlineData(Language.En, "Heute kamen Thomas Brown, Mary Smith und John Taylor.")]
    public void A_wrong_sentence_full_of_names_of_the_right_language_is_refused(Language language, string sentence) =>
        LanguageCheck.IsSentenceIn(sentence, language).ShouldBe(false);
}
