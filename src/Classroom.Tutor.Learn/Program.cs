using System.Text.RegularExpressions;
using Classroom.Tutor;

// Learns what the guards of the tutor go by: EXAMPLES KITS OUT. Run by the build of Classroom.Tutor.
if (args is not [var examples, var kits, var to])
{
    Console.Error.WriteLine("Classroom.Tutor.Learn EXAMPLES KITS OUT");
    return 2;
}

Directory.CreateDirectory(to);
// What the authors of the shipped kits teach, by lines and by sentences: it holds nothing of what a guard looks for.
List<string> lessons =
[
    .. Directory.EnumerateDirectories(kits).OrderBy(Path.GetFileName, StringComparer.Ordinal).SelectMany(k => Files(k, "*.yaml")).SelectMany(Taught).Select(Classroom.Kits.Formulas.InSigns).SelectMany(l => Classroom.Kits.Sentences.Split(Key().Replace(l, "")).Append(l)).Where(l => l.Trim().Length >= 8)
        .SelectMany(l => SentenceClassifier.Within(l.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Distinct(StringComparer.Ordinal),
];
Learn("danger", ["cries", "danger"], ["quiet", "calm", "marks", "nomarks"], Sounds.Read);
Learn("marks", ["marks"], ["nomarks", "calm", "danger"], MarkSigns.Read);
// What is said in a lesson, of nobody's work: also with the numbers, levels and comparisons that lessons are full of.
Learn("answers", ["marks", "answers"], ["nomarks", "calm", "danger", "lessons"], MarkSigns.Read);
// The machine says that it or the teacher acted; a question that pries; a sentence of a work that judges itself or speaks to whoever judges it.
Learn("claims", ["claims"], ["noclaims", "nomarks", "calm", "quiet", "lessons"], Sounds.Read);
Learn("prying", ["prying"], ["noprying", "nomarks", "calm", "quiet", "lessons"], Sounds.Read);
Learn("judged", ["judged"], ["matter", "calm", "quiet", "lessons"], Sounds.Read);
return 0;

void Learn(string name, string[] kinds, string[] others, Func<string, string> read)
{
    var whole = Path.Combine(to, name + ".weights");
    // A build that was killed leaves no half of it that looks new.
    using (var file = File.Create(whole + ".part"))
    {
        SentenceClassifier.Learned([.. kinds.SelectMany(Lines).Select(l => (read(l), true)), .. others.SelectMany(Lines).Concat(lessons).Select(l => (read(l), false))]).Write(file);
    }

    File.Move(whole + ".part", whole, overwrite: true);
}

IEnumerable<string> Lines(string kind) => Files(examples, kind + "-*.txt").SelectMany(File.ReadLines);

// Without what is said of pictures, rows of tables, and what scripted students say in a rehearsal: short lines of the kind that children write would move the limits of the guards.
static IEnumerable<string> Taught(string kit)
{
    var said = int.MaxValue;
    foreach (var line in File.ReadLines(kit).Where(l => l.Trim().Length > 0))
    {
        var depth = line.Length - line.TrimStart().Length;
        said = depth <= said ? int.MaxValue : said;
        if (said == int.MaxValue && line.Trim() is "samples:" or "ideas:" or "images:")
        {
            said = depth;
        }

        if (said == int.MaxValue && !line.TrimStart().StartsWith('|'))
        {
            yield return line;
        }
    }
}

// In one order on every machine.
static IEnumerable<string> Files(string folder, string pattern) => Directory.EnumerateFiles(folder, pattern).OrderBy(Path.GetFileName, StringComparer.Ordinal);

internal static partial class Program
{
    [GeneratedRegex(@"^\s*(?:-\s)?(?:[a-zA-Z]+:\s)?\s*", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex Key();
}
