using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Classroom.Lessons;

/// <summary>
/// How what people type is compared: whole letters, one case, one sign for what looks alike. The program runs without ICU (InvariantGlobalization), where
/// <c>string.Normalize</c> changes nothing, and no kept package has Unicode's confusables; so the letters that matter here, which are those of Kazakh,
/// Russian and English, stand in two small tables. Invariant: none of these throws, whatever the text is.
/// </summary>
public static class Spelling
{
    /// <summary>More marks over one letter than any of the three languages has; a tower of them is drawn over its neighbours.</summary>
    public const int MaxMarks = 2;

    // A letter and a mark that some keyboards and files write apart, and the letter that is both.
    private static readonly FrozenDictionary<(char, char), char> Composed = Compositions();

    // Letters that are drawn alike in small or in capitals (names do not differ by case), each with the Russian or Latin one it stands for.
    private const string Alike = "abcehiklmoptxyıəһүёѕјԁοαρτυχκιβηεμν013ӏԛԝօѵ";
    private const string Plain = "авсенікімортхуіәнуеsjdоартухківнемnоізіqwоv";
    private static readonly FrozenDictionary<char, char> LooksLike = Alikes();

    // A letter with a mark that is easily overseen, and the letter that it is compared as. Қ, ң, ғ, ө, ұ, ү are letters of their own.
    private const string Marked = "йщӓӑӣӥӯӱӳўӧӟӹӝѐѝїќѓáàâäãåāăąçćčďéèêëēęěğģǵíìîïīńñňóòôöõøōőŕřśšşșťţúùûüūůűųýÿźžż";
    private const string Unmarked = "ишааииууууозыжеиікгaaaaaaaaacccdeeeeeeegggiiiiinnnoooooooorrssssttuuuuuuuuyyzzz";
    private static readonly FrozenDictionary<char, char> Bases = Marked.Zip(Unmarked).ToFrozenDictionary(p => p.First, p => p.Second);

    /// <summary>NFC for the letters that matter: a letter and its mark are one sign.</summary>
    public static string Joined(string text) => Joined(text, static c => c);

    /// <summary>The same; no-break and thin spaces as spaces, other hyphens and apostrophes as the usual ones.</summary>
    public static string Whole(string text) => Joined(text, static c => c switch
    {
        '\u00a0' or '\u2007' or '\u2009' or '\u202f' => ' ',
        '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' => '-',
        '\u2018' or '\u02bc' or '\u2032' or '`' or '´' => '’',
        _ => c,
    });

    /// <summary>One line without spaces around and with one space between words.</summary>
    public static string OneLine(string text) => string.Join(' ', Whole(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>
    /// A word of a cloud as it is counted: small letters, ё as е, no signs around it, and a Latin letter in a Cyrillic word as the Cyrillic one it looks like.
    /// </summary>
    public static string Counted(string text)
    {
        var words = OneLine(text).ToLowerInvariant().Replace('ё', 'е').Split(' ').Select(w => w.Trim(Signs(w))).Where(w => w.Length > 0).ToList();
        // Nothing but signs, such as one emoji: it is what it is.
        return words.Count == 0 ? OneLine(text) : string.Join(' ', words.Select(w => w.Any(IsCyrillic) ? string.Concat(w.Select(c => char.IsAscii(c) && char.IsLetter(c) ? Look(c) : c)) : w));
    }

    /// <summary>What a name looks like: equal for two names that a class cannot tell apart. After Unicode's skeleton (TR39), without marks, signs and spaces.</summary>
    public static string Skeleton(string name) =>
        string.Concat(Whole(name).ToLowerInvariant().Where(char.IsLetterOrDigit).Select(static c => Look(Bases.GetValueOrDefault(c, c))).Select(static c => Bases.GetValueOrDefault(c, c)));

    /// <summary>Nothing in it can be seen: spaces, controls, invisible signs, letters that are drawn as nothing.</summary>
    public static bool IsBlank(string? text) => text is null || text.All(IsInvisible);

    /// <summary>Whether something is invisible, or changes the direction of what follows it.</summary>
    public static bool IsInvisible(char c) => char.IsWhiteSpace(c) || c is '\u3164' or '\u115f' or '\u1160' or '\uffa0' or '\u2800' || CharUnicodeInfo.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    /// <summary>Why the text of a child cannot stand on a screen: nothing to see, a tower of marks, or a sign that turns the text around.</summary>
    /// <returns>Null when it can.</returns>
    public static Refusal? RefusalTo(string? text)
    {
        if (IsBlank(text))
        {
            return new Refusal("empty");
        }

        var marks = 0;
        foreach (var c in Whole(text!))
        {
            if (IsTurning(c))
            {
                return new Refusal("bad-sign", "sign", NameOf(c));
            }

            marks = IsMark(c) ? marks + 1 : 0;
            if (marks > MaxMarks)
            {
                return new Refusal("stacked-marks");
            }
        }

        return null;
    }

    /// <summary>The sign itself where it can be shown alone, else its number.</summary>
    public static string NameOf(char c) => IsInvisible(c) || char.IsSurrogate(c) || IsMark(c) ? FormattableString.Invariant($"U+{(int)c:X4}") : c.ToString();

    /// <summary>An override or an isolate of direction, which reverses what stands behind it too.</summary>
    private static bool IsTurning(char c) => c is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069';

    private static bool IsMark(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    private static bool IsCyrillic(char c) => c is >= '\u0400' and <= '\u04ff';

    private static char[] Signs(string word) => [.. word.Where(c => !char.IsLetterOrDigit(c) && !char.IsSurrogate(c)).Distinct()];

    private static char Look(char c) => LooksLike.GetValueOrDefault(c is >= '\uff01' and <= '\uff5e' ? char.ToLowerInvariant((char)(c - 0xfee0)) : c, c);

    private static FrozenDictionary<char, char> Alikes()
    {
        var all = new Dictionary<char, char>();
        foreach (var (from, to) in Alike.Zip(Plain))
        {
            all[from] = to;
        }

        return all.ToFrozenDictionary();
    }

    private static string Joined(string text, Func<char, char> sign)
    {
        ArgumentNullException.ThrowIfNull(text);
        var whole = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (whole.Length > 0 && Composed.TryGetValue((whole[^1], c), out var composed))
            {
                whole[^1] = composed;
            }
            else
            {
                whole.Append(sign(c));
            }
        }

        return whole.ToString();
    }

    private static FrozenDictionary<(char, char), char> Compositions()
    {
        var all = new Dictionary<(char, char), char>();
        void Add(char mark, string bases, string wholes)
        {
            foreach (var (plain, whole) in bases.Zip(wholes))
            {
                all[(plain, mark)] = whole;
            }
        }

        Add('\u0306', "иИуУаАеЕжЖgGaAuU", "йЙўЎӑӐӗӖӂӁğĞăĂŭŬ");
        Add('\u0308', "еЕиИаАоОуУыЫэЭіІaAeEiIoOuUyY", "ёЁӥӤӓӒӧӦӱӰӹӸӭӬїЇäÄëËïÏöÖüÜÿŸ");
        Add('\u0301', "гГкКaAcCeEiInNoOsSuUyYzZ", "ѓЃќЌáÁćĆéÉíÍńŃóÓśŚúÚýÝźŹ");
        Add('\u0300', "еЕиИaAeEiIoOuU", "ѐЀѝЍàÀèÈìÌòÒùÙ");
        Add('\u0302', "aAeEiIoOuU", "âÂêÊîÎôÔûÛ");
        Add('\u0303', "aAnNoO", "ãÃñÑõÕ");
        Add('\u0304', "иИуУaAeEiIoOuU", "ӣӢӯӮāĀēĒīĪōŌūŪ");
        Add('\u030c', "cCeEnNrRsSzZ", "čČěĚňŇřŘšŠžŽ");
        Add('\u0327', "cCsS", "çÇşŞ");
        Add('\u0307', "I", "İ");
        Add('\u030a', "aAuU", "åÅůŮ");
        return all.ToFrozenDictionary();
    }
}
