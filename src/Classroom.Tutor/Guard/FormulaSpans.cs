using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>What of a text is mathematics, so that it identifies nobody: little, since a child may write anything between two dollar signs.</summary>
internal sealed partial class FormulaSpans(string text)
{
    private readonly IReadOnlyList<Kits.Formula> _formulas = Kits.Formulas.In(text);

    /// <summary>\alpha is nobody: but only what is on TeX's own list: any other name behind a backslash is a name.</summary>
    public bool IsCommand(int start, int end) =>
        start > 0 && text[start - 1] == '\\' && Kits.TexNames.Has(text[start..end]) && (end == text.Length || !char.IsAsciiLetter(text[end])) && Within(start, end) is not null;

    /// <summary>Figures among the signs of a formula are no telephone; among its words they are what they are anywhere.</summary>
    public bool IsReckoned(int start, int end)
    {
        if (Within(start, end) is not { } formula)
        {
            return false;
        }

        var tex = text[formula.Start..formula.End];
        var words = InWords().Matches(tex);
        if (words.Any(w => start - formula.Start < w.Index + w.Length && end - formula.Start > w.Index))
        {
            return false;
        }

        var signs = InWords().Replace(tex, " ");
        return Reckons().IsMatch(signs) && !Word().IsMatch(Command().Replace(signs, " "));
    }

    private Kits.Formula? Within(int start, int end)
    {
        foreach (var formula in _formulas)
        {
            if (formula.Start < start && end < formula.End)
            {
                return formula;
            }
        }

        return null;
    }

    // Groups of words, also such as hold one more pair of braces, or do not end.
    [GeneratedRegex(@"\\(?:text[a-z]*|[mhf]box|math[a-z]+|operatorname)\s*\{(?:[^{}]|\{[^{}]*\}?)*\}?", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex InWords();

    [GeneratedRegex(@"\\(?:[dt]?frac|sqrt|cdot|times|div|pm|leq?|geq?|neq?|lt|gt|approx|ce(?=.*->))(?![a-zA-Z])|[\^_]", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Reckons();

    [GeneratedRegex(@"\\(?:begin|end)\s*\{[a-z*]*\}|\\[a-zA-Z]+", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Command();

    // No sign of chemistry has so many small letters in a row, and none is Cyrillic.
    [GeneratedRegex(@"[a-z]{3,}|[^\x00-\x7F\P{L}]{2,}", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Word();
}
