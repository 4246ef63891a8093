using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>A text's sentences as <see cref="SentenceRules"/> read them: folded, letters that were written apart as words.</summary>
internal static partial class PlainSentences
{
    // As Kazakh and Russian are typed on a Latin keyboard; the longer first.
    private static readonly (string Latin, string Cyrillic)[] Typed =
    [
        ("shch", "щ"), ("zh", "ж"), ("kh", "х"), ("gh", "г"), ("ch", "ч"), ("sh", "ш"), ("ts", "ц"), ("ya", "я"), ("yu", "ю"), ("yo", "е"), ("ye", "е"), ("iy", "ий"), ("ay", "ай"), ("ey", "ей"), ("oy", "ой"), ("uy", "уй"), ("yy", "ый"),
        .. "abcdefghijklmnopqrstuvwxyz".Zip("абсдефгхижклмнопкрстуввхыз", static (latin, cyrillic) => ($"{latin}", $"{cyrillic}")), ("'", ""), ("’", ""),
    ];

    public static IEnumerable<string> Of(string text) => Readings(text).SelectMany(Each);

    /// <summary>Each sentence; and two that follow each other as one, where one of them is short.</summary>
    public static IEnumerable<string> AlsoTogether(string text, int fewWords) => Readings(text).SelectMany(reading =>
    {
        var sentences = Each(reading).ToList();
        return sentences.Concat(sentences.Zip(sentences.Skip(1)).Where(p => Math.Min(Spaces(p.First), Spaces(p.Second)) < fewWords).Select(static p => p.First + " " + p.Second));
    });

    // Latin letters as they are, as Cyrillic ones that they sound like, and beside Cyrillic ones as those that they look like.
    private static IEnumerable<string> Readings(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var exact = Folding.Of(text, lookAlikes: false).Plain;
        yield return exact;
        if (exact.Any(char.IsAsciiLetter))
        {
            yield return Typed.Aggregate(exact, static (t, p) => t.Replace(p.Latin, p.Cyrillic, StringComparison.Ordinal));
            if (exact.Any(static c => c is >= 'а' and <= 'я'))
            {
                yield return Folding.Of(text).Plain;
            }
        }
    }

    private static int Spaces(string sentence) => sentence.Count(static c => c == ' ');

    private static IEnumerable<string> Each(string plain) =>
        Ends().Split(Apart().Replace(plain, static m => string.Concat(m.Value.Where(char.IsLetter))).Replace('_', ' ')).Where(s => s.Length > 0);

    [GeneratedRegex(@"(?<=[.!?…])\s+|\n", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Ends();

    [GeneratedRegex(@"(?<!\p{L})(?:\p{L}[ \-._*]){3,}\p{L}(?!\p{L})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Apart();
}
