using System.Text.RegularExpressions;

namespace Classroom.Kits.Reading;

/// <summary>What a text may hold beside words, by how its screens show it.</summary>
internal enum TextKind
{
    /// <summary>Words alone: titles, names, labels.</summary>
    Words,

    /// <summary>Formulas too.</summary>
    Line,

    /// <summary>Formulas and tables.</summary>
    Blocks,

    /// <summary>As a child would type it: shown as it is.</summary>
    Typed,
}

/// <summary>Formulas and tables of a text: that each is whole, small enough, and in its place. Whether the TeX can be set is said by a test of the web client.</summary>
internal static partial class MarkedText
{
    public static IEnumerable<(string Code, string Message)> Complaints(string text, TextKind kind) => kind == TextKind.Typed ? [] : OfFormulas(text, kind).Concat(OfTables(text, kind));

    private static IEnumerable<(string Code, string Message)> OfFormulas(string text, TextKind kind)
    {
        var formulas = Formulas.In(text, Limits.Teacher);
        if (kind == TextKind.Words)
        {
            // Such a field is shown letter for letter: a dollar in it is a dollar.
            if (formulas.Count > 0 || Known(text) is not null)
            {
                yield return (KitErrorCodes.FormulaNotHere, "no formula is shown in this field: write it in words");
            }

            yield break;
        }

        foreach (var tex in formulas.Select(f => f.Tex))
        {
            if (tex.Length > Formulas.Longest)
            {
                yield return (KitErrorCodes.FormulaTooLong, $"the formula has {tex.Length} characters; at most {Formulas.Longest} can be read");
            }

            if (Forbidden().Match(tex) is { Success: true } command)
            {
                yield return (KitErrorCodes.FormulaCommand, $"{command.Value} may not stand in a formula: nothing that defines, links, colours or takes room of its own");
            }

            if (!AreBracesWhole(tex))
            {
                yield return (KitErrorCodes.FormulaBraces, $"the braces of this formula do not match: {Begin(tex)}");
            }
        }

        var (at, words) = (0, new List<string>());
        foreach (var formula in formulas)
        {
            words.Add(text[at..formula.Start]);
            at = formula.End;
        }

        words.Add(text[at..]);
        if (words.Select(w => Loose().Match(w) is { Success: true } m ? m.Value : Known(w)).FirstOrDefault(l => l is not null) is { } loose)
        {
            yield return (KitErrorCodes.FormulaOpen, $"a formula begins or ends here without its other sign (\"{loose.Trim()}\"): no space inside $...$, all on one line, words in \\text{{...}}; a dollar is \\$");
        }
    }

    // A command of TeX without signs around it: C:\Users is none.
    private static string? Known(string text) => Command().Matches(text).FirstOrDefault(m => m.Groups["brace"].Success || TexNames.Has(m.Groups["name"].Value))?.Value;

    private static IEnumerable<(string Code, string Message)> OfTables(string text, TextKind kind)
    {
        var lines = text.Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            var from = at;
            while (at < lines.Length && lines[at].TrimStart().StartsWith('|'))
            {
                at++;
            }

            // One line alone may begin with a bar: |x| is a number's size.
            if (at - from < 2)
            {
                continue;
            }

            var rows = lines[from..at].Select(CellsOf).ToList();
            if (kind != TextKind.Blocks)
            {
                yield return (KitErrorCodes.TableNotHere, "no table is shown in this field: put it into the board, student or teacher text of a step, a question or a task");
            }
            else if (rows.Count < 3 || rows.Exists(r => r != rows[0] || r == 0) || !Dashes().IsMatch(lines[from + 1].Trim()))
            {
                yield return (KitErrorCodes.TableShape, "a table is a row of headings, a row such as |---|---| and at least one more, each with as many cells, each line begun and ended by |");
            }
            else if (rows[0] > Limits.TableColumns || rows.Count - 2 > Limits.TableRows)
            {
                yield return (KitErrorCodes.TableTooBig, $"the table has {rows[0]} columns and {rows.Count - 2} rows; at most {Limits.TableColumns} and {Limits.TableRows} fit a board");
            }
        }
    }

    // How many; 0: the line does not end as it begins. A sign in a formula or behind a backslash divides nothing.
    private static int CellsOf(string line)
    {
        var row = Formulas.Without(line.Trim(), "x").Replace(@"\|", "", StringComparison.Ordinal);
        return row.Length > 2 && row.EndsWith('|') ? row.Count(c => c == '|') - 1 : 0;
    }

    private static bool AreBracesWhole(string tex)
    {
        var depth = 0;
        for (var i = 0; i < tex.Length && depth >= 0; i++)
        {
            depth += tex[i] == '{' ? 1 : tex[i] == '}' ? -1 : 0;
            i += tex[i] == '\\' ? 1 : 0;
        }

        return depth == 0;
    }

    private static string Begin(string tex) => tex.Length <= 40 ? tex : tex[..40] + "…";

    // The same list as in ui/formula/typeset.tsx.
    [GeneratedRegex(@"\\(?:[gex]?def|let|futurelet|global|(?:re)?newcommand|providecommand|DeclareMathOperator|newenvironment|href|url|includegraphics|html\w*|class|id|style|data|cssId|(?:text|page|f)?color(?:box)?|definecolor|tag|label|(?:eq)?ref|rule|raisebox|input|include|unicode|char|verb)(?![a-zA-Z])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Forbidden();

    // Beside a letter, a brace or a backslash, or twice. A price has figures and spaces, and US$5 is one.
    [GeneratedRegex(@"(?<!\\)\$\$|(?<!\\)\$[\p{L}\\{(]|(?:[\p{Ll}\p{Lo})}]|\p{Lu}(?!\$\d))(?<!\\)\$|\\[()\[\]]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Loose();

    [GeneratedRegex(@"\\(?<name>[a-zA-Z]{2,})(?<brace>\s*\{)?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Command();

    [GeneratedRegex(@"^\|(?:\s*:?-+:?\s*\|)+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Dashes();
}
