using System.Text;

namespace Classroom.Tutor;

/// <summary>
/// Compares what a model says with what was discarded, sentence by sentence, in any order, whatever spaces, case and signs are, with a word changed or something said around it.
/// A text is one told again when it has most of a discarded one, or when most of it was discarded. While it may still become so it is held: nobody reads the beginning of one.
/// What only shares a sentence with it is told. Pieces may be words or whole sentences.
/// </summary>
/// <param name="already">What was told before of the same text.</param>
public sealed class SaidAgain(IDiscarded discarded, string already = "")
{
    // So much of a discarded text is the text; one of fewer words only where hardly anything else is said.
    private const double Most = 0.6;
    private const int Telling = 8;

    // Of a few words that are no sentence nothing is told before their end: they may be the whole of a discarded text.
    private const int Few = 12;

    // Earlier versions: by the first words, and again after each few.
    private const int First = 4;
    private const int Every = 6;

    private readonly StringBuilder _text = new(already);
    private readonly List<string> _words = [];
    private readonly List<(int Word, int At, DiscardedMark Text)> _alike = [];
    private readonly Dictionary<string, Dictionary<int, int>> _again = [];
    private int _told = already.Length;
    private int _read;
    private int _bad;
    private int _badSentences;
    private int _fresh;
    private int _run;
    private int _runAt;
    private bool? _any;

    /// <summary>Whether two texts are the same words.</summary>
    public static bool AreSame(string one, string other) => one == other || SaidWords.Of(one).SequenceEqual(SaidWords.Of(other));

    /// <summary>Whether it says a discarded text.</summary>
    public static async Task<bool> IsInAsync(IDiscarded discarded, string text, CancellationToken cancellationToken) =>
        await new SaidAgain(discarded).AddAsync(text, isEnd: true, cancellationToken) is null;

    /// <summary>What a text that is discarded is kept by. Empty: no sentence of it can be known again, only the whole.</summary>
    public static IEnumerable<(string Key, DiscardedPart Part)> PartsOf(string text)
    {
        var sentences = SaidWords.Sentences(text, 0, isEnd: true).Where(s => s.Words.Count >= SaidWords.Enough).ToList();
        var (whole, of) = (Hash(text), sentences.Sum(s => s.Words.Count));
        return sentences.SelectMany((s, i) => SaidWords.KeysOf(s.Words).Concat(s.Alone is { } alone ? SaidWords.KeysOf(alone) : []).Select(k => (k, new DiscardedPart(whole, i, of))));
    }

    /// <summary>What all words of a text come to.</summary>
    public static string Hash(string text) => SaidWords.Hash(SaidWords.Of(text));

    /// <returns>What may be told now of all that was added; null: it is a discarded text.</returns>
    public async Task<string?> AddAsync(string more, bool isEnd, CancellationToken cancellationToken)
    {
        _text.Append(more);
        var text = _text.ToString();
        _any ??= await discarded.AnyAsync(cancellationToken);
        if (_any == true)
        {
            foreach (var sentence in SaidWords.Sentences(text, _read, isEnd))
            {
                _read = sentence.To;
                if (await IsAgainAsync(sentence, isEnd && sentence.To == text.Length, cancellationToken))
                {
                    return null;
                }
            }
        }

        // One sentence that it shares, however long, is not most of it where something else is said.
        if (isEnd && ((_bad > _fresh && (_badSentences > 1 || _fresh < SaidWords.Enough)) || await discarded.IsDiscardedAsync(text, cancellationToken)))
        {
            return null;
        }

        var to = Math.Max(_told, isEnd || _any == false ? text.Length : Free());
        var free = text[_told..to];
        _told = to;
        return free;
    }

    private async Task<bool> IsAgainAsync(SaidSentence sentence, bool isLast, CancellationToken cancellationToken)
    {
        var count = sentence.Words.Count;
        if (await IsOfEarlierAsync(sentence, isLast, cancellationToken))
        {
            return true;
        }

        if (count < SaidWords.Enough)
        {
            return false;
        }

        if (await SaidWords.FindAsync(discarded, sentence, cancellationToken) is not var (part, again))
        {
            _fresh += count;
            _run = Math.Max(0, _run - count);
            return false;
        }

        _runAt = _run == 0 ? sentence.From : _runAt;
        _run += count;
        _bad += again;
        _badSentences++;
        _fresh += count - again;
        var said = _again.TryGetValue(part.Text, out var known) ? known : _again[part.Text] = [];
        // Said twice it is no more of the text.
        said[part.Sentence] = again;
        return part.Of >= Telling && said.Values.Sum() >= Most * part.Of;
    }

    // What earlier versions kept: word for word from a sentence's beginning. One of a few words is known as a whole only.
    private async Task<bool> IsOfEarlierAsync(SaidSentence sentence, bool isLast, CancellationToken cancellationToken)
    {
        var begins = _words.Count;
        _words.AddRange(sentence.Words);
        // Behind a short lead-in too: "Sure! ..."
        foreach (var words in sentence.Alone is { } alone && alone.Count < sentence.Words.Count ? new[] { sentence.Words, alone } : [sentence.Words])
        {
            var first = Math.Min(First, words.Count);
            if (first == First || isLast)
            {
                var marks = await discarded.BeginningAsync(SaidWords.Hash(words.Take(first)), cancellationToken);
                _alike.AddRange(marks.Where(m => m.Words >= Telling).Select(m => (begins + sentence.Words.Count - words.Count, sentence.From, m)));
            }
        }

        var isAgain = _alike.Exists(a => HashAfter(a.Word, a.Text.Words) == a.Text.Prefixes[^1]);
        _alike.RemoveAll(a => _words.Count - a.Word >= a.Text.Words || (HashAfter(a.Word, (_words.Count - a.Word) / Every * Every) is { } so && !a.Text.Prefixes.Contains(so)));
        return isAgain;
    }

    private string? HashAfter(int from, int count) => count > 0 && from + count <= _words.Count ? SaidWords.Hash(_words.GetRange(from, count)) : null;

    // Up to where what may become a discarded text begins.
    private int Free()
    {
        if (_bad + _fresh == 0 && _words.Count <= Few)
        {
            return 0;
        }

        var held = _run > 0 ? _runAt : _read;
        return _alike.Count > 0 ? Math.Min(held, _alike.Min(a => a.At)) : held;
    }
}
