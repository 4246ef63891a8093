using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>
/// Whether words of a child wait for the teacher's eye before a class sees them: what the rules hold back, however it is disguised (digits and signs for
/// letters, letters apart, letters repeated, stars), and insults besides. It rather doubts too much: the teacher shows it by one press.
/// </summary>
public static partial class Doubt
{
    private const string Leet = "0134567@$!";
    private const string AsCyrillic = "оизчсбтаси";
    private const string AsLatin = "oieasbtasi";

    public static bool IsDoubted(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Disguises(text).Any(LocalRules.IsDoubted);
    }

    private static IEnumerable<string> Disguises(string text)
    {
        yield return text;
        foreach (var letters in new[] { AsCyrillic, AsLatin })
        {
            var plain = Starred().Replace(string.Concat(text.Select(c => Leet.IndexOf(c, StringComparison.Ordinal) is >= 0 and var i ? letters[i] : c)), "");
            var joined = Apart().Replace(plain, "");
            yield return plain;
            yield return joined;
            yield return Repeated().Replace(joined, "${letter}");
        }

        // A star, a dash or a dot for one letter.
        if (Masked().IsMatch(Folding.Of(text).Plain) || Masked().IsMatch(Folding.Of(text, lookAlikes: false).Plain))
        {
            yield return "fuck";
        }
    }

    // Between single letters: "с у к а", "f.u.c.k".
    [GeneratedRegex(@"(?<=(?<!\p{L})\p{L})[\s._*\-–|/\\,]+(?=\p{L}(?!\p{L}))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Apart();

    // Signs inside a word that hide nothing: "бл_ять", "fu-ck".
    [GeneratedRegex(@"(?<=\p{L})[_*|~^]+(?=\p{L})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Starred();

    [GeneratedRegex(@"(?<letter>\p{L})\k<letter>+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Repeated();

    [GeneratedRegex(@"(?<!\p{L})(?:х[*#.]+[йяеи]|п[*#.]+зд\p{L}*|пи[*#.]+д\p{L}*|бл[*#.]+(?:ть|дь)?(?!\p{L})|с[*#.]+ка(?!\p{L})|[ёе][*#.]+а[тл]\p{L}*|f[*#.]+c?k\p{L}*|s[*#.]+t(?!\p{L})|b[*#.]+ch(?!\p{L})|к[*#.]+так(?!\p{L}))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Masked();
}
