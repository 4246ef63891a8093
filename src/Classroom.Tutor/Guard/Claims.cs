namespace Classroom.Tutor;

/// <summary>
/// Words that claim to have acted for the teacher, or with the teacher's yes: "I have released it", "the teacher approved your work" (<c>Guard/Claims</c>).
/// A machine decides nothing; a sentence that says so misleads a child.
/// </summary>
public static class Claims
{
    private static readonly SentenceRules Rules = new("Claims.claims");

    public static bool AreIn(string text) => PlainSentences.Of(text).Any(Rules.Hold);
}
