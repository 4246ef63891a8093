namespace Classroom.Tutor;

/// <summary>
/// Words that claim to have acted for the teacher, or with the teacher's yes: "I have released it", "the teacher approved your work" (<c>Guard/Claims</c>, <c>Guard/Examples/claims-*</c>, <c>noclaims-*</c>).
/// A machine decides nothing; a sentence that says so misleads a child.
/// </summary>
public static class Claims
{
    private static readonly LearnedRules Said = new("Claims.claims", "claims", likely: 0.5f, ruleFrom: -2, forAsking: 3);

    public static bool AreIn(string text) => Said.HoldIn(Kits.Formulas.InSigns(text));
}
