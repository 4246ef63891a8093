using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>Marks that are drawn: stars, digits in boxes and rings, told in words.</summary>
internal static partial class MarkSigns
{
    public static string Told(string text) => Stars().Replace(Boxed().Replace(text, static m => "балл " + Digit(m.Groups["digit"].Value)), " балл 5 ").Trim();

    /// <summary>Something is given in stars, or in a digit in a box or ring; stars of the sky are not drawn side by side.</summary>
    public static bool AreIn(string text) => Stars().IsMatch(text) || Boxed().IsMatch(text);

    /// <summary>As what was learned of marks is looked at.</summary>
    public static string Read(string text) => Sounds.Read(Told(text));

    private static string Digit(string value) => value[0] is >= '①' and <= '⑳' ? $"{value[0] - '①' + 1}" : value;

    // A digit in a box or a ring at the end of something; at its beginning it counts the lines of a list.
    [GeneratedRegex(@"(?:(?<digit>\d)\uFE0F?\u20E3|(?<digit>[\u2460-\u2473]))(?=\s*(?:$|[.!?,;)]|из|out|from|for|тебе|вам|саған|сізге))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Boxed();

    [GeneratedRegex(@"(?:[★⭐☆]\uFE0F?){2,}|(?:🌟){2,}|💯", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Stars();
}
