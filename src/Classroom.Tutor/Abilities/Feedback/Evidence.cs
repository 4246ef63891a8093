using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>
/// Which sentence of a work speaks of which descriptor, by shared words, without a model. A sentence stands for one descriptor at most, and where none shares
/// enough there is none: it says where to look, and judges nothing.
/// </summary>
public static partial class Evidence
{
    private const int Enough = 2;
    private const int LongWord = 5;
    private const int ShortWord = 3;
    private const int LongSentence = 240;
    private const int FewestWords = 2;

    // Who says more than the descriptor has done something of it.
    private const int MoreWords = 3;

    // What descriptors are worded with in any lesson: no sign of what a sentence is about.
    private static readonly HashSet<string> Common = new(StringComparer.Ordinal)
    {
        "жаза", "айта", "атай", "атап", "көрс", "келт", "түсі", "байл", "қойы", "бөле", "алад", "кемі", "нені", "неме", "үшін", "және", "қала", "бола", "болу", "бір", "екі", "үш", "төрт", "бес", "алты",
        "өзі", "өзін", "оның", "осы", "олар", "қай", "нақт", "дұры", "анық", "реті", "әрқа", "қаже", "мүмк", "екен", "жерд", "затт", "нәрс", "себе",
        "назы", "гово", "пока", "пише", "запи", "указ", "прив", "подп", "связ", "отде", "хотя", "один", "одно", "одну", "два", "двух", "три", "трех", "шест", "кажд", "мень", "кото", "сам", "сама", "свои",
        "что", "чем", "где", "как", "или", "для", "его", "она", "оно", "они", "при", "почт", "поче", "зач", "може", "мест", "верн", "ясны", "ясно", "поря", "полу", "явля", "скол", "тем",
        "name", "says", "show", "writ", "tell", "give", "uses", "link", "labe", "leas", "once", "one", "two", "thre", "six", "each", "with", "what", "whic", "wher", "were", "when", "that", "this", "thin", "own",
        "and", "the", "for", "from", "out", "its", "are", "was", "how", "much", "ther", "some", "righ", "clea", "orde", "may", "need", "why", "whol", "eyes", "apar", "his", "her", "has", "have", "not", "but",
    };

    /// <returns>A sentence of the work, word for word, for each descriptor; empty where there is none.</returns>
    public static IReadOnlyList<string> Of(string work, IReadOnlyList<string> descriptors)
    {
        var sentences = Kits.Sentences.Split(work).SelectMany(s => s.Length <= LongSentence ? [s] : Clauses().Split(s)).Select(s => s.Trim())
            .Where(s => Quotes.Prove(s) && work.Contains(s, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).ToList();
        var said = sentences.ConvertAll(Words);
        var wanted = descriptors.Select(Words).ToList();
        var found = Enumerable.Repeat("", descriptors.Count).ToArray();
        var scores =
            from d in Enumerable.Range(0, descriptors.Count)
            // A word of two descriptors tells neither from the other.
            let own = wanted[d].Where(w => !wanted.Where((_, other) => other != d).Any(o => o.Any(x => IsSame(x, w)))).ToList()
            from s in Enumerable.Range(0, sentences.Count)
            let score = own.Where(w => said[s].Any(x => IsSame(x, w))).Sum(w => w.Length >= LongWord ? Enough : 1)
            where score >= Enough
            orderby score descending, s, d
            select (Descriptor: d, Sentence: s);
        var taken = new HashSet<int>();
        foreach (var (d, s) in scores)
        {
            if (found[d].Length == 0 && taken.Add(s))
            {
                found[d] = sentences[s];
            }
        }

        return found;
    }

    /// <summary>Every word of a descriptor stands in the quote, those that tell what is to be done too: whoever says it so has not done it.</summary>
    public static bool Repeats(string quote, string descriptor)
    {
        var (said, wanted) = (All(quote), All(descriptor));
        return wanted.Count >= FewestWords && said.Count <= wanted.Count + MoreWords && wanted.TrueForAll(w => said.Exists(s => IsSame(s, w)));
    }

    private static HashSet<string> Words(string text) => [.. All(text).Where(w => !Common.Contains(w[..Math.Min(4, w.Length)]))];

    private static List<string> All(string text) =>
        [.. Word().Matches(Spelling.Joined(text).ToLowerInvariant().Replace('ё', 'е')).Select(m => m.Value).Where(w => w.Length >= ShortWord)];

    // Kazakh and Russian change the ends of words: what begins alike, up to an ending, is one word.
    private static bool IsSame(string a, string b)
    {
        var (shorter, longer) = a.Length <= b.Length ? (a, b) : (b, a);
        var alike = 0;
        while (alike < shorter.Length && shorter[alike] == longer[alike])
        {
            alike++;
        }

        return alike >= ShortWord && (shorter.Length >= LongWord ? alike >= LongWord - 1 && alike >= shorter.Length - 3 : alike >= shorter.Length - 1 && longer.Length - alike <= 4);
    }

    [GeneratedRegex(@"\p{L}+", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<=[,;:—])\s+", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Clauses();
}
