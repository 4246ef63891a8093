using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Classroom.Tutor;

/// <summary>
/// Cuts a text into words and reads each however it is disguised: letters drawn alike, digits and signs for letters, stars and dots inside,
/// letters one by one. One pass, no patterns.
/// </summary>
internal static class NameWords
{
    // After these a capital letter says nothing.
    private static readonly SearchValues<char> Begins = SearchValues.Create(".!?…\n\r«\"“„:");
    private const string Leet = "0134@$*";
    private static readonly FrozenDictionary<char, char> Digits = Pairs("0134@$", "оизчас");
    private static readonly FrozenDictionary<char, char> LatinDigits = Pairs("0134@$", "oieaas");

    // How a letter looks in the other alphabet; capitals are small here, so those that look alike only as capitals stand here too.
    private static readonly FrozenDictionary<char, char> AsCyrillic = Pairs("aeopcyxkmhtbiu", "аеорсухкмнтвіи");
    private static readonly FrozenDictionary<char, char> AsLatin = Pairs("аеорсухкмнтві", "aeopcyxkmhtbi");
    private static readonly FrozenDictionary<char, string> Marked = new Dictionary<char, string>
    {
        ['ş'] = "sh", ['ý'] = "u", ['ç'] = "ch", ['ä'] = "a", ['á'] = "a", ['ö'] = "o", ['ó'] = "o", ['ü'] = "u", ['ū'] = "u", ['ú'] = "u", ['ğ'] = "g", ['ǵ'] = "g", ['ñ'] = "n", ['ń'] = "n", ['ŋ'] = "n", ['ı'] = "i",
    }.ToFrozenDictionary();

    public static List<NameWord> Of(string text)
    {
        var letters = Read(text);
        var words = new List<NameWord>();
        // Shouting is no sign of a name.
        var (upper, lower) = (text.Count(char.IsUpper), text.Count(char.IsLower));
        var shouts = upper > 3 && upper > lower * 2;
        var (at, gapFrom) = (0, 0);
        while (at < letters.Count)
        {
            if (!IsLetter(letters[at].Plain) && !StartsInside(letters, at))
            {
                at++;
                continue;
            }

            var end = Spelled(letters, at) is var spelled && spelled > at ? spelled : WordEnd(letters, at);
            var gap = text[gapFrom..letters[at].Start];
            words.Add(Make(text, letters, at, end, gap, spelled > at, IsFirst(words.Count, gap), shouts));
            gapFrom = letters[end - 1].End;
            at = end;
        }

        return words;
    }

    private static NameWord Make(string text, List<Letter> letters, int from, int to, string gap, bool isSpelled, bool isFirst, bool shouts)
    {
        var body = new StringBuilder(to - from);
        for (var i = from; i < to; i++)
        {
            if (IsLetter(letters[i].Plain) || (!isSpelled && Leet.Contains(letters[i].Plain, StringComparison.Ordinal) && letters[i].Plain != '*'))
            {
                body.Append(letters[i].Plain);
            }
        }

        var word = body.ToString();
        var (start, end) = (letters[from].Start, letters[to - 1].End);
        var first = letters[from];
        var isCapital = !shouts && char.IsUpper(text[first.Start]) || (!char.IsLetter(text[first.Start]) && !shouts && first.Plain is not ('*'));
        var (cyrillic, latin) = (word.Count(IsCyrillic), word.Count(char.IsAsciiLetter));
        var isMixed = cyrillic > 0 && latin > 0;
        var disguised = isSpelled || isMixed || word.Any(c => !char.IsLetter(c)) || to - from != word.Length;
        var ending = "";
        if (isMixed && CyrillicTail(word) is var tail && tail > 0)
        {
            (ending, word, cyrillic) = (Map(word[tail..], Digits, AsCyrillic), word[..tail], 0);
        }

        var plain = latin == 0 || cyrillic > 0 ? Map(word, Digits, cyrillic > 0 ? AsCyrillic : null) : "";
        var roman = cyrillic == 0 || latin > 0 ? Romanisation.Of(Map(word, LatinDigits, null)) : "";
        var raw = plain.Length > 0 ? plain : Map(word, LatinDigits, null);
        return new NameWord(start, end, raw, plain, roman, NameWord.Loosen(ending), isCapital, isFirst, disguised, gap);
    }

    // Latin letters, then at least two Cyrillic ones and nothing more: a Kazakh or Russian ending.
    private static int CyrillicTail(string word)
    {
        var tail = 0;
        while (tail < word.Length && !IsCyrillic(word[tail]))
        {
            tail++;
        }

        return tail >= 2 && tail < word.Length && Endings.IsEnding(NameWord.Loosen(Map(word[tail..], Digits, AsCyrillic))) ? tail : 0;
    }

    private static string Map(string word, FrozenDictionary<char, char> digits, FrozenDictionary<char, char>? shapes) =>
        string.Concat(word.Select(c => digits.TryGetValue(c, out var letter) ? letter : shapes is not null && shapes.TryGetValue(c, out var shape) ? shape : c));

    // "К а р а к а т", "А.й.г.е.р.і.м": at least three letters, each apart by one and the same sign.
    private static int Spelled(List<Letter> letters, int at)
    {
        if (at + 4 >= letters.Count || IsWordPart(letters, at + 1) || !IsSign(letters[at + 1].Plain) || (at > 0 && IsLetter(letters[at - 1].Plain)))
        {
            return at;
        }

        var (sign, end, count) = (letters[at + 1].Plain, at + 1, 1);
        while (end + 1 < letters.Count && letters[end].Plain == sign && IsLetter(letters[end + 1].Plain) && (end + 2 >= letters.Count || !IsLetter(letters[end + 2].Plain)))
        {
            (end, count) = (end + 2, count + 1);
        }

        return count >= 3 ? end : at;
    }

    private static int WordEnd(List<Letter> letters, int at)
    {
        var end = at + 1;
        while (end < letters.Count && (IsLetter(letters[end].Plain) || IsWordPart(letters, end)))
        {
            end++;
        }

        return end;
    }

    // A digit or sign for a letter, between letters.
    private static bool IsWordPart(List<Letter> letters, int at) =>
        Leet.Contains(letters[at].Plain, StringComparison.Ordinal) && at > 0 && at + 1 < letters.Count && IsLetter(letters[at - 1].Plain) && IsLetter(letters[at + 1].Plain);

    // "1лья": a digit for the first letter.
    private static bool StartsInside(List<Letter> letters, int at) =>
        letters[at].Plain is '0' or '1' or '3' or '4' && (at == 0 || !char.IsLetterOrDigit(letters[at - 1].Plain)) && at + 2 < letters.Count && IsLetter(letters[at + 1].Plain) && IsLetter(letters[at + 2].Plain);

    private static bool IsSign(char c) => c is ' ' or '.' or '_' or '-' or '*' or '\u00a0';

    private static bool IsLetter(char c) => char.IsLetter(c);

    private static bool IsCyrillic(char c) => c is >= 'а' and <= 'ӿ';

    private static bool IsFirst(int index, string gap) =>
        index == 0 || gap.AsSpan().IndexOfAny(Begins) >= 0;

    private static List<Letter> Read(string text)
    {
        var letters = new List<Letter>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = char.ToLowerInvariant(text[i]);
            if (char.IsAscii(c) || c is (>= 'а' and <= 'я') or 'ё' || "әғқңөұүһі".Contains(c, StringComparison.Ordinal))
            {
                if (c >= ' ' || c is '\n' or '\r' or '\t')
                {
                    letters.Add(new(c, i, i + 1));
                }

                continue;
            }

            if (Marked.TryGetValue(c, out var two))
            {
                letters.AddRange(two.Select(l => new Letter(l, i, i + 1)));
                continue;
            }

            var length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 2 : 1;
            var category = length == 1 ? char.GetUnicodeCategory(text[i]) : UnicodeCategory.OtherLetter;
            if (category is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.Surrogate))
            {
                letters.AddRange(Shapes.Of(text.Substring(i, length)).Select(l => new Letter(l, i, i + length)));
            }
            else if (letters.Count > 0)
            {
                // Goes with the letter that it stands on; й may be written as two.
                letters[^1] = new(text[i] == '\u0306' && letters[^1].Plain == 'и' ? 'й' : letters[^1].Plain, letters[^1].Start, i + 1);
            }

            i += length - 1;
        }

        return letters;
    }

    private static FrozenDictionary<char, char> Pairs(string from, string to) => from.Zip(to).ToFrozenDictionary(p => p.First, p => p.Second);

    private readonly record struct Letter(char Plain, int Start, int End);
}
