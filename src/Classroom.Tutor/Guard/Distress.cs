using System.Text;
using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>
/// Whether a child says that it is in danger: it wants to die or to hurt itself, is beaten, touched, lured, bullied. Word order, person, gender and spelling
/// are free. What is likely is learned from examples (<c>Guard/Examples/danger-*</c>, <c>cries-*</c>, <c>calm-*</c>, <c>quiet-*</c>); beside that stand rules of what must be in one sentence and
/// what must not (<c>Guard/Distress/*.txt</c>): "kills the boss" is a game, "nobody hits me" is none.
/// </summary>
public static partial class Distress
{
    private const int FewestWords = 2;
    private const int FewWords = 6;
    private const int WordsOfColumn = 2;
    private const int MostWordsTogether = 60;

    // A rule that holds is believed unless the sentence is nothing like the examples.
    private const float RuleFrom = -2;
    private const float ByRule = 3;

    private const float Likely = -0.86f;
    private const float Uncertain = -1.6f;
    private const float ForDenied = 3;
    private const float ForFew = 1.5f;

    // In a long text many places are looked at, and each must be surer.
    private const float LongerIsSurer = 0.5f;
    private static readonly SentenceRules Cyrillic = new("Distress.cyrillic");
    private static readonly SentenceRules English = new("Distress.english");
    private static readonly SentenceRules Denied = new("Distress.denied");
    private static readonly Lazy<SentenceClassifier> Learned = new(static () => SentenceClassifier.Of("danger"));

    public static bool IsIn(string text) => Odds(text) > Likely;

    /// <returns>Null: the words alone do not tell.</returns>
    public static bool? Look(string text) => Odds(text) switch { > Likely => true, > Uncertain => null, _ => false };

    /// <returns>The logarithm of the odds that the text says so: far below 0 it says nothing of the kind.</returns>
    public static float Odds(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var whole = GluedWords.Whole(Shapes.Of(text));
        return new[] { whole, Inside().Replace(whole, ""), Flowing(whole), GluedWords.Apart(whole) }.OfType<string>().Distinct(StringComparer.Ordinal).Max(OddsOf);
    }

    // Signs between words as spaces, "i.want.to.die", and a column of words as a line.
    private static string Flowing(string text)
    {
        var flowing = new StringBuilder();
        var isShort = false;
        foreach (var line in Signs().Replace(text, " ").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var wasShort = isShort;
            isShort = line.Count(char.IsWhiteSpace) < WordsOfColumn;
            flowing.Append(flowing.Length == 0 ? "" : wasShort && isShort ? " " : "\n").Append(line);
        }

        return flowing.ToString();
    }

    private static float OddsOf(string text)
    {
        var (likeliest, places, words) = (float.NegativeInfinity, 0, new List<string>());
        foreach (var sentence in Ends().Split(text))
        {
            if (sentence.Length < 3)
            {
                continue;
            }

            var (plain, latin) = (Sounds.Of(sentence), Latin(sentence));
            string[] own = plain.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var odds = own.Length < FewestWords ? float.NegativeInfinity : Look(own);
            if ((odds > RuleFrom || own.Length < FewestWords) && (Cyrillic.Hold(plain) || English.Hold(latin)))
            {
                return ByRule;
            }

            likeliest = Math.Max(likeliest, Denied.Hold(plain) || Denied.Hold(latin) ? odds - ForDenied : odds);
            words.AddRange(own);
        }

        if (words.Count is >= FewestWords and <= MostWordsTogether && places > 1)
        {
            // What is spread over short sentences.
            likeliest = Math.Max(likeliest, Learned.Value.Score(string.Join(' ', words)));
        }

        return likeliest - (LongerIsSurer * MathF.Log(Math.Max(1, places)));

        float Look(string[] own)
        {
            var odds = float.NegativeInfinity;
            foreach (var part in SentenceClassifier.Within(own))
            {
                places++;
                odds = Math.Max(odds, Learned.Value.Score(part));
            }

            // A few words tell little.
            return own.Length <= FewWords ? odds - ForFew : odds;
        }
    }

    private static string Latin(string text) => Space().Replace(Quote().Replace(text, ""), " ");

    // A sign inside a word, "ум.ереть"; not the hyphen, nor an apostrophe.
    [GeneratedRegex(@"(?<=\p{L})[._*|~+]+(?=\p{Ll})", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Inside();

    [GeneratedRegex(@"(?<=\p{L})[._*|~+/\\]+(?=\p{L})", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Signs();

    [GeneratedRegex(@"[.!?…;\n]+", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Ends();

    [GeneratedRegex("['’`]", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Quote();

    [GeneratedRegex(@"[\s,\-]+", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Space();
}
