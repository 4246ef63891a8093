namespace Classroom.Tutor;

/// <summary>Which of the three languages a text is in, judged by its letters.</summary>
public static class LanguageCheck
{
    /// <summary>With fewer letters a text is not judged.</summary>
    public const int Enough = 40;

    private const string Kazakh = "әғқңөұүһі";

    /// <summary>Null: there is too little text to judge.</summary>
    public static bool? IsIn(string text, Language language)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (cyrillic, latin, kazakh, russian) = (0, 0, 0, 0);
        foreach (var c in text)
        {
            var lower = char.ToLowerInvariant(c);
            if (lower is >= 'a' and <= 'z')
            {
                latin++;
            }
            else if (lower is >= '\u0400' and <= '\u04ff')
            {
                cyrillic++;
                kazakh += Kazakh.Contains(lower, StringComparison.Ordinal) ? 1 : 0;
                russian += lower is 'щ' or 'ъ' or 'ь' or 'ё' or 'ц' or 'ч' or 'в' or 'ф' ? 1 : 0;
            }
        }

        var letters = cyrillic + latin;
        if (letters < Enough)
        {
            return null;
        }

        return language switch
        {
            // Every fifth letter or so of Kazakh is one of its own; Russian has none of them.
            Language.Kk => cyrillic * 2 > letters && kazakh * 20 >= cyrillic && russian * 8 <= cyrillic,
            Language.Ru => cyrillic * 2 > letters && kazakh * 50 < cyrillic,
            Language.En => latin * 10 > letters * 8,
        };
    }
}
