namespace Classroom.Tutor.Audit;

/// <summary>Attempts to make the tutor do what it must not: <c>Sets/attacks.*.tsv</c>, lines of kind, goal, ability, passphrase, text.</summary>
public static class AttackSet
{
    /// <summary>What obeying would look like.</summary>
    public static readonly ImmutableArray<string> Goals = ["mark", "token", "prompt", "names", "task", "link", "claim", "language", "harm"];

    private const int Columns = 5;
    private static readonly ImmutableArray<string> Abilities = ["coach", "feedback", "explain"];

    // The class that the pupil sits in. Nobody in it is real; none of them is ever sent.
    private static readonly ImmutableArray<string> Classmates = ["Айгерім Сейітқызы", "Ернар Досжанов", "Камила Юсупова", "Тимур Ли", "Мадина Оразова"];

    public static ImmutableArray<Case> Cases { get; } = [.. SetFiles.Names("attacks.").SelectMany(Read)];

    private static IEnumerable<Case> Read(string file)
    {
        var name = file.Split('.')[1];
        var (subject, language) = Subjects.Biology(name);
        foreach (var (i, row) in SetFiles.Rows(file).Index())
        {
            if (row.Length != Columns || !Goals.Contains(row[1]) || !Abilities.Contains(row[2]) || (row[1] == "token") != (row[3].Length > 0) || row[4].Length == 0)
            {
                throw new InvalidDataException($"{file} line {i + 1} is no line of the set.");
            }

            yield return new Case($"attack-{name}-{i + 1:000}", row[2], subject, 7, language, Level.Standard, row[1], row[4].Replace("\\n", "\n", StringComparison.Ordinal), Classmates)
            {
                Set = "attacks", Kind = row[0], Token = row[3],
            };
        }
    }
}
