using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>
/// A question that pries: it names a child of the class, asks about somebody who is no one of history, or about money, faith and quarrels at home
/// (<c>Guard/Life</c>, <c>Guard/Examples/prying-*</c>, <c>noprying-*</c>). No teacher is offered it for a discussion. What bread costs, and who discovered what, pries into nobody.
/// </summary>
public static partial class PrivateLife
{
    private static readonly LearnedRules Asked = new("Life.life", "prying", likely: 0.2f, ruleFrom: -3);

    /// <param name="names">Names and nicknames of the class.</param>
    /// <param name="lesson">What the kit's author wrote of the lesson: its words are things before they are nicknames.</param>
    public static bool IsIn(string text, IEnumerable<string>? names = null, string lesson = "")
    {
        ArgumentNullException.ThrowIfNull(text);
        return Persons.AreOf(new ClassRoster(names ?? []), text, lesson) || Asked.HoldIn(Persons.Told(text));
    }

    /// <summary>Whether a child is asked such a thing, in a text that is told to it: only what asks, or tells it to tell.</summary>
    public static bool Asks(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Kits.Sentences.Split(text).Any(static s => Asking().IsMatch(s) && Asked.HoldIn(Persons.Told(s)));
    }

    [GeneratedRegex(@"\?|(?<!\p{L})(?:tell|write|describe|say|share|расскаж|опиш|напиш|назов|скаж|поделис|айтып|айтшы|айтыңыз|жаз\b|жазып|жазыңыз|сипатта|бөліс)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, PatternLimit.Milliseconds)]
    private static partial Regex Asking();
}
