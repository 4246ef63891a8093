using System.Text;

namespace Classroom.Tutor;

/// <summary>
/// Takes out of a text what identifies a person before it goes to a model, and puts it back in the answer: names of the class and of the lexicon in any case, spelling
/// or disguise, telephone and personal numbers, addresses, e-mail and handles. One person is one stand-in, whatever form the name had.
/// </summary>
public sealed class Pseudonyms
{
    private readonly StandIns _standIns = new();
    private readonly HashSet<string> _lessonWords = new(StringComparer.Ordinal);
    private readonly List<HiddenText> _texts = [];
    private (string Names, ClassRoster Roster)? _roster;

    /// <summary>Something that identifies was found.</summary>
    public bool Found => !_standIns.IsEmpty;

    /// <summary>What a kit's author wrote: its words are nobody's name, unless a child of the class has it.</summary>
    public void AddLesson(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _standIns.AddLesson(text);
        _lessonWords.UnionWith(NameWords.Of(text).Where(w => w.Raw.Length > 2).Select(w => w.Listed));
    }

    /// <summary>The text without persons; each is a stand-in such as <c>[P1]</c>.</summary>
    /// <param name="names">Nicknames and, where it is known, the roster of the class. They are only looked for, and never sent.</param>
    public string Hide(string text, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(names);
        // What looks like a stand-in of ours would come back as somebody's name.
        text = _standIns.Disarm(text);
        var list = names.Where(n => n is not null).ToList();
        var key = string.Join('\n', list);
        if (_roster?.Names != key)
        {
            _roster = (key, new ClassRoster(list));
        }

        var hidden = new HiddenText(text);
        foreach (var (start, end, person) in Spans(text, _roster.Value.Roster))
        {
            var part = text[start..end];
            hidden.Replace(start, end, person is null ? _standIns.Of(part) : _standIns.Of(person));
        }

        _texts.Add(hidden.Finish());
        return hidden.Text;
    }

    /// <summary>Whether a text of a model holds a stand-in that nobody stands behind.</summary>
    public bool SpeaksOfNobody(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _standIns.SpeaksOfNobody(text);
    }

    /// <summary>The answer with names in it: in the case that the words before ask for, or with the ending that the model gave the stand-in. A sentence with a stand-in of nobody goes.</summary>
    /// <param name="before">What was already told of the same answer.</param>
    public string Restore(string text, string before = "")
    {
        ArgumentNullException.ThrowIfNull(text);
        return _standIns.Restore(text, before);
    }

    /// <summary>A part of what was sent, word for word as it was written: for quotes.</summary>
    public string RestoreQuote(string quote)
    {
        ArgumentNullException.ThrowIfNull(quote);
        var sent = _standIns.Canonical(quote);
        return _texts.Select(t => t.Original(sent)).FirstOrDefault(o => o is not null) ?? Restore(quote);
    }

    // In order and not overlapping; where two overlap, both go.
    private List<(int Start, int End, FoundName? Person)> Spans(string text, ClassRoster roster)
    {
        var formulas = new FormulaSpans(text);
        var all = new NameFinder(roster, _lessonWords).Find(text).Where(n => !formulas.IsCommand(n.Start, n.End)).Select(n => (n.Start, n.End, Person: (FoundName?)n)).ToList();
        foreach (var lookAlikes in (ReadOnlySpan<bool>)[true, false])
        {
            var folding = Folding.Of(text, lookAlikes);
            bool IsCapital(int at) => char.IsUpper(text[folding.Back(at, 1).Start]);
            (int Start, int End, FoundName? Person) Back((int Start, int Length) found)
            {
                var back = folding.Back(found.Start, found.Length);
                return (back.Start, back.Start + back.Length, null);
            }

            // An address is one wherever it stands; figures may be reckoned with.
            all.AddRange(PrivateNumbers.Find(folding.Plain).Select(Back).Where(s => !formulas.IsReckoned(s.Start, s.End)));
            all.AddRange(PrivatePlaces.Find(folding.Plain, IsCapital).Select(Back));
        }

        var merged = new List<(int Start, int End, FoundName? Person)>();
        foreach (var span in all.OrderBy(s => s.Start).ThenByDescending(s => s.End))
        {
            if (merged.Count > 0 && span.Start < merged[^1].End)
            {
                var last = merged[^1];
                merged[^1] = (last.Start, Math.Max(last.End, span.End), span.End > last.End || last.Person is null ? null : last.Person);
                continue;
            }

            merged.Add(span);
        }

        return merged;
    }

    // A text as it was and as it was sent, with the way back.
    private sealed class HiddenText(string original)
    {
        private readonly StringBuilder _text = new();
        private readonly List<(int Sent, int SentEnd, int Start, int End)> _parts = [];
        private int _at;

        public string Text { get; private set; } = "";

        public void Replace(int start, int end, string standIn)
        {
            _text.Append(original, _at, start - _at);
            _parts.Add((_text.Length, _text.Length + standIn.Length, start, end));
            _text.Append(standIn);
            _at = end;
        }

        public HiddenText Finish()
        {
            Text = _text.Append(original, _at, original.Length - _at).ToString();
            return this;
        }

        public string? Original(string sent)
        {
            var at = sent.Length == 0 ? -1 : Text.IndexOf(sent, StringComparison.Ordinal);
            return at < 0 ? null : original[Back(at, isEnd: false)..Back(at + sent.Length, isEnd: true)];
        }

        private int Back(int at, bool isEnd)
        {
            var shift = 0;
            foreach (var part in _parts)
            {
                if (at < part.Sent || (isEnd && at == part.Sent))
                {
                    break;
                }

                if (at < part.SentEnd)
                {
                    return isEnd ? part.End : part.Start;
                }

                shift = part.End - part.SentEnd;
            }

            return at + shift;
        }
    }
}
