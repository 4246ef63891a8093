using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>
/// A question that pries: it names a child of the class, asks about somebody who is no one of history, or about money, faith and quarrels at home
/// (<c>Guard/Life</c>, <c>Guard/Examples/prying-*</c>, <c>noprying-*</c>). No teacher is offered it for a discussion, and no child is asked it. What bread costs, and who discovered what, pries into nobody.
/// </summary>
public static partial class PrivateLife
{
    private static readonly LearnedRules Asked = new("Life.life", "prying", likely: 0.2f, ruleFrom: -3);

    // An explanation ends by it and a coach's sentence goes, so the examples must be surer than where one of several candidates falls.
    private static readonly LearnedRules AskedOfChild = new("Life.life", "prying", likely: 1.5f, ruleFrom: 0);

    /// <param name="names">Names and nicknames of the class.</param>
    /// <param name="lesson">What the kit's author wrote of the lesson: its words are things before they are nicknames.</param>
    public static bool IsIn(string text, IEnumerable<string>? names = null, string lesson = "")
    {
        ArgumentNullException.ThrowIfNull(text);
        return Persons.AreOf(new ClassRoster(names ?? []), text, lesson) || Asked.HoldIn(Persons.Told(text));
    }

    /// <summary>Whether a child is asked of its own life, in a text that is told to it. What Tom earns in a sum, and who was Abai's father, is asked of nobody's.</summary>
    public static bool Asks(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Kits.Sentences.Split(text).Select(Kits.Formulas.InSigns).Any(static s => Asking().IsMatch(s) && Own().IsMatch(s) && AskedOfChild.HoldIn(Persons.Told(s)));
    }

    [GeneratedRegex(@"\?|(?<!\p{L})(?:tell|write|describe|(?:расскажи|опиши|напиши|назови|скажи|поделись)(?:те)?|(?:айтып бер|айтшы|жазып бер|жаз|сипатта|бөліс)(?:іңіз|ыңыз|ші|шы)?)(?!\p{L})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, PatternLimit.Milliseconds)]
    private static partial Regex Asking();

    // The child, its home or its people.
    [GeneratedRegex(@"(?<!\p{L})(?:you|your|yours|at home|ты|теб[еяё]|тобой|тво\p{L}+|вы|вас|вам|ваш\p{L}*|дома|сен|сені|сенің|саған|сенде|сізд?\p{L}*|үйің\p{L}*|үйде|отбасың\p{L}*|әкең\p{L}*|шешең\p{L}*|анаң\p{L}*|ата-анаң\p{L}*|туысың\p{L}*|ағаң\p{L}*|апаң\p{L}*)(?!\p{L})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, PatternLimit.Milliseconds)]
    private static partial Regex Own();
}
