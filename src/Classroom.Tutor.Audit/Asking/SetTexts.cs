namespace Classroom.Tutor.Audit;

/// <summary>What a set asks, case by case, without asking it: a dossier of the same files must hold these and no others.</summary>
public static class SetTexts
{
    /// <summary>By name, the SHA-256 of each file of a set as this program has it; empty: it has none (<c>prepared</c> is of the kits, <c>egress</c> of nothing).</summary>
    public static ImmutableSortedDictionary<string, string> FilesOf(string set) => (set switch
    {
        "golden" => SetFiles.Names("golden/"),
        "attacks" => SetFiles.Names("attacks."),
        "knowledge" => SetFiles.Names("knowledge."),
        "names" or "sent" => SetFiles.Names("names/"),
        "marks" => [.. SetFiles.Names("marks-"), .. SetFiles.Names("no-marks-")],
        "danger" => [.. SetFiles.Names("distress-"), .. SetFiles.Names("calm-")],
        "languages" => SetFiles.Names("languages/"),
        _ => [],
    }).ToImmutableSortedDictionary(n => n, SetFiles.Sha256, StringComparer.Ordinal);

    /// <summary>Texts by the ids of their cases; null: a set without files.</summary>
    public static IReadOnlyDictionary<string, string>? Of(string set) => set switch
    {
        "golden" => Texts(GoldenSet.Cases),
        "attacks" => Texts(AttackSet.Cases),
        "knowledge" => Texts(KnowledgeSet.Cases),
        "sent" => Texts(SentSet.Cases),
        "names" => GuardSets.NameLines().ToDictionary(l => l.Id, l => l.Line.Text),
        "marks" => GuardSets.MarkRows().Concat(GuardSets.InnocentRows()).ToDictionary(r => r.Id, r => r.Text),
        "danger" => GuardSets.DangerRows().ToDictionary(r => r.Id, r => r.Text),
        "languages" => GuardSets.LanguageLines().ToDictionary(l => l.Id, l => l.Text),
        _ => null,
    };

    private static Dictionary<string, string> Texts(IEnumerable<Case> cases) => cases.ToDictionary(c => c.Id, c => c.Text);
}
