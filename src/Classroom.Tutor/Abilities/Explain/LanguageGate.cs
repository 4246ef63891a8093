using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>
/// Holds each sentence until it is whole and known to be in its language: what a sentence says stands in its last word as often as in its first. One that
/// does not end passes part by part, each part a clause, behind what it could be judged by.
/// </summary>
internal sealed partial class LanguageGate
{
    private const int LongestStandIn = 24;
    private static readonly SearchValues<char> Opens = SearchValues.Create("[［{｛<(");
    private static readonly SearchValues<char> Shuts = SearchValues.Create("]］}｝>)");

    // The first words of a sentence may look like another language; so many do not, and nothing is waited for behind them.
    private const int Enough = 5;
    private const int Certain = 12;

    // So many short sentences are judged as one.
    private const int Few = 3;

    // So much without an end passes in parts.
    private const int LongestHeld = 240;

    // Of one that goes on and on its last part is looked at.
    private const int LongestRead = 800;
    private readonly Language _language;
    private readonly StringBuilder _text;
    private readonly SentenceCutter _cutter;
    private readonly List<int> _ends;
    private readonly int _start;
    private int _taken;
    private int _cut;
    private int _judged;
    private int _sentence;

    // How much of the sentence was looked at; -1: it speaks for the language already.
    private int _read;
    private bool _isDoubted;

    // Where sentences too short to judge began, and how many they are: together they tell.
    private int _shortFrom;
    private int _short;

    /// <param name="already">What the class has of the same text: what comes leans on it.</param>
    public LanguageGate(Language language, string already = "")
    {
        already = already.Length == 0 ? "" : already.TrimEnd() + " ";
        (_language, _text, _cutter, _ends) = (language, new(already), new(already), [.. new SentenceCutter().Add(already), already.Length]);
        _start = _taken = _cut = _judged = _sentence = already.Length;
    }

    /// <returns>False: a sentence is in the wrong language.</returns>
    public bool Add(string words)
    {
        words = _text.Length == _start ? words.TrimStart() : words;
        _text.Append(words);
        foreach (var end in _cutter.Add(words))
        {
            if (!IsRight(end))
            {
                return false;
            }

            // What passed in parts may have passed with the space behind it.
            (_sentence, _cut, _read, _isDoubted) = (end, Math.Max(_cut, end), 0, false);
            _ends.Add(end);
        }

        // Looked at when a word has come, until it speaks for the language: it is looked at again as a whole.
        if (_read >= 0 && LastSpace() is var space && space > _sentence + _read)
        {
            _read = space - _sentence;
            var begun = _text.ToString(Math.Max(_sentence, space - LongestRead), Math.Min(_read, LongestRead));
            var count = begun.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
            var verdict = count < Enough ? null : LanguageCheck.IsSentenceIn(begun, _language);
            (_read, _isDoubted) = (verdict == true ? -1 : _read, verdict == false);
            if (_isDoubted && count >= Certain && !OpenAside().IsMatch(begun) && !LanguageCheck.MayBeListing(begun))
            {
                return false;
            }
        }

        if (!_isDoubted && _text.Length - _cut > LongestHeld)
        {
            _cut = PartEnd(_cut);
        }

        return true;
    }

    /// <summary>The stream has ended. A sentence too short to judge is let through, unless it is the last of several.</summary>
    public bool Close()
    {
        var isRight = IsRight(_text.Length);
        _cut = isRight ? _text.Length : _cut;
        return isRight;
    }

    /// <summary>What may pass now: whole sentences, parts of one that is too long, the rest of a stream that was closed.</summary>
    public string Take()
    {
        var taken = _text.ToString(_taken, _cut - _taken);
        _taken = _cut;
        return taken;
    }

    /// <summary>The word or so before what passed last.</summary>
    public string Before(int length) => _text.ToString(Math.Max(0, _taken - length - LongestStandIn), Math.Min(LongestStandIn, Math.Max(0, _taken - length)));

    /// <summary>The last of what has passed.</summary>
    public string Tail(int length) => Math.Max(_start, _taken - length) is var from ? _text.ToString(from, _taken - from) : "";

    /// <summary>What has passed since this was asked last, with the sentence that it is of and the one before: a mark may be spread over both.</summary>
    public string Unjudged()
    {
        if (_taken <= _judged)
        {
            return "";
        }

        var of = _ends.FindLastIndex(e => e <= _judged);
        var from = of < 1 ? 0 : _ends[of - 1];
        _judged = _taken;
        return _text.ToString(from, _taken - from);
    }

    private bool IsRight(int end)
    {
        var sentence = _text.ToString(_sentence, end - _sentence);
        var verdict = LanguageCheck.IsSentenceIn(sentence, _language);
        // A line of a list, of a table or of code is no sentence.
        if (verdict is not null || !Prose().IsMatch(sentence))
        {
            _short = 0;
            return verdict != false;
        }

        _shortFrom = _short++ == 0 ? _sentence : _shortFrom;
        return _short < Few || LanguageCheck.IsSentenceIn(Ends().Replace(_text.ToString(_shortFrom, end - _shortFrom), " "), _language) != false;
    }

    // Behind the last clause; where there is none, behind the last word. Neither inside a stand-in, which may have spaces, nor behind a bare P1: what follows
    // says whether it is a child or a pressure.
    private int PartEnd(int from)
    {
        var held = _text.ToString(from, LastSpace() - from);
        held = Clause().Match(held) is { Success: true } clause ? held[..(clause.Index + clause.Length)] : held;
        held = BareAtEnd().Match(held) is { Success: true } bare ? held[..bare.Index] : held;
        var open = held.AsSpan().LastIndexOfAny(Opens);
        var end = open >= Math.Max(0, held.Length - LongestStandIn) && !held.AsSpan(open).ContainsAny(Shuts) ? open : held.Length;
        return from + FormulaBefore(_text.ToString(from, _text.Length - from), end);
    }

    // No part ends within a formula, nor behind where one has begun.
    private static int FormulaBefore(string text, int end)
    {
        foreach (var formula in Kits.Formulas.In(text))
        {
            end = formula.Start < end && end < formula.End ? formula.Start : end;
        }

        return Kits.Formulas.Begun(text) is var begun && begun >= 0 ? Math.Min(end, begun) : end;
    }

    private int LastSpace()
    {
        var at = _text.Length;
        while (at > _sentence && !char.IsWhiteSpace(_text[at - 1]))
        {
            at--;
        }

        return at;
    }

    [GeneratedRegex(@"^\s*[\p{Lu}«“""][^=<>{}|\n]*[.!?…][""»”)]?\s*$", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Prose();

    [GeneratedRegex(@"[.!?…]", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Ends();

    [GeneratedRegex(@"[.!?…,;:]\s|\s[—–-]\s", RegexOptions.CultureInvariant | RegexOptions.RightToLeft, PatternLimit.Milliseconds)]
    private static partial Regex Clause();

    // A quotation, brackets or code that are not shut yet: what is in them is judged by nothing.
    [GeneratedRegex(@"«[^»]*$|“[^”]*$|\([^)]*$|^[^""]*""(?:[^""]*""[^""]*"")*[^""]*$|^[^`]*`(?:[^`]*`[^`]*`)*[^`]*$", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex OpenAside();

    [GeneratedRegex(@"(?<![\p{L}\d])[PРＰ][-_#–‑]?\d{1,3}(?:[^\p{L}\d]*(?:[=+×·∙÷<>≤≥≈/−-]\s*\S*)?\s*)$", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex BareAtEnd();
}
