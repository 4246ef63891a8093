using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Classroom.Kits;

/// <param name="Start">Of its first delimiter; <paramref name="End"/> is behind its last.</param>
/// <param name="IsBlock">It stands on a line of its own.</param>
public readonly record struct Formula(int Start, int End, string Tex, bool IsBlock);

/// <summary>
/// Where formulas stand in a text: <c>$...$</c> and <c>$$...$$</c> as authors write them, <c>\(...\)</c> and <c>\[...\]</c> as models do. The same rules as
/// <c>ui/formula/find.ts</c>; <c>clients/web/tests/formulas.json</c> holds both to them.
/// </summary>
public static partial class Formulas
{
    /// <summary>In characters: what is longer is no formula that somebody could read.</summary>
    public const int Longest = 400;

    private const string NoEnd = "([«\"/:";

    // The same as the screens': a browser and .NET do not agree on all of them.
    private const string Space = @"[\t-\r \u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]";

    private static readonly SearchValues<char> TexSigns = SearchValues.Create(@"\^_={}");
    private static readonly (string Opens, string Shuts, bool IsBlock)[] Delimiters = [("$$", "$$", true), (@"\[", @"\]", true), (@"\(", @"\)", false), ("$", "$", false)];

    public static IReadOnlyList<Formula> In(string text) => In(text, Longest);

    /// <summary>How a formula stands at a place of a text that may go on.</summary>
    /// <returns>Null: none. One without an end (<see cref="Formula.End"/> is -1): it opens, and the text ends before it does.</returns>
    public static Formula? At(string text, int at) => At(text, at, Longest);

    /// <summary>The text with something else in the place of each formula.</summary>
    public static string Without(string text, string standIn) => Replaced(text, _ => standIn);

    /// <summary>The text with each formula in plain signs: the guards read it as if it had been written without TeX, and whatever words it hides are in sight.</summary>
    public static string InSigns(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Replaced(text, f => FormulaSigns.Apart(FormulaSigns.Of(f.Tex), f, text));
    }

    /// <summary>Where a formula begins that the text ends before; -1: nowhere.</summary>
    public static int Begun(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (var at = 0; at < text.Length;)
        {
            if (IsAt(text, at, @"\$") || At(text, at, Longest) is not { } formula)
            {
                at += IsAt(text, at, @"\$") ? 2 : 1;
            }
            else if (formula.End < 0)
            {
                return at;
            }
            else
            {
                at = formula.End;
            }
        }

        return -1;
    }

    /// <summary>Without a sign of TeX, words and sentences are no formula: something costs $5 here and 7$ there. AB, ABC and xy are sides, angles and products.</summary>
    public static bool IsMoney(string tex) =>
        !tex.AsSpan().ContainsAny(TexSigns) && Words().IsMatch(tex);

    internal static IReadOnlyList<Formula> In(string text, int longest)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.AsSpan().ContainsAny('$', '\\'))
        {
            return [];
        }

        var found = new List<Formula>();
        for (var at = 0; at < text.Length;)
        {
            // \$ is a dollar.
            if (IsAt(text, at, @"\$"))
            {
                at += 2;
            }
            else if (At(text, at, longest) is { End: >= 0 } formula)
            {
                found.Add(formula);
                at = formula.End;
            }
            else
            {
                at++;
            }
        }

        return found;
    }

    private static Formula? At(string text, int at, int longest)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (opens, shuts, isBlock) = Array.Find(Delimiters, d => IsAt(text, at, d.Opens));
        if (opens is null || (opens[0] == '$' && at > 0 && char.IsLetterOrDigit(text[at - 1])))
        {
            return null;
        }

        var from = at + opens.Length;
        if (opens == "$" && from < text.Length && (IsSpace(text[from]) || NoBegin().IsMatch(text.AsSpan(from, Math.Min(text.Length - from, Longest)))))
        {
            return null;
        }

        if (EndOf(text, from, shuts, isBlock, longest) is not { } end)
        {
            return null;
        }

        if (end < 0)
        {
            return new Formula(at, -1, "", isBlock);
        }

        var (tex, after) = (Trimmed(text[from..end]), end + shuts.Length);
        return tex.Length == 0 || (opens == "$" && (IsSpace(text[end - 1]) || NoEnd.Contains(text[end - 1]) || (after < text.Length && char.IsAsciiDigit(text[after])) || IsMoney(tex))) ? null : new Formula(at, after, tex, isBlock);
    }

    private static bool IsSpace(char c) => char.IsWhiteSpace(c) && c != '\u0085';

    private static string Trimmed(string text)
    {
        var (from, to) = (0, text.Length);
        while (from < to && IsSpace(text[from]))
        {
            from++;
        }

        while (to > from && IsSpace(text[to - 1]))
        {
            to--;
        }

        return text[from..to];
    }

    private static int? EndOf(string text, int from, string shuts, bool isBlock, int longest)
    {
        for (var i = from; i <= from + longest; i++)
        {
            if (i >= text.Length)
            {
                return -1;
            }

            if (IsAt(text, i, shuts))
            {
                return i;
            }

            if (text[i] == '\n' && (!isBlock || (i + 1 < text.Length && text[i + 1] == '\n')))
            {
                return null;
            }

            // A backslash takes what follows it.
            i += text[i] == '\\' ? 1 : 0;
        }

        return null;
    }

    private static bool IsAt(string text, int at, string part) => string.CompareOrdinal(text, at, part, 0, part.Length) == 0;

    private static string Replaced(string text, Func<Formula, string> by)
    {
        var found = In(text);
        if (found.Count == 0)
        {
            return text;
        }

        var (whole, at) = (new StringBuilder(), 0);
        foreach (var formula in found)
        {
            whole.Append(text, at, formula.Start - at).Append(by(formula));
            at = formula.End;
        }

        return whole.Append(text, at, text.Length - at).ToString();
    }

    // A sentence that ends before any sign of TeX, an amount, a currency among others, a sign with an ending of words.
    [GeneratedRegex(@"^(?:[)\]},.;:!?/»""]|-[^0-9a-zA-Z\\({]|[^\\^_={}$\n]*[.!?…][ \u00A0]+\p{Lu})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NoBegin();

    [GeneratedRegex(@"[.!?…]" + Space + @"|(?<!\p{L})(?!(?:[A-Z]{2,4}|[a-z]{2,3})(?!\p{L}))\p{L}{2,}|[\p{L}\p{Nd}]" + Space + @"+\p{L}{2,}|\p{L}{2,}" + Space + @"+[\p{L}\p{Nd}]|" + Space + "[Ѐ-ӿ]" + Space, RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Words();
}
