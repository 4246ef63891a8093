using System.Text.RegularExpressions;

namespace Classroom.Tests;

/// <summary>A shipped kit as one YAML file that needs no pictures beside it.</summary>
internal static class KitText
{
    public static string Of(string id) => Regex.Replace(
        Regex.Replace(File.ReadAllText(Path.Combine(Checkout.Folder, "src", "Classroom.Kits", "kits", id, "kit.yaml")), @"^images:\n(?:[ #].*\n)+", "", RegexOptions.Multiline, TimeSpan.FromSeconds(10)),
        @"^ *(?:image|boardImage|solutionImage): .*\n", "", RegexOptions.Multiline, TimeSpan.FromSeconds(10));
}
