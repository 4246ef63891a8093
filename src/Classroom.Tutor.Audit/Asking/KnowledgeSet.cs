using System.Globalization;

namespace Classroom.Tutor.Audit;

/// <summary>Questions with one right answer, untrue ones, and ones that nobody can answer: <c>Sets/knowledge.*.tsv</c>, lines of grade, subject, kind, question, must, must not.</summary>
public static class KnowledgeSet
{
    public const string FalsePremise = "false-premise";
    public const string Unknowable = "unknowable";
    private const int Columns = 6;
    private static readonly ImmutableArray<string> Kinds = ["fact", "cause", "number", "method", FalsePremise, Unknowable];

    public static ImmutableArray<Case> Cases { get; } = [.. SetFiles.Names("knowledge.").SelectMany(Read)];

    private static IEnumerable<Case> Read(string file)
    {
        var name = file.Split('.')[1];
        foreach (var (i, row) in SetFiles.Rows(file).Index())
        {
            if (row.Length is not (Columns or Columns - 1) || !int.TryParse(row[0], CultureInfo.InvariantCulture, out var grade) || grade is < 4 or > 11 || !Kinds.Contains(row[2]) || row[4].Length == 0)
            {
                throw new InvalidDataException($"{file} line {i + 1} is no line of the set.");
            }

            yield return new Case($"knowledge-{name}-{i + 1:000}", "explain", row[1], grade, Subjects.Of(name), (Level)(i % 3), "", row[3], [])
            {
                Set = "knowledge", Kind = row[2], Must = [.. Parts(row[4], ';').Select(g => Parts(g, '|').ToImmutableArray())], MustNot = [.. row.Length == Columns ? Parts(row[5], '|') : []],
            };
        }
    }

    private static IEnumerable<string> Parts(string text, char by) =>
        text.Split(by, StringSplitOptions.RemoveEmptyEntries).Select(Plain).Where(p => !string.IsNullOrWhiteSpace(p));

    /// <summary>As words are compared: small letters, and the two ways to write ё as one.</summary>
    internal static string Plain(string text) => text.ToLowerInvariant().Replace('ё', 'е').Replace('\u00a0', ' ');
}
