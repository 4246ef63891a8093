using System.Text;
using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>
/// Holds each sentence's first words until its language is known, and afterwards the word that is still being written, so that nothing is
/// shown that was not looked at whole.
/// </summary>
internal sealed partial class LanguageGate(Language language)
{
    private const int LongestStandIn = 24;
    private const string Opens = "[［{｛<(";
    private const string Shuts = "]］}｝>)";

    // The first words of a sentence may look like another language; so many do not.
    private const int Enough = 5;
    private const int Certain = 12;

    // What cannot be judged (a formula, a list of names) is not held longer.
    private const int LongestHeld = 160;
    private readonly StringBuilder _text = new();
    private readonly SentenceCutter _cutter = new();
    private readonly List<int> _ends = [];
    private int _taken;
    private int _judged;
    private int _sentence;
    private bool _open;
    private bool _closed;

    /// <returns>False: a sentence is in the wrong language.</returns>
    public bool Add(string words)
    {
        words = _text.Length == 0 ? words.TrimStart() : words;
        _text.Append(words);
        foreach (var end in _cutter.Add(words))
        {
            if (!IsRight(end))
            {
                return false;
            }

            (_sentence, _open) = (end, false);
            _ends.Add(end);
        }

        if (_open)
        {
            return true;
        }

        var begun = _text.ToString(_sentence, LastSpace() - _sentence);
        var count = begun.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        var verdict = count < Enough ? null : LanguageCheck.IsSentenceIn(begun, language);
        _open = verdict == true || (verdict is null && begun.Length > LongestHeld);
        return verdict != false || count < Certain;
    }

    /// <summary>The stream has ended. A sentence too short to judge is let through.</summary>
    public bool Close() => _closed = IsRight(_text.Length);

    /// <summary>What may pass now: whole words, or with <paramref name="whole"/> everything.</summary>
    public string Take(bool whole)
    {
        var to = _closed || _open ? _text.Length : _sentence;
        while (!whole && to > _taken && to != _sentence && !char.IsWhiteSpace(_text[to - 1]))
        {
            to--;
        }

        // What comes behind a bare P1 says whether it is a child or a pressure.
        if (!whole && to > _taken && to != _sentence && BareAtEnd().Match(_text.ToString(_taken, to - _taken)) is { Success: true } bare)
        {
            to = _taken + bare.Index;
        }

        // A stand-in may have spaces inside: [ P1 ], {Person 1}.
        for (var at = to - 1; !whole && at >= Math.Max(_taken, to - LongestStandIn); at--)
        {
            if (Shuts.Contains(_text[at], StringComparison.Ordinal))
            {
                break;
            }

            if (Opens.Contains(_text[at], StringComparison.Ordinal))
            {
                to = at;
                break;
            }
        }

        var taken = _text.ToString(_taken, Math.Max(0, to - _taken));
        _taken = Math.Max(_taken, to);
        return taken;
    }

    /// <summary>The word or so before what passed last.</summary>
    public string Before(int length) => _text.ToString(Math.Max(0, _taken - length - LongestStandIn), Math.Min(LongestStandIn, Math.Max(0, _taken - length)));

    /// <summary>The last of what has passed.</summary>
    public string Tail(int length) => _text.ToString(Math.Max(0, _taken - length), Math.Min(length, _taken));

    /// <summary>The sentences that have passed whole since this was asked last, behind the one before them; with <paramref name="whole"/> also what has no end.</summary>
    public string Ended(bool whole)
    {
        var last = whole ? _taken : _ends.FindLast(e => e <= _taken);
        if (last <= _judged)
        {
            return "";
        }

        var from = _ends.FindLast(e => e < _judged);
        _judged = last;
        return _text.ToString(from, last - from);
    }

    private bool IsRight(int end) => LanguageCheck.IsSentenceIn(_text.ToString(_sentence, end - _sentence), language) != false;

    private int LastSpace()
    {
        var at = _text.Length;
        while (at > _sentence && !char.IsWhiteSpace(_text[at - 1]))
        {
            at--;
        }

        return at;
    }

    [GeneratedRegex(@"(?<![\p{L}\d])[PРＰ][-_#–‑]?\d{1,3}(?:[^\p{L}\d]*(?:[=+×·∙÷<>≤≥≈/−-]\s*\S*)?\s*)$", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex BareAtEnd();
}
