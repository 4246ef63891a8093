namespace Classroom.Tutor.Tests;

/// <summary>Our own sentences, one a line, under headings that say what they are. The rules were written with every other line; the rest was held back.</summary>
internal static class Sentences
{
    public static List<string> Of(string set) =>
        [.. File.ReadLines(Path.Combine(Checkout.Folder, "tests/Classroom.Tutor.Tests/Sets", set + ".txt")).Where(l => l.Length > 0 && !l.StartsWith('#'))];

    public static List<string> HeldBack(string set) => [.. Of(set).Where((_, i) => i % 2 == 1)];

    /// <summary>Sets with columns: a language, what is in the row, ... Those that the audit asks too are in its library.</summary>
    public static List<string[]> Rows(string set) =>
        [.. File.ReadLines(new[] { "src/Classroom.Tutor.Audit/Sets", "tests/Classroom.Tutor.Tests/Sets" }.Select(f => Path.Combine(Checkout.Folder, f, set + ".tsv")).First(File.Exists)).Select(l => l.Split('\t'))];

    /// <summary>What the author wrote for children and teachers, as he wrote it.</summary>
    public static List<string> OfTheKits() =>
        [.. Directory.EnumerateFiles(Path.Combine(Checkout.Folder, "src/Classroom.Kits/kits"), "*.y*ml", SearchOption.AllDirectories).SelectMany(File.ReadLines)];

    public static double Share(this List<string> lines, Func<string, bool> holds) => (double)lines.Count(holds) / lines.Count;
}
