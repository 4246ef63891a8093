using System.Text;

namespace Classroom.Tutor;

/// <summary>
/// Holds a stream's first words until its language is known, and afterwards the word that is still being written, so that nothing is
/// shown that was not looked at whole.
/// </summary>
internal sealed class LanguageGate(Language language)
{
    private const int LongestStandIn = 12;
    private readonly StringBuilder _text = new();
    private int _taken;
    private bool _closed;

    /// <summary>The language is right; words pass.</summary>
    public bool IsOpen { get; private set; }

    /// <returns>False: it is the wrong language.</returns>
    public bool Add(string words)
    {
        _text.Append(_text.Length == 0 ? words.TrimStart() : words);
        return IsOpen || Decide();
    }

    /// <summary>The stream has ended. A text too short to judge is let through.</summary>
    public bool Close()
    {
        var right = IsOpen || Decide();
        (IsOpen, _closed) = (right, true);
        return right;
    }

    /// <summary>What may pass now: whole words, or with <paramref name="whole"/> everything.</summary>
    public string Take(bool whole)
    {
        if (!IsOpen && !_closed)
        {
            return "";
        }

        var to = _text.Length;
        while (!whole && to > _taken && !char.IsWhiteSpace(_text[to - 1]))
        {
            to--;
        }

        // A stand-in may have spaces inside: [ P1 ].
        for (var at = to - 1; !whole && at >= Math.Max(_taken, to - LongestStandIn); at--)
        {
            if (_text[at] is ']' or '］')
            {
                break;
            }

            if (_text[at] is '[' or '［')
            {
                to = at;
                break;
            }
        }

        var taken = _text.ToString(_taken, to - _taken);
        _taken = to;
        return taken;
    }

    /// <summary>The word or so before what passed last.</summary>
    public string Before(int length) => _text.ToString(Math.Max(0, _taken - length - LongestStandIn), Math.Min(LongestStandIn, Math.Max(0, _taken - length)));

    /// <summary>The last of what has passed.</summary>
    public string Tail(int length) => _text.ToString(Math.Max(0, _taken - length), Math.Min(length, _taken));

    private bool Decide()
    {
        var verdict = LanguageCheck.IsIn(_text.ToString(), language);
        IsOpen = verdict == true;
        return verdict != false;
    }
}
