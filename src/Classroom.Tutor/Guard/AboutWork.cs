namespace Classroom.Tutor;

/// <summary>A child's words that speak of the work itself, "this work shows light", or only repeat a descriptor: a claim, and evidence of nothing (<c>Guard/Claims/about-work</c>).</summary>
public static class AboutWork
{
    private static readonly SentenceRules Rules = new("Claims.about-work");

    public static bool IsIn(string text) => PlainSentences.Of(text).Any(Rules.Hold);
}
