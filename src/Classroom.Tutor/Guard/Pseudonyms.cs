using System.Text;
using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>
/// Takes out of a text what identifies a person before it goes to a model, and puts it back in the answer: names of the room in any
/// case ending, in either alphabet and however disguised, names people introduce themselves by, e-mail addresses, handles, links, phone
/// numbers, personal numbers (IIN) and addresses. It rather takes too much than too little.
/// </summary>
public sealed partial class Pseudonyms
{
    private readonly Dictionary<string, string> _standIns = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string StandIn, string Value)> _back = [];
    private readonly Dictionary<string, IReadOnlyList<Regex>> _forms = new(StringComparer.Ordinal);

    /// <summary>Something that identifies was found.</summary>
    public bool Found => _back.Count > 0;

    /// <summary>The text without persons; each is a stand-in such as <c>[P1]</c>.</summary>
    public string Hide(string text, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(names);
        // What looks like a stand-in of ours would come back as somebody's name.
        text = text.Replace("[P", "(P", StringComparison.Ordinal);
        var list = names.Where(n => n.Trim().Length > 1).OrderByDescending(n => n.Length)
            .Select(n => _forms.TryGetValue(n, out var known) ? known : _forms[n] = NameForms(n)).ToList();
        foreach (var lookAlikes in (ReadOnlySpan<bool>)[true, false])
        {
            var folding = Folding.Of(text, lookAlikes);
            var spans = new List<(int Start, int Length)>();
            foreach (var pattern in new[] { Contacts(), Addresses(), Introductions() })
            {
                spans.AddRange(pattern.Matches(folding.Plain).Select(m =>
                    m.Groups["name"] is { Success: true } g ? (g.Index, g.Length) : (m.Index, m.Length)));
            }

            foreach (var forms in list)
            {
                spans.AddRange(forms.SelectMany(f => f.Matches(folding.Plain).Select(m => (m.Index, m.Length))));
            }

            text = Replace(folding, spans);
        }

        return text;
    }

    public string Restore(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return StandIns().Replace(text, m => _back.Find(b => b.StandIn == m.Value).Value ?? m.Value);
    }

    private string Replace(Folding folding, List<(int Start, int Length)> spans)
    {
        var (result, at) = (new StringBuilder(), 0);
        foreach (var (start, length) in Merge(spans.Where(s => s.Length > 0).Select(s => folding.Back(s.Start, s.Length))))
        {
            result.Append(folding.Original, at, start - at).Append(StandIn(folding.Original.Substring(start, length)));
            at = start + length;
        }

        return result.Append(folding.Original, at, folding.Original.Length - at).ToString();
    }

    private static IEnumerable<(int Start, int Length)> Merge(IEnumerable<(int Start, int Length)> spans)
    {
        (int Start, int Length)? open = null;
        foreach (var span in spans.OrderBy(s => s.Start).ThenByDescending(s => s.Length))
        {
            if (open is { } o && span.Start < o.Start + o.Length)
            {
                open = (o.Start, Math.Max(o.Length, span.Start + span.Length - o.Start));
                continue;
            }

            if (open is { } done)
            {
                yield return done;
            }

            open = span;
        }

        if (open is { } last)
        {
            yield return last;
        }
    }

    private string StandIn(string value)
    {
        if (!_standIns.TryGetValue(value, out var known))
        {
            _standIns[value] = known = $"[P{_back.Count + 1}]";
            _back.Add((known, value));
        }

        return known;
    }

    // A name as a stem with any short ending (Дания, Данияға; Иван, Ивановым), in Cyrillic and in Latin letters, word by word.
    private static IReadOnlyList<Regex> NameForms(string name)
    {
        var forms = new List<Regex>();
        foreach (var word in name.Split([' ', '-', '.', ',', '_'], StringSplitOptions.RemoveEmptyEntries).Append(name.Trim()).Distinct())
        {
            foreach (var (plain, latin) in new[] { (Folding.Of(word).Plain, false), (Latin(word), true), (Folding.Of(word, lookAlikes: false).Plain, false) })
            {
                if (plain.Count(char.IsLetterOrDigit) < 2)
                {
                    continue;
                }

                var stem = plain.Length > 3 ? plain.TrimEnd('а', 'я', 'й', 'ь', 'о', 'е', 'ы', 'и', 'у', 'ю') : plain;
                stem = stem.Length < 3 ? plain : stem;
                var ending = plain.Length > 3 ? latin ? @"\p{L}{0,4}" : @"\p{L}{0,7}" : plain.Length == 3 ? @"\p{L}{0,4}" : "";
                // Spaces, dots or dashes between the letters hide nothing.
                var body = string.Join(@"[\s._*-]{0,2}", stem.Where(c => !char.IsWhiteSpace(c)).Select(c => Regex.Escape(c.ToString())));
                forms.Add(new Regex($@"(?<!\p{{L}}){body}{ending}(?!\p{{L}})", RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(PatternLimit.Milliseconds)));
            }
        }

        return forms;
    }

    private static readonly Dictionary<char, string> Letters = new()
    {
        ['а'] = "a", ['ә'] = "a", ['б'] = "b", ['в'] = "v", ['г'] = "g", ['ғ'] = "g", ['д'] = "d", ['е'] = "e", ['ё'] = "e", ['ж'] = "zh", ['з'] = "z",
        ['и'] = "i", ['й'] = "i", ['к'] = "k", ['қ'] = "k", ['л'] = "l", ['м'] = "m", ['н'] = "n", ['ң'] = "n", ['о'] = "o", ['ө'] = "o", ['п'] = "p",
        ['р'] = "r", ['с'] = "s", ['т'] = "t", ['у'] = "u", ['ұ'] = "u", ['ү'] = "u", ['ф'] = "f", ['х'] = "kh", ['һ'] = "h", ['ц'] = "ts", ['ч'] = "ch",
        ['ш'] = "sh", ['щ'] = "sh", ['ъ'] = "", ['ы'] = "y", ['і'] = "i", ['ь'] = "", ['э'] = "e", ['ю'] = "yu", ['я'] = "ya",
    };

    private static string Latin(string word)
    {
        var latin = new StringBuilder();
        foreach (var c in word.ToLowerInvariant())
        {
            latin.Append(Letters.TryGetValue(c, out var letters) ? letters : c.ToString());
        }

        return latin.ToString();
    }

    // In the plain text: e-mails ("@", "(at)", "собака"), handles, links, and any run of nine digits or more however it is parted.
    [GeneratedRegex(@"[\p{L}\d._%+-]+\s?(?:@|\(at\)|\[at\]|\(ат\)|\[ат\]|\sсобака\s)\s?[\p{L}\d-]+(?:\s?[.,]\s?[\p{L}\d-]+)+|@[\p{L}\d._]{3,}|(?:https?://|www\.|т\.ме/|t\.me/|wa\.me/)\S+|(?<![\p{L}\d])\+?\d(?:[\s().,_/*–—-]{0,3}\d){8,}(?!\d)", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Contacts();

    [GeneratedRegex(@"(?<!\p{L})(?:ул(?:ица|ице|ицы|\.)|пр(?:оспект|\.|-т)|мкр\.?|микрорайон|пер(?:еулок|\.)|шагын аудан|моктек аудан|street|st\.|avenue|ave\.|квартира|кв\.)\s*[«""]?[\p{L}\d.-]+(?:[\s,]+[\p{L}.]*\s*\d+[\p{L}/-]*)*|(?<!\p{L})[\p{L}.-]+\s+(?:кошеси\p{L}*|даны\p{L}+|дангылы\p{L}*)(?:[\s,]+[\p{L}.]*\s*\d+[\p{L}/-]*)*|(?<!\p{L})(?:дом|уй|уйи|патер|house|apartment|apt\.?|flat)\s*(?:№|#|номер\s)?\s*\d+[\p{L}/-]*|(?<!\p{L})\d+\s*[-–]?\s*(?:уй|патер|пэтер|пэтери|патери|house)(?!\p{L}{4})", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Addresses();

    [GeneratedRegex(@"(?<!\p{L})(?:меним атым|атым|аты-жоним|есимим|меня зовут|мое имя|моя фамилия|my name is|my name's|call me|му наме ис)\s*[:—-]?\s*(?<name>[\p{L}-]{2,}(?:\s+[\p{L}-]{2,}(?=[\s,.!?]|$))?)", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Introductions();

    [GeneratedRegex(@"\[P\d+\]", RegexOptions.None, PatternLimit.Milliseconds)]
    private static partial Regex StandIns();
}
