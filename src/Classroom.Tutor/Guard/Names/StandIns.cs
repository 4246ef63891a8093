using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>
/// Who stands behind which stand-in. A model writes them in its own ways ([p1], [ P1 ], a Cyrillic Р, full-width or escaped brackets, none): all come back.
/// Invariant: a stand-in that nobody stands behind is never shown.
/// </summary>
internal sealed partial class StandIns
{
    private readonly List<(string Value, bool IsPerson)> _back = [];
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private bool _bareIsTheirs;

    public bool IsEmpty => _back.Count == 0;

    /// <summary>For a number or an address: the same one is one stand-in.</summary>
    public string Of(string part) => Written(_known.TryGetValue("=" + part, out var known) ? known : _known["=" + part] = Add(part, isPerson: false));

    /// <summary>For a person, by any of the keys: who was called by name and surname once is the same by either.</summary>
    public string Of(FoundName person)
    {
        var number = person.Keys.Select(k => _known.GetValueOrDefault(k)).FirstOrDefault(n => n > 0);
        if (number == 0)
        {
            number = Add(person.Nominative, isPerson: true);
        }

        foreach (var key in person.Keys)
        {
            _known.TryAdd(key, number);
        }

        return Written(number);
    }

    /// <summary>What somebody wrote as if it were a stand-in is one no more; who speaks of P1 and P2 (pressures, points) gets them back as they are.</summary>
    public string Disarm(string text)
    {
        text = Bracketed().Replace(text, static m => "(" + m.Value[(m.Value[0] is '\\' ? 2 : m.Value[0] == '&' ? m.Value.IndexOf(';', StringComparison.Ordinal) + 1 : 1)..]);
        _bareIsTheirs |= Bare().IsMatch(text);
        return text;
    }

    /// <summary>Stand-ins as they were sent.</summary>
    public string Canonical(string text)
    {
        text = Bracketed().Replace(text, m => Number(m) is var n && n > 0 && n <= _back.Count ? Written(n) : m.Value);
        return _bareIsTheirs ? text : Bare().Replace(text, m => Number(m) is var n && n > 0 && n <= _back.Count && !IsInBrackets(text, m) ? Written(n) : m.Value);
    }

    public string Restore(string text, string before)
    {
        text = Canonical(text);
        var whole = before + text;
        return Sent().Replace(text, m =>
        {
            var number = Number(m);
            if (number == 0 || number > _back.Count)
            {
                return "";
            }

            var (value, isPerson) = _back[number - 1];
            var ending = m.Groups["ending"].Value;
            return m.Groups["gap"].Value + (isPerson ? NameCases.Of(value, whole[..(before.Length + m.Index)], ending) : value + m.Groups["joint"].Value + ending);
        });
    }

    private static string Written(int number) => $"[P{number}]";

    private static int Number(Match m)
    {
        var number = 0;
        foreach (var c in m.Groups["number"].Value)
        {
            number = (number * 10) + (int)char.GetNumericValue(c);
        }

        return number;
    }

    private static bool IsInBrackets(string text, Match m) => m.Index > 0 && text[m.Index - 1] == '[' && m.Index + m.Length < text.Length && text[m.Index + m.Length] == ']';

    private int Add(string value, bool isPerson)
    {
        _back.Add((value, isPerson));
        return _back.Count;
    }

    // Whoever it is of: known ones were made canonical before.
    [GeneratedRegex(@"(?<gap>\s?)(?:\\?[\[［【⟦]|&#91;|&lbrack;)\s?[*_]{0,2}\s?[PpРрＰｐПп]\s?[-_#№]?\s?(?<number>\d{1,4})\s?[*_]{0,2}\s?(?:\\?[\]］】⟧]|&#93;|&rbrack;)(?:(?<joint>[-‑'’]?)(?<ending>[а-яәғқңөұүһіё]{1,6})(?!\p{L}))?", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Sent();

    [GeneratedRegex(@"(?:\\?[\[［【⟦]|&#91;|&lbrack;)\s?[*_]{0,2}\s?[PpРрＰｐПп]\s?[-_#№]?\s?(?<number>\d{1,4})\s?[*_]{0,2}\s?(?:\\?[\]］】⟧]|&#93;|&rbrack;)", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Bracketed();

    // Without brackets only as it was sent, in capitals: p1 is a pressure or a point.
    [GeneratedRegex(@"(?<![\p{L}\d_])[PРＰ](?<number>\d{1,3})(?![\p{L}\d_])", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Bare();
}
