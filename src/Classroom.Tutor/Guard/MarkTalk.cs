using System.Text;
using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>
/// Finds a mark, points, a verdict or a comparison with other children in words (<c>Guard/Marks</c>). Machines give none: a sentence that does is taken out. A
/// fraction, a count of things, a price or the strength of a wind is none. In what is said of a child's own work also what is likely by examples
/// (<c>Guard/Examples/marks-*</c>, <c>nomarks-*</c>) is one; in a lesson, where fractions and counts are the matter, the rules stand alone.
/// </summary>
public static partial class MarkTalk
{
    private const int FewWords = 3;
    private const string Latin = "aceopxykmtb";
    private const string Cyrillic = "асеорхукмтв";
    private const float Likely = 0.7f;
    private const float RuleFrom = -1;
    private const int Short = 4;
    private const float ForFew = 1;
    private static readonly SentenceRules Rules = new("Marks.marks");
    private static readonly Lazy<SentenceClassifier> Learned = new(() => SentenceClassifier.Of("marks", ["nomarks", "calm", "danger"], SentenceClassifier.OfTheKits, Read));

    /// <summary>Before the first sentence is looked at: what takes a moment is done.</summary>
    public static void Prepare() => _ = Learned.Value;

    /// <summary>Said of a child's work.</summary>
    public static bool IsOfWork(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var sentences = Ends().Split(text);
        return Enumerable.Range(0, sentences.Length).Any(i =>
            Judges(sentences[i]) || (i > 0 && Math.Min(Words().Count(sentences[i]), Words().Count(sentences[i - 1])) <= FewWords && Judges(sentences[i - 1] + " " + sentences[i])));
    }

    // A few words tell little.
    private static bool Judges(string sentence) => Learned.Value.Score(Read(sentence)) is var odds
        && (odds > (Words().Count(sentence) <= Short ? Likely + ForFew : Likely) || (odds > RuleFrom && IsIn(sentence)));

    private static string Read(string text) => Sounds.Of(Shapes.Of(Told(text)));

    public static bool IsIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var sentences = Ends().Split(Plain(text));
        for (var i = 0; i < sentences.Length; i++)
        {
            // "Your mark? Five." is one sentence in two.
            if (Rules.Hold(sentences[i]) || (i > 0 && sentences[i].Split(' ').Length <= FewWords && Rules.Hold(sentences[i - 1] + " " + sentences[i])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text without the sentences that express a mark, and how many those were.</summary>
    /// <param name="isOfWork">It is said of a child's work.</param>
    public static (string Text, int Dropped) Without(string text, bool isOfWork = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        Func<string, bool> holds = isOfWork ? IsOfWork : IsIn;
        if (!holds(text))
        {
            return (text, 0);
        }

        var sentences = Kits.Sentences.Split(text);
        var kept = sentences.Where(s => !holds(s)).ToList();
        // A mark that is spread over sentences: nothing of it may stay.
        var joined = string.Join(' ', kept);
        return holds(joined) ? ("", sentences.Count) : (joined, sentences.Count - kept.Count);
    }

    /// <summary>The sentences that have ended. Where a text still grows, "8 out of 10" may go on with "plants".</summary>
    public static bool IsInEnded(string growing)
    {
        ArgumentNullException.ThrowIfNull(growing);
        var (from, to) = (growing.IndexOfAny(['.', '!', '?', '\n']), growing.LastIndexOfAny(['.', '!', '?', '\n']));
        return to > from && IsIn(growing[(from + 1)..(to + 1)]);
    }

    // Kazakh letters as their Russian neighbours, a word of two alphabets as one, letters written apart as a word, pictures of marks as words.
    private static string Plain(string text)
    {
        var told = Told(text);
        var plain = Words().Replace(Folding.Of(told, lookAlikes: false).Plain, static word => InOneAlphabet(word.Value));
        return Apart().Replace(plain, static m => string.Concat(m.Value.Where(char.IsLetter)));
    }

    private static string Told(string text) => Stars().Replace(Boxed().Replace(text, static m => "балл " + Digit(m.Groups["digit"].Value)), " балл 5 ").Trim();

    private static string Digit(string value) => value[0] is >= '①' and <= '⑳' ? $"{value[0] - '①' + 1}" : value;

    private static string InOneAlphabet(string word)
    {
        var (latin, cyrillic) = (word.Count(char.IsAsciiLetter), word.Count(static c => c is >= 'а' and <= 'ӿ'));
        if (cyrillic == 0 || (latin == 0 && word[0] != '0'))
        {
            return word;
        }

        var (from, to) = latin > cyrillic ? (Cyrillic, Latin) : (Latin, Cyrillic);
        var one = new StringBuilder(word);
        for (var i = 0; i < one.Length; i++)
        {
            var at = from.IndexOf(one[i], StringComparison.Ordinal);
            one[i] = at >= 0 ? to[at] : one[i] == '0' && i == 0 ? 'о' : one[i];
        }

        return one.ToString();
    }

    [GeneratedRegex(@"(?<=[!?…])\s+|(?<=\p{L}\p{L}[.])\s+|\n", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Ends();

    // A digit in a box or a ring at the end of something; at its beginning it counts the lines of a list.
    [GeneratedRegex(@"(?:(?<digit>\d)\uFE0F?\u20E3|(?<digit>[\u2460-\u2473]))(?=\s*(?:$|[.!?,;)]|из|out|from))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Boxed();

    [GeneratedRegex(@"(?:[★⭐☆]\uFE0F?){2,}|(?:🌟){2,}|💯", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Stars();

    [GeneratedRegex(@"[\p{L}\p{N}]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Words();

    [GeneratedRegex(@"(?<!\p{L})(?:\p{L}[ \-.]){3,}\p{L}(?!\p{L})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Apart();
}
