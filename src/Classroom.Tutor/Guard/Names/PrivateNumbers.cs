using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>
/// Telephone numbers, personal numbers (IIN) and cards in a plain text, in digits, in letters drawn as digits and in words. Years, π, distances and rows of
/// numbers are none: a personal number is known by its check digit, a telephone by its first digits and its length.
/// </summary>
internal static partial class PrivateNumbers
{
    private const int IinLength = 12;
    private const int CardLength = 16;
    private static readonly FrozenDictionary<string, int> Words = WordLists.Lines("numbers").Select(l => l.Split(' ')).SelectMany(l => l.Skip(1).Select(w => (Word: w, Value: int.Parse(l[0], System.Globalization.CultureInfo.InvariantCulture))))
        .ToFrozenDictionary(p => p.Word, p => p.Value, StringComparer.Ordinal);

    /// <param name="plain">Lower case, Kazakh letters as their nearest Russian ones.</param>
    public static IEnumerable<(int Start, int Length)> Find(string plain)
    {
        foreach (Match m in Digits().Matches(plain))
        {
            var digits = string.Concat(m.Value.Select(Digit).Where(d => d is not null));
            if (IsPrivate(m.Value.Trim(), digits, plain, m.Index))
            {
                yield return (m.Index, m.Length);
            }
        }

        foreach (var span in InWords(plain))
        {
            yield return span;
        }
    }

    /// <summary>Twelve digits: a day of birth, a century and sex, and a check digit that fits the others.</summary>
    public static bool IsIin(string digits)
    {
        if (digits.Length != IinLength || Month(digits) is < 1 or > 12 || Day(digits) is < 1 or > 31 || digits[6] is < '0' or > '6')
        {
            return false;
        }

        var sum = Sum(digits, 1);
        var check = sum % 11 == 10 ? Sum(digits, 3) % 11 : sum % 11;
        return check == digits[^1] - '0';
    }

    // "1-2-3 and on" from a first weight; after eleven comes one.
    private static int Sum(string digits, int first) => Enumerable.Range(0, IinLength - 1).Sum(i => (digits[i] - '0') * (((i + first - 1) % 11) + 1));

    private static int Month(string digits) => ((digits[2] - '0') * 10) + digits[3] - '0';

    private static int Day(string digits) => ((digits[4] - '0') * 10) + digits[5] - '0';

    private static bool IsPrivate(string written, string digits, string plain, int at)
    {
        var before = plain[Math.Max(0, at - 30)..at];
        if (digits.Length == IinLength)
        {
            return IsIin(digits) || IinCue().IsMatch(before);
        }

        if (Decimal().IsMatch(written))
        {
            return false;
        }

        var isGrouped = Thousands().IsMatch(written) && !PhoneCue().IsMatch(before);
        return written[0] == '+' ? digits.Length is >= 10 and <= 13
            : digits.Length == CardLength ? IsCard(digits)
            : digits.Length == 11 ? IsPhone(digits) && !isGrouped
            : digits.Length == 10 ? IsPhone("8" + digits) && digits[0] == '7' && !isGrouped
            : digits.Length is >= 5 and <= 7 && PhoneCue().IsMatch(before) && written.Contains('-', StringComparison.Ordinal);
    }

    // Within Kazakhstan and Russia: 8 or 7, then the code of a mobile network or a region.
    private static bool IsPhone(string digits) => digits.Length == 11 && digits[0] is '7' or '8' && digits[1] is '3' or '4' or '7' or '8' or '9';

    private static bool IsCard(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var d = (digits[i] - '0') * (i % 2 == 0 ? 2 : 1);
            sum += d > 9 ? d - 9 : d;
        }

        return sum % 10 == 0;
    }

    private static char? Digit(char c) => c switch { >= '0' and <= '9' => c, 'о' or 'o' => '0', 'l' or 'i' or 'и' or 'і' => '1', 'з' => '3', 'б' => '6', 's' => '5', _ => null };

    // "сегіз жеті жүз бір ...": number words in a row, read as the digits they would be written with.
    private static IEnumerable<(int Start, int Length)> InWords(string plain)
    {
        var row = new List<(int Start, int End, string Word)>();
        foreach (Match m in WordsAndDigits().Matches(plain))
        {
            if (!Words.ContainsKey(m.Value) && !char.IsAsciiDigit(m.Value[0]))
            {
                if (Row(row) is { } found)
                {
                    yield return found;
                }

                row.Clear();
                continue;
            }

            row.Add((m.Index, m.Index + m.Length, m.Value));
        }

        if (Row(row) is { } last)
        {
            yield return last;
        }
    }

    private static (int Start, int Length)? Row(List<(int Start, int End, string Word)> row)
    {
        // Only where words take part: digits alone were looked at.
        if (row.Count(r => Words.ContainsKey(r.Word)) < 3)
        {
            return null;
        }

        var digits = Written(row.Select(r => r.Word));
        return IsPhone(digits) || (digits.Length == 10 && digits[0] == '7' && IsPhone("8" + digits)) || IsIin(digits) ? (row[0].Start, row[^1].End - row[0].Start) : null;
    }

    private static string Written(IEnumerable<string> words)
    {
        var (digits, open, place) = (new System.Text.StringBuilder(), -1, 0);
        foreach (var word in words)
        {
            if (!Words.TryGetValue(word, out var value))
            {
                Close();
                digits.Append(word);
                continue;
            }

            if (value == 100 && open is > 0 and < 10 && place == 1)
            {
                // Kazakh and English: "жеті жүз", "seven hundred".
                (open, place) = (open * 100, 100);
                continue;
            }

            var size = value >= 100 ? 100 : value >= 10 ? 10 : 1;
            if (open > 0 && size < place && value > 0 && open % (size * 10) < size * 10 && open % place == 0 && (size == 10 || open % 10 == 0))
            {
                (open, place) = (open + value, value is > 9 and < 20 ? 1 : size);
                continue;
            }

            Close();
            // "Он екі" is twelve; "десять два" is not.
            (open, place) = (value, value is > 9 and < 20 && word != "он" ? 1 : size);
        }

        Close();
        return digits.ToString();

        void Close()
        {
            if (open >= 0)
            {
                digits.Append(open);
            }

            (open, place) = (-1, 0);
        }
    }

    // Digits, or letters drawn as such between them, however they are parted; a comma before a space begins another number.
    [GeneratedRegex(@"(?<!\d)(?<!\d[.,])\+?\d(?:(?:,(?!\s)|[\s().\-–—_/*]){0,3}\d|(?<=\d)[оoliиізбs](?=\d)){4,}(?!\d)", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Digits();

    [GeneratedRegex(@"^\d+[.,]\d+$", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^\d{1,3}(?:\s\d{3})+$", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Thousands();

    [GeneratedRegex(@"(?:иин|жсн|iin|жеке сайкестендиру|individual identification)[^\d.!?]*$", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex IinCue();

    [GeneratedRegex(@"(?:тел|номер|нолер|номир|звон|домашн|хабарлас|ватсап|whatsapp|phone|call|number|tel)[^\d.!?]*$", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex PhoneCue();

    [GeneratedRegex(@"\p{L}+|\d+", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex WordsAndDigits();
}
