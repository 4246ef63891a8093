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

    private static readonly (string Opens, string Shuts, bool IsBlock)[] Delimiters = [("$$", "$$", true), (@"\[", @"\]", true), (@"\(", @"\)", false), ("$", "$", false)];

    private static readonly Dictionary<string, string> Signs = new(StringComparer.Ordinal)
    {
        ["cdot"] = "·", ["times"] = "×", ["div"] = "÷", ["pm"] = "±", ["le"] = "≤", ["leq"] = "≤", ["ge"] = "≥", ["geq"] = "≥", ["ne"] = "≠", ["neq"] = "≠", ["approx"] = "≈",
        ["to"] = "→", ["rightarrow"] = "→", ["circ"] = "°", ["sqrt"] = "√", ["quad"] = " ", ["text"] = "", ["textbf"] = "", ["textit"] = "", ["mbox"] = "", ["mathrm"] = "", ["mathbf"] = "",
        ["left"] = "", ["right"] = "", ["ce"] = "", ["pu"] = "", ["frac"] = "", ["dfrac"] = "", ["tfrac"] = "", ["boxed"] = "", ["displaystyle"] = "", ["overline"] = "", ["underline"] = "",
    };

    public static IReadOnlyList<Formula> In(string text) => In(text, Longest);

    /// <summary>How a formula stands at a place of a text that may go on.</summary>
    /// <returns>Null: none. One without an end (<see cref="Formula.End"/> is -1): it opens, and the text ends before it does.</returns>
    public static Formula? At(string text, int at) => At(text, at, Longest);

    /// <summary>The text with something else in the place of each formula.</summary>
    public static string Without(string text, string standIn) => Replaced(text, _ => standIn);

    /// <summary>The text with each formula in plain signs: the guards read it as if it had been written without TeX, and whatever words it hides are in sight.</summary>
    public static string InSigns(string text) => Replaced(text, static f => Plain(f.Tex));

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
        // A price has a space or a figure where a formula cannot.
        if (opens == "$" && from < text.Length && char.IsWhiteSpace(text[from]))
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

        var (tex, after) = (text[from..end].Trim(), end + shuts.Length);
        return tex.Length == 0 || (opens == "$" && (char.IsWhiteSpace(text[end - 1]) || (after < text.Length && char.IsAsciiDigit(text[after])))) ? null : new Formula(at, after, tex, isBlock);
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

    // What no sign is known for keeps its name: a word behind a backslash is a word.
    private static string Plain(string tex)
    {
        tex = Fraction().Replace(tex, static m => $"{m.Groups["over"].Value}/{m.Groups["under"].Value}");
        tex = Command().Replace(tex, static m => Signs.GetValueOrDefault(m.Groups["name"].Value, " " + m.Groups["name"].Value + " "));
        tex = Braces().Replace(Space().Replace(tex, " "), "");
        return string.Join(' ', tex.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    [GeneratedRegex(@"\\[dt]?frac\s*\{?(?<over>(?<=\{)[^{}]*|\d)\}?\s*\{?(?<under>(?<=\{)[^{}]*|\d)\}?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Fraction();

    [GeneratedRegex(@"\\(?<name>[a-zA-Z]+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Command();

    [GeneratedRegex(@"\\[,;:! ]|~", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Space();

    [GeneratedRegex(@"[{}\\$]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Braces();
}
