using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>A text's sentences as <see cref="SentenceRules"/> read them: folded, letters that were written apart as words.</summary>
internal static partial class PlainSentences
{
    public static IEnumerable<string> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // Read twice: Latin letters as they are, and as the Cyrillic ones that they look like.
        var exact = Folding.Of(text, lookAlikes: false).Plain;
        return Each(exact).Concat(exact.Any(char.IsAsciiLetter) && exact.Any(c => c is >= 'а' and <= 'я') ? Each(Folding.Of(text).Plain) : []);
    }

    private static IEnumerable<string> Each(string plain) =>
        Ends().Split(Apart().Replace(plain, static m => string.Concat(m.Value.Where(char.IsLetter))).Replace('_', ' ')).Where(s => s.Length > 0);

    [GeneratedRegex(@"(?<=[.!?…])\s+|\n", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Ends();

    [GeneratedRegex(@"(?<!\p{L})(?:\p{L}[ \-._*]){3,}\p{L}(?!\p{L})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Apart();
}
