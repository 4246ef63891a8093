using System.Globalization;
using System.Text;

namespace Classroom.Tutor;

/// <summary>
/// A text made plain for comparing, with the way back: lower case, no accents, no invisible characters, look-alike Latin letters as
/// Cyrillic, Kazakh letters as their nearest Russian ones, any script's digits as 0-9.
/// </summary>
internal sealed class Folding
{
    private const string From = "әғқңөұүһіёaceopxykmtbhigñ";
    private const string To = "агкноуухиеасеорхукмтвнигн";
    private readonly int[] _at;

    private Folding(string original, string plain, int[] at) => (Original, Plain, _at) = (original, plain, at);

    public string Original { get; }

    public string Plain { get; }

    /// <summary>The part of the original that a part of the plain text stands for.</summary>
    public (int Start, int Length) Back(int start, int length)
    {
        var from = _at[start];
        var to = length == 0 ? from : _at[start + length - 1] + 1;
        return (from, to - from);
    }

    /// <param name="lookAlikes">Also reads Latin letters as the Cyrillic ones they look like.</param>
    public static Folding Of(string text, bool lookAlikes = true)
    {
        var plain = new StringBuilder(text.Length);
        var at = new List<int>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (Plainly(text[i], lookAlikes) is { } c)
            {
                plain.Append(c);
                at.Add(i);
            }
        }

        return new Folding(text, plain.ToString(), [.. at]);
    }

    /// <summary>One letter made plain; null: it is not seen.</summary>
    public static char? Plainly(char c, bool lookAlikes)
    {
        if (IsInvisible(c))
        {
            return null;
        }

        c = char.ToLowerInvariant(c);
        if (char.IsDigit(c))
        {
            return (char)('0' + (int)char.GetNumericValue(c));
        }

        if (c is '\u00a0' or '\u202f' or '\u2009')
        {
            return ' ';
        }

        var found = c is >= 'а' and <= 'я' ? -1 : From.IndexOf(c, StringComparison.Ordinal);
        return found >= 0 && (lookAlikes || c > 0x7f) ? To[found] : c;
    }

    private static bool IsInvisible(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
        || (c < ' ' && c is not ('\n' or '\t' or '\r'));
}
