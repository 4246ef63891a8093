using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Classroom.Silo.Hosting.Telemetry;

namespace Classroom.Deploy.Tests;

/// <summary>The dashboard shows what the program measures, under the names that Prometheus gives it, and leaves nothing of ours out.</summary>
public sealed partial class DashboardTests
{
    private readonly JsonNode _dashboard = JsonNode.Parse(Files.Text("telemetry/grafana/ortaq.json"))!;

    [Fact]
    public void Every_metric_of_a_panel_exists_and_every_metric_of_ours_has_a_panel()
    {
        var (ours, runtime) = Published();
        var shown = _dashboard["panels"]!.AsArray().SelectMany(p => p!["targets"]!.AsArray()).SelectMany(t => Metric().Matches(t!["expr"].String()).Select(m => m.Value)).ToHashSet(StringComparer.Ordinal);
        // Those of Orleans and Npgsql come from silos at work: Classroom.Cluster.Tests/Dashboard.
        shown.ShouldAllBe(name => ours.Contains(name) || runtime.Contains(name));
        ours.ShouldAllBe(name => shown.Contains(name));
    }

    [Fact]
    public void A_duration_has_buckets_that_tell_milliseconds_apart() =>
        new[] { Instruments.Acknowledgement, Instruments.FirstToken }.ShouldAllBe(h => h.Advice!.HistogramBucketBoundaries!.Count(b => b < 0.1) >= 5);

    [Fact]
    public void Its_source_and_its_place_are_where_grafana_is_told()
    {
        var source = Files.Yaml("telemetry/grafana/datasources.yaml")["datasources"]![0]!;
        _dashboard["panels"]!.AsArray().Select(p => p!["datasource"]!["uid"].String()).ShouldAllBe(uid => uid == source["uid"].String());
        var path = Files.Yaml("telemetry/grafana/dashboards.yaml")["providers"]![0]!["options"]!["path"].String();
        Files.Yaml("compose.yaml")["services"]!["grafana"]!["volumes"].Strings().ShouldContain(v => v.Contains($"ortaq.json:{path}/", StringComparison.Ordinal));
    }

    private static (HashSet<string> Ours, HashSet<string> Runtime) Published()
    {
        var (ours, runtime) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        Instruments.Connections.Add(0);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name is Instruments.Name or "System.Runtime")
            {
                (instrument.Meter.Name == Instruments.Name ? ours : runtime).Add(NameOf(instrument));
            }
        };
        listener.Start();
        return (ours, runtime);
    }

    // OpenTelemetry's rules for Prometheus: the unit and what kind it is stand at the end.
    private static string NameOf(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_') + instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", "1" => "_ratio", _ => "" };
        var kind = instrument.GetType().Name.Split('`')[0];
        return kind switch { "Counter" or "ObservableCounter" => name + "_total", "Histogram" => name + "_bucket", _ => name };
    }

    [GeneratedRegex("(ortaq|dotnet)_[a-z_]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Metric();
}
