using System.Text.RegularExpressions;

namespace Classroom.Kits;

/// <summary>A formula in plain signs and words, for the guards. What no sign is known for keeps its name: a word behind a backslash is a word.</summary>
internal static partial class FormulaSigns
{
    private static readonly Dictionary<string, string> Signs = new(StringComparer.Ordinal)
    {
        ["cdot"] = "·", ["times"] = "×", ["div"] = "÷", ["pm"] = "±", ["le"] = "≤", ["leq"] = "≤", ["ge"] = "≥", ["geq"] = "≥", ["ne"] = "≠", ["neq"] = "≠", ["approx"] = "≈", ["lt"] = "<", ["gt"] = ">",
        ["to"] = "→", ["rightarrow"] = "→", ["circ"] = "°", ["sqrt"] = "√", ["quad"] = " ", ["text"] = "", ["textbf"] = "", ["textit"] = "", ["mbox"] = "", ["mathrm"] = "", ["mathbf"] = "",
        ["left"] = "", ["right"] = "", ["ce"] = "", ["pu"] = "", ["frac"] = "", ["dfrac"] = "", ["tfrac"] = "", ["boxed"] = "", ["displaystyle"] = "", ["overline"] = "", ["underline"] = "",
    };

    public static string Of(string tex)
    {
        // From within outwards, so that a part may hold another.
        tex = Degree().Replace(tex, "°");
        for (var before = ""; before != tex;)
        {
            before = tex;
            tex = Wrapped().Replace(tex, "${in}");
            tex = Power().Replace(tex, static m => m.Groups["sign"].Value + Enclosed(m.Groups["in"].Value));
            tex = Root().Replace(tex, static m => "√" + Enclosed(m.Groups["in"].Value));
            tex = Fraction().Replace(tex, Over);
        }

        tex = Command().Replace(tex, static m => Signs.GetValueOrDefault(m.Groups["name"].Value, " " + m.Groups["name"].Value + " "));
        tex = Braces().Replace(Space().Replace(tex.Replace("}{", " ", StringComparison.Ordinal), " "), "");
        return string.Join(' ', tex.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>What stands for a formula is glued to no word beside it, unless it is a word of its own: a screen shows that as one with its neighbour.</summary>
    public static string Apart(string signs, Formula formula, string text)
    {
        if (signs.Length == 0)
        {
            return signs;
        }

        var before = formula.Start > 0 && char.IsLetterOrDigit(text[formula.Start - 1]) && char.IsLetterOrDigit(signs[0]);
        var after = formula.End < text.Length && char.IsLetterOrDigit(text[formula.End]) && char.IsLetterOrDigit(signs[^1]) && !WordAtEnd().IsMatch(formula.Tex);
        return (before ? " " : "") + signs + (after ? " " : "");
    }

    // Words over each other are read one after the other.
    private static string Over(Match m)
    {
        var (over, under) = (m.Groups["over"].Value, m.Groups["under"].Value);
        var isWords = Word().IsMatch(over) || Word().IsMatch(under);
        var before = m.Groups["before"].Value;
        return before + (before.Length > 0 ? " " : "") + (isWords ? $" {over} {under} " : $"{(Upper().IsMatch(over) ? over : $"({over})")}/{Enclosed(under)}");
    }

    private static string Enclosed(string part) => Simple().IsMatch(part) ? part : $"({part})";

    [GeneratedRegex(@"^\s*(?:[\p{L}\p{N}.,]*|.)\s*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Simple();

    [GeneratedRegex(@"^[\p{L}\p{N}.,^√]*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Upper();

    [GeneratedRegex(@"(?<![\\\p{L}])\p{L}{3,}|\p{L}{2,}\s+\p{L}{2,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"\\(?:text[a-z]*|[mh]box|math[a-z]+|operatorname|overline|underline|boxed|ce|pu)\s*\{(?<in>[^{}]*)\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Wrapped();

    [GeneratedRegex(@"(?<sign>[\^_])\s*\{(?<in>[^{}]*)\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Power();

    [GeneratedRegex(@"\^\s*(?:\{\s*\\circ\s*\}|\\circ(?![a-zA-Z]))", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Degree();

    [GeneratedRegex(@"\\sqrt\s*\{(?<in>[^{}]*)\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Root();

    [GeneratedRegex(@"(?<before>[\p{L}\p{Nd}])?\\[dt]?frac\s*(?:\{(?<over>[^{}]*)\}|(?<over>\d))\s*(?:\{(?<under>[^{}]*)\}|(?<under>\d))", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Fraction();

    [GeneratedRegex(@"\\(?<name>[a-zA-Z]+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Command();

    [GeneratedRegex(@"\\[,;:! ]|\\\\|~|&", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Space();

    [GeneratedRegex(@"[{}\\$]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Braces();

    [GeneratedRegex(@"\\(?:text[a-z]*|[mh]box|math[a-z]+)\s*\{[^{}]*\}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex WordAtEnd();
}
