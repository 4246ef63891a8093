namespace Classroom.Tutor;

/// <summary>
/// The beginning of what is told: signs without a word (a bracket, two stars) wait for their word, so that an answer which is withheld leaves none; and a model
/// that was asked to go on and begins anew is not told twice.
/// </summary>
/// <param name="told">What is gone on with.</param>
internal sealed class Beginning(string told = "")
{
    private readonly HashSet<string> _told = [.. Kits.Sentences.Split(told).Select(SaidAgain.Hash)];
    private string _held = "";
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
            if (!_told.Contains(SaidAgain.Hash(_held[..end])))
            {
                break;
            }

            _held = _held[end..];
        }

        _isOver = isEnd || _held.Any(char.IsLetterOrDigit);
        return _isOver ? _held : "";
    }
}
