using System.Text;
using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>
/// Finds sentence ends in a text that is still growing. An end is certain once what follows it is known, so an abbreviation or a decimal
/// that arrives in pieces is never cut. Offsets are UTF-16 units into the whole text; an end lies behind the sentence's last mark.
/// </summary>
/// <param name="already">What stands before the first piece; its ends are known.</param>
public sealed partial class SentenceCutter(string already = "")
{
    private const string Marks = ".!?…";
    private const string Closers = "»”\")]’'*";

    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "т.б", "т.с.с", "мыс", "б.з.б", "ғ", "ж", "қ", "т.е", "т.д", "т.п", "т.к", "др", "пр", "см", "рис", "стр", "гг", "г", "в", "н.э", "e.g", "i.e",
        "etc", "mr", "mrs", "dr", "fig", "no", "vs",
    };

    private readonly StringBuilder _text = new(already);
    private int _start = already.Length;
    private int _scanned = already.Length;

    /// <summary>Adds more text; returns the ends that have become certain.</summary>
    public ImmutableArray<int> Add(string more)
    {
        _text.Append(more);
        var ends = ImmutableArray.CreateBuilder<int>();
        for (; _scanned < _text.Length; _scanned++)
        {
            var c = _text[_scanned];
            if (c == '\n')
            {
                Cut(ends, _scanned);
                continue;
            }

            // The points of a formula end nothing; one that has begun is waited for.
            if (c is '$' or '\\' && FormulaAt(_scanned) is { } formula)
            {
                if (formula < 0)
                {
                    break;
                }

                _scanned = formula - 1;
                continue;
            }

            if (!Marks.Contains(c))
            {
                continue;
            }

            var after = _scanned + 1;
            while (after < _text.Length && (Marks.Contains(_text[after]) || Closers.Contains(_text[after])))
            {
                after++;
            }

            var next = after;
            while (next < _text.Length && _text[next] == ' ')
            {
                next++;
            }

            if (next >= _text.Length)
            {
                break;
            }

            if (next > after && BeginsSentence(next) && !(c == '.' && IsAbbreviation(_scanned)))
            {
                Cut(ends, after);
            }

            _scanned = after - 1;
        }

        return ends.ToImmutable();
    }

    /// <summary>The giver knows that no word goes on behind what was added: whether a sentence ends there.</summary>
    public ImmutableArray<int> Settle()
    {
        var ends = ImmutableArray.CreateBuilder<int>();
        // Within a formula no sentence ends, whatever its giver says; in money it does.
        if (_scanned < _text.Length && _text[_scanned] is '$' or '\\' && FormulaAt(_scanned) < 0
            && !(_text[_scanned] == '$' && _text.ToString(_scanned + 1, _text.Length - _scanned - 1) is { } begun && (Price().IsMatch(begun) || Kits.Formulas.IsMoney(begun))))
        {
            return [];
        }

        var end = _text.Length;
        while (end > _start && char.IsWhiteSpace(_text[end - 1]))
        {
            end--;
        }

        var mark = end;
        while (mark > _start && Closers.Contains(_text[mark - 1]))
        {
            mark--;
        }

        if (mark > _start && Marks.Contains(_text[mark - 1]) && !(_text[mark - 1] == '.' && IsAbbreviation(mark - 1)))
        {
            Cut(ends, end);
            _scanned = _text.Length;
        }

        return ends.ToImmutable();
    }

    /// <returns>Behind which it ends; -1: not yet; null: there is none.</returns>
    private int? FormulaAt(int at)
    {
        var from = Math.Max(0, at - 1);
        var near = _text.ToString(from, Math.Min(_text.Length - from, Kits.Formulas.Longest + 6));
        if (Kits.Formulas.At(near, at - from) is not { } formula)
        {
            // \$ is a dollar.
            return _text[at] != '\\' ? null : at == _text.Length - 1 ? -1 : _text[at + 1] == '$' ? at + 2 : null;
        }

        // A figure behind its last dollar would say that it is none.
        return formula.End < 0 || (_text[at] == '$' && from + formula.End == _text.Length) ? -1 : from + formula.End;
    }

    [GeneratedRegex(@"^\d[\d\s.,]*[.!?…]\s*$", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Price();

    private void Cut(ImmutableArray<int>.Builder ends, int end)
    {
        for (var i = _start; i < end; i++)
        {
            if (!char.IsWhiteSpace(_text[i]))
            {
                ends.Add(end);
                _start = end;
                return;
            }
        }
    }

    private bool BeginsSentence(int at) =>
        _text[at] == '\n' || char.IsUpper(_text[at]) || char.IsDigit(_text[at]) || "«“\"(—-*$\\".Contains(_text[at], StringComparison.Ordinal);

    private bool IsAbbreviation(int dot)
    {
        var from = dot;
        while (from > _start && (char.IsLetter(_text[from - 1]) || _text[from - 1] == '.'))
        {
            from--;
        }

        var word = _text.ToString(from, dot - from);
        // A single capital is an initial; a lone number before a dot is a list's.
        return Abbreviations.Contains(word) || (word.Length == 1 && char.IsUpper(word[0]))
            || (word.Length == 0 && IsListNumber(dot));
    }

    private bool IsListNumber(int dot)
    {
        var from = dot;
        while (from > _start && char.IsDigit(_text[from - 1]))
        {
            from--;
        }

        return from < dot && _text.ToString(_start, from - _start).Trim().Length == 0;
    }
}
