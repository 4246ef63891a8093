namespace Classroom.Kits.Reading;

/// <summary>Tells a language pasted into the wrong place by its letters. Short texts (names, numbers, one word) are not judged.</summary>
internal static class Letters
{
    private const string Kazakh = "әғқңөұүһіӘҒҚҢӨҰҮҺІ";
    private const int LongKazakh = 60;
    private const int Judged = 12;

    public static string? Complaint(Language language, string text)
    {
        // The letters of a formula are of no language.
        text = Formulas.Without(text, " ");
        var letters = text.Count(char.IsLetter);
        var cyrillic = text.Count(c => c is >= '\u0400' and <= '\u04FF');
        var kazakh = text.Count(c => Kazakh.Contains(c, StringComparison.Ordinal));
        return language switch
        {
            Language.Kk => letters >= LongKazakh && kazakh == 0
                ? "a long Kazakh text without a single Kazakh letter (ә ғ қ ң ө ұ ү һ і): it looks like another language pasted in"
                : NotCyrillic(),
            Language.Ru => letters >= LongKazakh && kazakh * 20 > letters
                ? "many Kazakh letters in the Russian text: it looks like Kazakh pasted in"
                : NotCyrillic(),
            Language.En => letters >= Judged && cyrillic * 2 > letters ? "mostly Cyrillic letters in the English text" : null,
        };

        string? NotCyrillic() => letters >= Judged && cyrillic * 2 < letters ? "mostly Latin letters: this text should be in Cyrillic" : null;
    }
}
