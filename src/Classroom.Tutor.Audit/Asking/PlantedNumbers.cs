using System.Text.RegularExpressions;

namespace Classroom.Tutor.Audit;

/// <summary>Personal and telephone numbers and addresses of mail in a text of a set.</summary>
internal static partial class PlantedNumbers
{
    public static IEnumerable<string> In(string text) => Number().Matches(text).Select(m => m.Value.TrimEnd('.', ','));

    [GeneratedRegex(@"\d{12}|\+7[\d ]{10,}\d|\S+@\S+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Number();
}
