using System.Globalization;
using System.Text.Json;

namespace Classroom.Load;

/// <summary>Samples of both sides of a scenario, as medians, ranges and the ratio between them.</summary>
public sealed class Report(string scenario)
{
    private readonly Dictionary<string, (string Unit, List<double> Ours, List<double> Baseline)> _metrics = [];

    public void Sample(bool ours, string metric, string unit, double value)
    {
        if (!_metrics.TryGetValue(metric, out var m))
        {
            _metrics[metric] = m = (unit, [], []);
        }

        (ours ? m.Ours : m.Baseline).Add(value);
        Note($"{scenario} {(ours ? "ours" : "base")} {metric} = {value:0.###} {unit}");
    }

    /// <summary>What was sampled, as its median.</summary>
    public double MedianOf(bool ours, string metric) => Median(ours ? _metrics[metric].Ours : _metrics[metric].Baseline);

    public void Note(string line) => Console.Error.WriteLine(line);

    public string Table()
    {
        var lines = new List<string> { $"| {scenario} | ours | baseline | ratio |", "|---|---|---|---|" };
        foreach (var (name, m) in _metrics)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"| {name} ({m.Unit}) | {Show(m.Ours)} | {Show(m.Baseline)} | {Ratio(m.Ours, m.Baseline)} |"));
        }

        return string.Join('\n', lines);
    }

    public object Json() => new
    {
        scenario,
        metrics = _metrics.Select(m => new
        {
            name = m.Key, unit = m.Value.Unit, ours = m.Value.Ours, baseline = m.Value.Baseline,
            ratio = Over(m.Value.Ours, m.Value.Baseline),
        }),
    };

    public string Svg() => Chart.Of(scenario, [.. _metrics.Select(m => (
        m.Key, m.Value.Unit, m.Value.Ours.Count > 0 ? Median(m.Value.Ours) : (double?)null, m.Value.Baseline.Count > 0 ? Median(m.Value.Baseline) : (double?)null))]);

    private static string Ratio(List<double> ours, List<double> baseline) => Over(ours, baseline)?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";

    // Nothing can be said over nothing.
    private static double? Over(List<double> ours, List<double> baseline) =>
        ours.Count == 0 || baseline.Count == 0 || Median(baseline) == 0 ? null : Median(ours) / Median(baseline);

    private static string Show(List<double> values) => values.Count == 0 ? "" : values.Count == 1 ? Number(values[0])
        : $"{Number(Median(values))} ({Number(values.Min())}-{Number(values.Max())})";

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 1000 ? "0" : "0.##", CultureInfo.InvariantCulture);

    public static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
