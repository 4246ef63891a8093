namespace Classroom.Kits;

/// <summary>How hard a text is to read, by its form alone.</summary>
/// <param name="Words">Mean words in a sentence.</param>
/// <param name="LongWords">Share of long words, 0 to 1. Long is more than 7 letters in English, 9 in Russian and 10 in Kazakh, whose endings add up.</param>
public sealed record TextMeasure(int Sentences, double Words, double LongWords)
{
    public static TextMeasure Of(string text, Language language)
    {
        ArgumentNullException.ThrowIfNull(text);
        var most = language switch { Language.Kk => 10, Language.Ru => 9, Language.En => 7 };
        var sentences = Kits.Sentences.Split(text).Select(WordsOf).Where(w => w.Count > 0).ToList();
        var words = sentences.SelectMany(w => w).ToList();
        return words.Count == 0 ? new(0, 0, 0)
            : new(sentences.Count, (double)words.Count / sentences.Count, (double)words.Count(w => w > most) / words.Count);
    }

    // Lengths in letters: a number, a sign or a mark is no word; a formula is a short one.
    private static List<int> WordsOf(string sentence) =>
        [.. Formulas.Without(sentence, "x").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(w => w.Count(char.IsLetter)).Where(n => n > 0)];
}
