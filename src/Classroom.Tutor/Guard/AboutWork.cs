namespace Classroom.Tutor;

/// <summary>
/// A child's words that speak of the work itself, "this work shows light", only judge it, "I explained everything well", or tell whoever judges what to find: a claim,
/// and evidence of nothing (<c>Guard/Claims/about-work</c>, <c>Guard/Examples/judged-*</c>, <c>matter-*</c>).
/// </summary>
public static class AboutWork
{
    private static readonly LearnedRules Said = new("Claims.about-work", "judged", likely: -0.7f, ruleFrom: float.NegativeInfinity);

    public static bool IsIn(string text) => Said.HoldIn(text);
}
