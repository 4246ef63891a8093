using System.Text;
using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>
/// Finds a mark, points, a verdict or a comparison with other children in words. Machines give none: a sentence that does is taken out. A fraction, a count of
/// things, a price or the strength of a wind is none. Rules (<c>Guard/Marks/marks</c>) and examples see it together: in what is said of a child's own work those
/// of works too, and in lessons, where fractions and counts are the matter, those of lessons too (<c>Guard/Examples/answers-*</c>, <c>lessons-*</c>): sooner where
/// somebody is spoken to or judged (<c>addressed</c>), never where it only praises (<c>valued</c>) or something else is counted (<c>counted</c>). Some wordings are marks where examples do not speak against them (<c>given</c>), and children are compared with nobody (<c>compared</c>).
/// </summary>
public static partial class MarkTalk
{
    private const int FewWords = 3;
    private const string Latin = "aceopxykmtb";
    private const string Cyrillic = "асеорхукмтв";
    private const float Likely = 0.4f;
    private const float RuleFrom = -0.2f;
    private const int Short = 4;

    // Of a longer sentence its parts are looked at too.
    private const int Long = 120;
    private const float ForFew = 1;

    // Of lessons: said to somebody, said of whatever it is, and how much more where it is asked.
    private const float Near = 0.5f;
    private const float Far = 1.8f;
    private const float NamedFrom = -1;
    private const float ForFewSaid = 0.5f;
    private const float ForAsking = 1;
    private const float Certain = 4;
    private const float GivenFrom = 0;

    private static readonly SentenceRules Rules = new("Marks.marks");
    private static readonly SentenceRules Given = new("Marks.given");
    private static readonly SentenceRules Compared = new("Marks.compared");
    private static readonly SentenceRules Addressed = new("Marks.addressed");
    private static readonly SentenceRules Counted = new("Marks.counted");
    private static readonly SentenceRules Valued = new("Marks.valued");
    private static readonly Lazy<SentenceClassifier> OfWorks = new(static () => SentenceClassifier.Of("marks"));
    private static readonly Lazy<SentenceClassifier> OfLessons = new(static () => SentenceClassifier.Of("answers"));

    /// <summary>Said of a child's work.</summary>
    public static bool IsOfWork(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Reads(Kits.Formulas.InSigns(text), IsOfWorkAsRead);
    }

    /// <summary>Said to a child or a class, whatever of.</summary>
    public static bool IsIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Reads(Kits.Formulas.InSigns(text), IsInAsRead);
    }

    // As it is written, and with drawn letters (bold, in rings) as those that they are read as. Names are found by capitals, which the second has not.
    private static bool Reads(string text, Func<string, bool> holds) => holds(text) || (Shapes.Of(text) is var shaped && !shaped.Equals(text, StringComparison.OrdinalIgnoreCase) && holds(shaped));

    private static bool IsOfWorkAsRead(string text)
    {
        var sentences = Ends().Split(text);
        return IsInAsRead(text) || Enumerable.Range(0, sentences.Length).Any(i =>
            Judges(sentences[i]) || (i > 0 && Math.Min(Words().Count(sentences[i]), Words().Count(sentences[i - 1])) <= FewWords && Judges(sentences[i - 1] + " " + sentences[i])));
    }

    private static bool IsInAsRead(string text)
    {
        var sentences = Ends().Split(text);
        return Enumerable.Range(0, sentences.Length).Any(i =>
            IsSurely(sentences[i]) || IsLikely(sentences[i]) || (sentences[i].Length > Long && Clauses().Split(sentences[i]).Any(static c => IsNamed(c) && IsLikely(c))) || (i > 0 && sentences[i].Split(' ').Length <= FewWords && IsNamed(sentences[i - 1] + " " + sentences[i]) && IsLikely(sentences[i - 1] + " " + sentences[i])));
    }

    // A few words tell little, and praise without a value is praise.
    private static bool Judges(string sentence)
    {
        var odds = OfWorks.Value.Score(MarkSigns.Read(sentence));
        var plain = Plain(Persons.Told(sentence));
        return (odds > Certain || (Valued.Hold(plain) && !Counted.Hold(plain)))
            && (odds > (Words().Count(sentence) <= Short ? Likely + ForFew : Likely) || (odds > RuleFrom && IsNamed(sentence)));
    }

    // By examples, or by a rule where the examples do not speak against it; read as it is written, and as it is meant.
    private static bool IsLikely(string sentence)
    {
        // One word, a bare number or a list of names is what is counted, not what is given for it.
        if (Words().Count(Persons.Told(sentence).Replace("[p]", "", StringComparison.Ordinal)) < 2)
        {
            return IsNamed(sentence);
        }

        if (MarkSigns.AreIn(sentence))
        {
            return true;
        }

        var plain = Plain(Persons.Told(sentence));
        var odds = Math.Max(OfLessons.Value.Score(MarkSigns.Read(sentence)), OfLessons.Value.Score(Sounds.Of(plain)));
        var surely = odds - (Words().Count(sentence) <= Short ? ForFewSaid : 0) - (sentence.Contains('?', StringComparison.Ordinal) ? ForAsking : 0);
        return ((surely > (Addressed.Hold(plain) ? Near : Far) && (odds > Certain || Valued.Hold(plain))) || (odds > NamedFrom && IsNamed(sentence))) && (odds > Certain || !Counted.Hold(plain));
    }

    // A comparison is one whatever examples say; other wordings where they do not speak against it.
    private static bool IsSurely(string sentence) => Plain(Persons.Told(sentence)) is var plain && (Compared.Hold(plain) || (Given.Hold(plain) && OfLessons.Value.Score(MarkSigns.Read(sentence)) > GivenFrom));

    private static bool IsNamed(string text)
    {
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

    // Kazakh letters as their Russian neighbours, a word of two alphabets as one, letters written apart as a word, pictures of marks as words.
    private static string Plain(string text)
    {
        var told = MarkSigns.Told(text);
        var plain = Words().Replace(Folding.Of(told, lookAlikes: false).Plain, static word => InOneAlphabet(word.Value));
        return Apart().Replace(plain, static m => string.Concat(m.Value.Where(char.IsLetter)));
    }

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

    [GeneratedRegex(@"[,;:]\s+|\s[—–-]\s", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Clauses();

    [GeneratedRegex(@"(?<=[!?…])\s+|(?<=\p{L}\p{L}[.])\s+|\n", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Ends();

    [GeneratedRegex(@"[\p{L}\p{N}]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Words();

    [GeneratedRegex(@"(?<!\p{L})(?:\p{L}[ \-.]){3,}\p{L}(?!\p{L})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Apart();
}
