namespace Classroom.Tutor.Audit;

/// <summary>Every tenth line with a person of the sets of names, asked of the tutor as a child would: what is planted in it must not be in what leaves.</summary>
public static class SentSet
{
    private const int Every = 10;

    public static ImmutableArray<Case> Cases { get; } =
    [
        .. Enum.GetNames<Language>().Select(l => l.ToLowerInvariant()).SelectMany(static name => NameSet.Read(name).Where(l => l.Roster.Length > 0 && l.Marks.Any(m => m.Kind != '<')).Where((_, i) => i % Every == 0).Select((line, i) =>
            new Case($"sent-{name}-{i + 1:000}", "coach", Subjects.Biology(name).Subject, 7, Subjects.Of(name), Level.Standard, "", line.Text, line.Roster)
            {
                Set = "sent", Kind = "names", Planted = [.. line.Marks.Where(m => m.Kind != '<').Select(m => new Planted(line.Text[m.Start..m.End], m.Kind == '[' ? "number" : "name"))],
            })),
    ];
}
