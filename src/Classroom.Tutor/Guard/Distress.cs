using System.Text;
using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>
/// Whether a child says that it is in danger: it wants to die or to hurt itself, is beaten, touched, lured, bullied. Word order, person, gender and spelling
/// are free, so a rule is what must stand in one sentence and what must not (<c>Guard/Distress/*.txt</c>): "kills the boss" is a game, "nobody hits me" is none.
/// </summary>
public static partial class Distress
{
    private static readonly SentenceRules Cyrillic = new("Distress.cyrillic");
    private static readonly SentenceRules English = new("Distress.english");
    private static readonly SentenceRules Apart = new("Distress.spaced", anywhere: true);

    public static bool IsIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var shaped = Shapes.Of(text);
        var joined = Inside().Replace(shaped, "");
        return IsInPlain(shaped) || (joined.Length != shaped.Length && IsInPlain(joined));
    }

    private static bool IsInPlain(string text)
    {
        foreach (var sentence in Ends().Split(text))
        {
            if (sentence.Length < 3)
            {
                continue;
            }

            var (plain, latin) = (Plain(sentence), Latin(sentence));
            if (Cyrillic.Hold(plain) || English.Hold(latin)
                || Spaced().Matches(sentence).Select(m => m.Value).Any(IsSpelled))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSpelled(string letters) =>
        string.Concat(letters.Where(char.IsLetterOrDigit)) is var word && (Apart.Hold(Plain(word)) || Apart.Hold(word));

    /// <summary>Russian and Kazakh as the rules are written: one letter for those that spelling mixes up, Latin words as they sound.</summary>
    internal static string Plain(string text)
    {
        var cyrillic = Words().Replace(text, static word => word.Value.Any(static c => c is >= 'Ѐ' and <= 'ӿ')
            ? Folding.Of(word.Value).Plain : Romanised().Replace(Folding.Of(word.Value, lookAlikes: false).Plain, static m => Sound(m.Value)));
        var plain = new StringBuilder(cyrillic.Length);
        foreach (var c in cyrillic)
        {
            var one = c switch { 'ь' or 'ъ' or '\'' or '’' => '\0', 'ы' or 'й' => 'и', 'щ' => 'ш', 'э' => 'е', 'ё' => 'е', '-' or ',' or '\t' or '\r' => ' ', _ => c };
            if (one != '\0' && !(plain.Length > 0 && plain[^1] == one))
            {
                plain.Append(one);
            }
        }

        return plain.ToString();
    }

    // Of the romanisations that children type: zh and j, kh, h and x, q and k, y by itself and before a vowel.
    private static string Sound(string letters) => letters switch
    {
        "shch" or "sch" or "sh" => "ш", "zh" or "j" => "ж", "kh" or "h" or "x" => "х", "gh" or "g" => "г", "ch" or "4" => "ч", "ts" => "ц",
        "ya" => "я", "yu" => "ю", "yo" or "ye" or "e" => "е", "a" => "а", "b" => "б", "c" => "с", "d" => "д", "f" => "ф", "i" or "y" => "и", "k" or "q" => "к",
        "l" => "л", "m" => "м", "n" => "н", "o" => "о", "p" => "п", "r" => "р", "s" => "с", "t" => "т", "u" => "у", "v" or "w" => "в", "z" => "з", _ => letters,
    };

    private static string Latin(string text) => Space().Replace(Quote().Replace(text, ""), " ");

    // A sign inside a word, "ум.ереть"; not the hyphen, nor an apostrophe.
    [GeneratedRegex(@"(?<=\p{L})[._*|~+]+(?=\p{Ll})", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Inside();

    [GeneratedRegex(@"[.!?…;\n]+", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Ends();

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}'’]+", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Words();

    [GeneratedRegex("shch|sch|sh|zh|kh|gh|ch|ts|y[aueo]|[a-z4]", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Romanised();

    // Five single letters or more: "н е х о ч у".
    [GeneratedRegex(@"(?<![\p{L}\p{N}])[\p{L}\p{N}](?:[\s\-,]+[\p{L}\p{N}](?![\p{L}\p{N}])){4,}", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Spaced();

    [GeneratedRegex("['’`]", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Quote();

    [GeneratedRegex(@"[\s,\-]+", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Space();
}
