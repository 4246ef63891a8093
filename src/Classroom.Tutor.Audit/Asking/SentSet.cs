namespace Classroom.Tutor.Audit;

/// <summary>Of the sets of names every tenth line with a child of the class and every one with a number or an address, asked of the tutor as a child would: what is planted in it must not be in what leaves.</summary>
public static class SentSet
{
    private const int Every = 10;

    public static ImmutableArray<Case> Cases { get; } =
    [
        .. Enum.GetNames<Language>().Select(l => l.ToLowerInvariant()).SelectMany(static name => Lines(name).Select((line, i) =>
            new Case($"sent-{name}-{i + 1:000}", "coach", Subjects.Biology(name).Subject, 7, Subjects.Of(name), Level.Standard, "", line.Text, line.Roster)
            {
                Set = "sent", Kind = "names", Planted = [.. line.Marks.Where(m => m.Kind != '<').Select(m => new Planted(line.Text[m.Start..m.End], m.Kind == '[' ? "number" : "name"))],
            })),
    ];

    private static IEnumerable<NameLine> Lines(string name)
    {
        var lines = NameSet.Read(name);
        return [.. lines.Where(l => l.Marks.Any(m => m.Kind == '[')), .. lines.Where(l => l.Roster.Length > 0 && l.Marks.Any(m => m.Kind == '{') && l.Marks.All(m => m.Kind != '[')).Where((_, i) => i % Every == 0)];
    }
}
