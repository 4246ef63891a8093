namespace Classroom.Tutor;

/// <summary>
/// A kind of sentence that examples (<c>Guard/Examples</c>) and rules see together: what is likely by the examples, and what a rule holds of and the examples do
/// not speak against.
/// </summary>
/// <param name="likely">The logarithm of the odds from which the examples alone are believed.</param>
/// <param name="ruleFrom">And from which a rule is.</param>
/// <param name="forAsking">How much less a question is believed.</param>
internal sealed class LearnedRules(string rules, string kind, float likely, float ruleFrom = -6, float forAsking = 0)
{
    // A few words tell little, and fewer less.
    private const int FewestWords = 2;
    private const int FewWords = 3;
    private const float ForFew = 1;

    private readonly SentenceRules _rules = new(rules);
    private readonly Lazy<SentenceClassifier> _learned = new(() => SentenceClassifier.Of(kind));

    // As it is written, and with drawn letters as those that they are read as.
    public bool HoldIn(string text) => PlainSentences.Of(text).Any(Hold) || (Shapes.Of(text) is var shaped && !shaped.Equals(text, StringComparison.OrdinalIgnoreCase) && PlainSentences.Of(shaped).Any(Hold));

    private bool Hold(string sentence)
    {
        var odds = Score(sentence);
        return odds > likely || (odds > ruleFrom && _rules.Hold(sentence));
    }

    private float Score(string sentence)
    {
        string[] words = Sounds.Of(sentence).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length < FewestWords ? float.NegativeInfinity : SentenceClassifier.Within(words).Max(w => _learned.Value.Score(w)) - (ForFew * Math.Max(0, FewWords + 1 - words.Length)) - (sentence.EndsWith('?') ? forAsking : 0);
    }
}
