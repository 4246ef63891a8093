using System.Security.Cryptography;
using System.Text;

namespace Classroom.Tutor;

/// <summary>
/// Compares what a model says with what was discarded, word for word, whatever its spaces, letters' case and signs are; also where something else is said around it.
/// While what is said may still become a discarded text it is held, so nobody reads the beginning of one. A text that only shares sentences with it is told.
/// </summary>
/// <param name="already">What was told before of the same text.</param>
public sealed class SaidAgain(IDiscarded discarded, string already = "")
{
    /// <summary>So many words at the beginning of a sentence are looked up.</summary>
    private const int First = 4;

    // A text that begins alike and goes on otherwise is free again after so many words.
    private const int Every = 6;
    private const string Ends = ".!?…:;\n—";
    private readonly StringBuilder _text = new(already);
    private readonly List<(string Word, int At, bool Begins)> _words = [];
    private readonly List<(int From, DiscardedMark Text)> _alike = [];
    private int _told = already.Length;
    private int _read;
    private int _looked;
    private bool? _any;

    /// <summary>Whether two texts are the same words.</summary>
    public static bool AreSame(string one, string other) => one == other || WordsOf(one).SequenceEqual(WordsOf(other));

    /// <summary>Whether it says a discarded text.</summary>
    public static async Task<bool> IsInAsync(IDiscarded discarded, string text, CancellationToken cancellationToken) =>
        await new SaidAgain(discarded).AddAsync(text, isEnd: true, cancellationToken) is null;

    /// <summary>How a text that is discarded is kept: by the hash of its first words, and as a whole.</summary>
    /// <returns>Null: it has no words.</returns>
    public static (string Beginning, DiscardedMark Text)? Of(string text)
    {
        var words = WordsOf(text);
        return words.Count == 0 ? null : (Hash(words, 0, Math.Min(First, words.Count)), new DiscardedMark(
            words.Count, [.. Enumerable.Range(1, words.Count).Where(n => IsLookedAt(n, words.Count)).Select(n => Hash(words, 0, n))]));
    }

    /// <summary>What all words of a text come to.</summary>
    public static string Hash(string text) => WordsOf(text) is var words ? Hash(words, 0, words.Count) : "";

    /// <returns>What may be told now of all that was added; null: it is a discarded text.</returns>
    public async Task<string?> AddAsync(string more, bool isEnd, CancellationToken cancellationToken)
    {
        _text.Append(more);
        _any ??= await discarded.AnyAsync(cancellationToken);
        if (_any == true)
        {
            Read(isEnd);
            for (; _looked < _words.Count; _looked++)
            {
                if (await LookAsync(_looked, isEnd && _looked == _words.Count - 1, cancellationToken))
                {
                    return null;
                }
            }
        }

        var to = isEnd || _any == false ? _text.Length : Free();
        var free = _text.ToString(_told, Math.Max(0, to - _told));
        _told = Math.Max(_told, to);
        return free;
    }

    // Whether the word with this number ends a discarded text.
    private async Task<bool> LookAsync(int last, bool isEnd, CancellationToken cancellationToken)
    {
        var from = Math.Max(0, last - First + 1);
        for (var start = from; start <= (isEnd ? last : from); start++)
        {
            // At the end fewer words may be a whole text.
            if (_words[start].Begins && (isEnd || last - start == First - 1))
            {
                var alike = await discarded.BeginningAsync(Hash(start, last - start + 1), cancellationToken);
                _alike.AddRange(alike.Where(a => !isEnd || a.Words == last - start + 1 || last - start == First - 1).Select(a => (start, a)));
            }
        }

        var isAgain = false;
        _alike.RemoveAll(a =>
        {
            var length = last - a.From + 1;
            var isSo = !IsLookedAt(length, a.Text.Words) || Array.IndexOf([.. a.Text.Prefixes], Hash(a.From, length)) >= 0;
            isAgain |= isSo && length == a.Text.Words;
            return !isSo || length >= a.Text.Words;
        });
        return isAgain;
    }

    // Up to the first word of what may become a discarded text.
    private int Free()
    {
        var held = _alike.Select(a => (int?)a.From).Min();
        for (var i = Math.Max(0, _words.Count - First + 1); i < _words.Count; i++)
        {
            held = _words[i].Begins ? Math.Min(held ?? i, i) : held;
        }

        // A word that is not whole yet is held too.
        return held is { } word ? _words[word].At : _read;
    }

    private void Read(bool isEnd)
    {
        var at = _read;
        while (at < _text.Length)
        {
            var from = at;
            while (from < _text.Length && !char.IsLetterOrDigit(_text[from]))
            {
                from++;
            }

            var to = from;
            while (to < _text.Length && IsOfWord(_text[to]))
            {
                to++;
            }

            if (to == _text.Length && !isEnd)
            {
                _read = from == to ? to : _read;
                return;
            }

            if (to > from && Plain(_text.ToString(from, to - from)) is { Length: > 0 } word)
            {
                _words.Add((word, from, _words.Count == 0 || Enumerable.Range(End(), from - End()).Any(i => Ends.Contains(_text[i], StringComparison.Ordinal))));
            }

            _read = at = to;
        }

        int End() => _words.Count == 0 ? 0 : _words[^1].At + _words[^1].Word.Length;
    }

    private string Hash(int start, int count) => Hash(_words.ConvertAll(w => w.Word), start, count);

    private static bool IsLookedAt(int length, int whole) => length == whole || (length % Every == 0 && length < whole);

    private static string Hash(List<string> words, int start, int count) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', words.GetRange(start, count)))).AsSpan(0, 12));

    private static List<string> WordsOf(string text)
    {
        var words = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var to = at;
            while (to < text.Length && IsOfWord(text[to]))
            {
                to++;
            }

            if (Plain(text[at..to]) is { Length: > 0 } word)
            {
                words.Add(word);
            }

            at = to == at ? to + 1 : to;
        }

        return words;
    }

    private static string Plain(string word) => string.Concat(word.Select(static c => char.IsLetterOrDigit(c) ? Folding.Plainly(c, lookAlikes: true) : null));

    // A mark over a letter, and what is not seen, are no end of a word.
    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || Folding.Plainly(c, lookAlikes: false) is null;
}
