namespace Classroom.Tutor;

/// <summary>
/// The beginning of what is told: signs without a word (a bracket, two stars) wait for their word, so that an answer which is withheld leaves none; and a model
/// that was asked to go on and begins anew, or with the last sentence, is not told twice. What is like a sentence in between is new: a heading, a second root.
/// </summary>
/// <param name="told">What is gone on with.</param>
internal sealed class Beginning(string told = "")
{
    private const int FewWords = 4;
    private readonly List<string> _told = [.. SentencesOf(told)];
    private string _held = "";
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
            if (!IsTold(Plain(_held[..end])))
            {
                break;
            }

            _held = _held[end..];
        }

        _isOver = isEnd || _held.Any(char.IsLetterOrDigit);
        return _isOver ? _held : "";
    }

    // The first of all, or the last; and then each that follows.
    private bool IsTold(string sentence)
    {
        var at = _next >= 0 ? _next : sentence == _told[0] && !sentence.EndsWith(':') ? 0 : sentence.Split(' ').Length >= FewWords ? _told.Count - 1 : _told.Count;
        var isTold = at < _told.Count && _told[at] == sentence;
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

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
