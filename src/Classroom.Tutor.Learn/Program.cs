using System.Text.RegularExpressions;
using Classroom.Tutor;

// Learns what the guards of the tutor go by: EXAMPLES KITS OUT. Run by the build of Classroom.Tutor.
if (args is not [var examples, var kits, var to])
{
    Console.Error.WriteLine("Classroom.Tutor.Learn EXAMPLES KITS OUT");
    return 2;
}

Directory.CreateDirectory(to);
// What the authors of the shipped kits wrote, by lines and by sentences: it holds nothing of what a guard looks for.
List<string> lessons =
[
    .. Files(kits, "*.yaml").SelectMany(File.ReadLines).SelectMany(l => Classroom.Kits.Sentences.Split(Key().Replace(l, "")).Append(l)).Where(l => l.Trim().Length >= 8)
        .SelectMany(l => SentenceClassifier.Within(l.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Distinct(StringComparer.Ordinal),
];
Learn("danger", ["calm", "marks", "nomarks"], Sounds.Read);
Learn("marks", ["nomarks", "calm", "danger"], MarkSigns.Read);
return 0;

void Learn(string kind, string[] others, Func<string, string> read)
{
    using var file = File.Create(Path.Combine(to, kind + ".weights"));
    SentenceClassifier.Learned([.. Lines(kind).Select(l => (read(l), true)), .. others.SelectMany(Lines).Concat(lessons).Select(l => (read(l), false))]).Write(file);
}

IEnumerable<string> Lines(string kind) => Files(examples, kind + "-*.txt").SelectMany(File.ReadLines);

// In one order on every machine.
static IEnumerable<string> Files(string folder, string pattern) => Directory.EnumerateFiles(folder, pattern).OrderBy(Path.GetFileName, StringComparer.Ordinal);

internal static partial class Program
{
    [GeneratedRegex(@"^\s*(?:-\s)?(?:[a-zA-Z]+:\s)?\s*", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Key();
}
