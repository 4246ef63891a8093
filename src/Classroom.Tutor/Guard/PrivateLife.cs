namespace Classroom.Tutor;

/// <summary>
/// A question that pries: it names a child of the class, asks about somebody who is no one of history, or about money, faith and quarrels at home
/// (<c>Guard/Life</c>). No teacher is offered it for a discussion. What bread costs, and who discovered what, pries into nobody.
/// </summary>
public static class PrivateLife
{
    private static readonly SentenceRules Rules = new("Life.life");

    /// <param name="names">Names and nicknames of the class.</param>
    public static bool IsIn(string text, params IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Persons.AreOf(new ClassRoster([.. names]), text) || PlainSentences.Of(Persons.Told(text)).Any(Rules.Hold);
    }
}
