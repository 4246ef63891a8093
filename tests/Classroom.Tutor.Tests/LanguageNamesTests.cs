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
}
