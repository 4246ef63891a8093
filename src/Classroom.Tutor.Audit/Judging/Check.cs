namespace Classroom.Tutor.Audit;

/// <summary>A check with its figure. There is no overall score: each holds, does not, or was not asked.</summary>
/// <param name="Figure">Null: nothing was asked.</param>
/// <param name="Low">With <paramref name="High"/> where the true share lies, 95 times of 100 (Wilson). Null beside what is no share.</param>
/// <param name="Asked">Verdicts, or values, that it is made of.</param>
public sealed record Check(string Id, string Part, FigureOf Rule, double Limit, double? Figure, double? Low, double? High, int Asked, int Failed, bool? Holds);

/// <summary>The verdicts of a check for a part of its cases.</summary>
/// <param name="By">language, grade or kind.</param>
public sealed record Group(string Check, string By, string Value, int Held, int Failed);

/// <summary>Figures from the verdicts of the cases, and from nothing else: whoever has the cases can count again.</summary>
public static class Figures
{
    private const double Z = 1.959964;
    private const int Digits = 6;

    public static ImmutableArray<Check> Of(IReadOnlyCollection<CaseResult> cases) => [.. CheckRule.All.Select(rule => Of(rule, cases))];

    public static ImmutableArray<Group> Groups(IReadOnlyCollection<CaseResult> cases) =>
    [
        .. from rule in CheckRule.All
           where rule.Figure is FigureOf.Held or FigureOf.Failed or FigureOf.Count
           from side in new (string Name, Func<CaseResult, string?> Of)[] { ("language", c => c.Language), ("grade", c => c.Grade?.ToString("00", System.Globalization.CultureInfo.InvariantCulture)), ("kind", c => c.Kind), ("goal", c => c.Goal) }
           from g in cases.Where(c => c.Tallies.ContainsKey(rule.Id) && side.Of(c) is not null).GroupBy(c => side.Of(c)!).OrderBy(g => g.Key, StringComparer.Ordinal)
           let sum = g.Aggregate(new Tally(0, 0), (t, c) => t + c.Tallies[rule.Id])
           where sum.Held + sum.Failed > 0
           select new Group(rule.Id, side.Name, g.Key, sum.Held, sum.Failed),
    ];

    /// <summary>Wilson's interval of a share, for 95 of 100.</summary>
    public static (double Low, double High) Wilson(int part, int whole)
    {
        var (p, n) = ((double)part / whole, (double)whole);
        var (middle, width) = (p + (Z * Z / (2 * n)), Z * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n))));
        var by = 1 + (Z * Z / n);
        return (Math.Max(0, (middle - width) / by), Math.Min(1, (middle + width) / by));
    }

    private static Check Of(CheckRule rule, IReadOnlyCollection<CaseResult> cases)
    {
        if (rule.Figure is FigureOf.Mean or FigureOf.Percentile95)
        {
            var values = cases.SelectMany(c => c.Measures.GetValueOrDefault(rule.Id, [])).Order().ToList();
            double? value = values.Count == 0 ? null : rule.Figure == FigureOf.Mean ? values.Average() : values[(int)(values.Count * 0.95)];
            return new Check(rule.Id, rule.Part, rule.Figure, rule.Limit, Rounded(value), null, null, values.Count, values.Count(v => v > rule.Limit), value is null ? null : value <= rule.Limit);
        }

        var sum = cases.Aggregate(new Tally(0, 0), (t, c) => c.Tallies.TryGetValue(rule.Id, out var own) ? t + own : t);
        var all = sum.Held + sum.Failed;
        if (all == 0)
        {
            return new Check(rule.Id, rule.Part, rule.Figure, rule.Limit, null, null, null, 0, 0, null);
        }

        var counted = rule.Figure == FigureOf.Held ? sum.Held : sum.Failed;
        var (low, high) = Wilson(counted, all);
        var share = (double)counted / all;
        return new Check(
            rule.Id, rule.Part, rule.Figure, rule.Limit, rule.Figure == FigureOf.Count ? counted : Rounded(share), Rounded(low), Rounded(high), all, sum.Failed,
            rule.Figure switch { FigureOf.Held => share >= rule.Limit, FigureOf.Failed => share <= rule.Limit, _ => counted <= rule.Limit });
    }

    private static double? Rounded(double? value) => value is { } v ? Math.Round(v, Digits) : null;
}
