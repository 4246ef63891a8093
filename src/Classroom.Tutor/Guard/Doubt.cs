using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>
/// Whether words of a child wait for the teacher's eye before a class sees them: what the rules hold back, however it is disguised (another alphabet's letters,
/// digits and signs for letters, signs or spaces inside a word, letters repeated, stars), insults, telephone numbers, and a classmate's name beside what is
/// private. It rather doubts too much: the teacher shows it by one press.
/// </summary>
public static partial class Doubt
{
    private const string Leet = "0134567@$!";
    private const string Latin = "abcdefghijklmnoprstuvwxyz";

    // A word of two alphabets is read as one of them: by how its letters look, or by how they sound.
    private static readonly FrozenDictionary<char, char>[] Readings =
    [
        Reading(Leet + Latin, "оизчсбтаси" + "авсдефгнижклмпоргстиvшхуз"),
        Reading(Leet + Latin, "оизчсбтаси" + "абкдефгхийклмнопрстуввхыз"),
        Reading(Leet + "авсенікмортхуипгл", "oieasbtasi" + "abcehikmoptxyungl"),
    ];

    // Of one or two letters, and nobody's half word.
    private static readonly FrozenSet<string> ShortWords = FrozenSet.Create(
        StringComparer.Ordinal,
        [.. "а в и к о с у я на за по не до ни от об из со ко во бы же ли да но он мы ты вы та то те её их им ей де ма ме бе ба ал ат ет ит өз ұл үш ол осы шы ше a i am an as at be by do go he if in is it me my no of on or so to up us we".Split(' ')]);

    /// <param name="names">What the others of the class are called.</param>
    public static bool IsDoubted(string text, params IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Distress.IsIn(text) || Pictures().IsMatch(text) || Phone().IsMatch(Folding.Of(text).Plain) || Disguises(text).Distinct(StringComparer.Ordinal).Any(LocalRules.IsDoubted)
            || (LocalRules.IsPrivate(text) && SpeaksOf(text, names));
    }

    private static IEnumerable<string> Disguises(string text)
    {
        var shaped = Shapes.Of(text);
        yield return shaped;
        foreach (var reading in Readings.Select(r => Words().Replace(shaped, word => InOneAlphabet(word.Value, r))).Prepend(shaped))
        {
            var whole = Inside().Replace(reading, "");
            var joined = Spaced().Replace(Apart().Replace(whole, ""), static pair => IsHalf(pair.Groups["one"].Value) || IsHalf(pair.Groups["other"].Value) ? pair.Groups["one"].Value : pair.Value);
            yield return reading;
            yield return whole;
            yield return joined;
            yield return Repeated().Replace(joined, "${letter}");
        }

        // A star, a dash or a dot for one letter.
        if (Masked().IsMatch(Folding.Of(shaped).Plain) || Masked().IsMatch(Folding.Of(shaped, lookAlikes: false).Plain))
        {
            yield return "fuck";
        }
    }

    private static string InOneAlphabet(string word, FrozenDictionary<char, char> reading) =>
        (word.Any(char.IsLetter) && word.Any(c => Leet.Contains(c, StringComparison.Ordinal))) || (word.Any(char.IsAsciiLetter) && word.Any(c => c is >= 'а' and <= 'ӿ'))
            ? string.Concat(word.Select(c => reading.GetValueOrDefault(c, c))) : word;

    private static bool IsHalf(string part) => part.Length == 1 || (part.Length == 2 && !ShortWords.Contains(part));

    private static bool SpeaksOf(string text, IEnumerable<string> names)
    {
        var folded = Folding.Of(Shapes.Of(text)).Plain;
        return names.Select(n => Folding.Of(Shapes.Of(n)).Plain).Any(n => n.Length > 1 && Starts(folded, n));
    }

    // At the beginning of a word: a name has endings.
    private static bool Starts(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || !char.IsLetter(text[at - 1]))
            {
                return true;
            }
        }

        return false;
    }

    private static FrozenDictionary<char, char> Reading(string from, string to) => from.Zip(to).ToFrozenDictionary(p => p.First, p => p.Second);

    // The finger, the aubergine, swastikas, and what is drawn with signs.
    [GeneratedRegex(@"🖕|🍆|[卐卍]|8={2,}[dд>)]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Pictures();

    // Eleven digits from 7 or 8, or ten of a mobile telephone; however they are grouped.
    [GeneratedRegex(@"(?<!\d)(?:[78](?:[\s\-().]*\d){10}|7(?:[\s\-().]*\d){9})(?!\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Phone();

    [GeneratedRegex(@"[\p{L}0134567@$!]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Words();

    // Between single letters: "с у к а", "f.u.c.k".
    [GeneratedRegex(@"(?<=(?<!\p{L})\p{L})[\s._*\-–|/\\,]+(?=\p{L}(?!\p{L}))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Apart();

    // Whatever is neither letter, digit nor space inside a word: "ху-й", "fu.ck".
    [GeneratedRegex(@"(?<=\p{L})[^\p{L}\p{N}\s]+(?=\p{L})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Inside();

    // Two words and the spaces between: "қ отақ".
    [GeneratedRegex(@"(?<!\p{L})(?<one>\p{L}+)\s+(?=(?<other>\p{L}+))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Spaced();

    [GeneratedRegex(@"(?<letter>\p{L})\k<letter>+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Repeated();

    [GeneratedRegex(@"(?<!\p{L})(?:х[*#.]+[йяеи]|п[*#.]+зд\p{L}*|пи[*#.]+д\p{L}*|бл[*#.]+(?:ть|дь)?(?!\p{L})|с[*#.]+ка(?!\p{L})|[ёе][*#.]+а[тл]\p{L}*|f[*#.]+c?k\p{L}*|s[*#.]+t(?!\p{L})|b[*#.]+ch(?!\p{L})|к[*#.]+так(?!\p{L}))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Masked();
}
