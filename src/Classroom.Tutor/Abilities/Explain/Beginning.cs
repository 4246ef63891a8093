using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>
/// The beginning of what is told: signs without a word (a bracket, two stars) wait for their word, so that an answer which is withheld leaves none; and a model
/// that was asked to go on and begins anew, or with a sentence of some words that it has told, is not told twice. A short one in between is new: a heading, a second root.
/// </summary>
/// <param name="told">What is gone on with.</param>
internal sealed partial class Beginning(string told = "")
{
    private const int FewWords = 4;

    private static readonly HashSet<string> Leads = new(StringComparer.Ordinal)
    {
        "of course", "sure", "certainly", "okay", "ok", "yes", "конечно", "хорошо", "да", "ладно", "разумеется", "әрине", "жақсы", "иә", "міне", "жарайды",
    };

    private readonly List<string> _told = [.. SentencesOf(told)];
    private string _held = "";

    // "Of course." before what is told anew goes with it.
    private string _lead = "";
    private int _next = -1;
    private bool _isOver;

    /// <returns>What may be told of it now.</returns>
    public string Read(string words, bool isEnd = false)
    {
        if (_isOver)
        {
            return words;
        }

        _held += words;
        while (_told.Count > 0 && _held.Length > 0)
        {
            var end = new SentenceCutter().Add(_held) is [var first, ..] ? first : _held.Length;
            var sentence = Plain(_held[..end]);
            if (IsTold(sentence))
            {
                _lead = "";
            }
            else if (_next < 0 && _lead.Length == 0 && !isEnd && Leads.Contains(sentence.TrimEnd('.', '!', ',')))
            {
                _lead = _held[..end];
            }
            else
            {
                break;
            }

            _held = _held[end..];
        }

        _isOver = isEnd || _held.Any(char.IsLetterOrDigit);
        return _isOver ? _lead + _held : "";
    }

    // The first of all, or one of enough words; and then each that follows.
    private bool IsTold(string sentence)
    {
        var at = _next >= 0 ? _next : sentence == _told[0] && !sentence.EndsWith(':') ? 0 : sentence.Split(' ').Length >= FewWords ? _told.LastIndexOf(sentence) : -1;
        var isTold = at >= 0 && at < _told.Count && _told[at] == sentence;
        _next = isTold ? at + 1 : _next;
        return isTold;
    }

    private static IEnumerable<string> SentencesOf(string text)
    {
        var from = 0;
        foreach (var end in new SentenceCutter().Add(text).Append(text.Length))
        {
            if (Plain(text[from..end]) is { Length: > 0 } sentence)
            {
                yield return sentence;
            }

            from = end;
        }
    }

    // Its signs count ("x = -3"), stars around it do not, nor how a list counts.
    private static string Plain(string text) => string.Join(' ', Dressing().Replace(text, "").ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"\*\*|__|(?<=^\s*)\d{1,2}[.)]\s|(?<=^\s*)[#•–*-]+\s", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Dressing();
}
