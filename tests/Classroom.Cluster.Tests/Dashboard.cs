using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OtlpMetric = Classroom.Tests.Otlp.Metric;

namespace Classroom.Cluster.Tests;

/// <summary>Invariant: every metric that a panel of the dashboard asks for arrives at a collector from real silos, under the name that it has in Prometheus.</summary>
public sealed partial class Dashboard(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_metric_that_a_panel_asks_for_arrives_from_silos_at_work()
    {
        var panels = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Checkout.Folder, "deploy", "telemetry", "grafana", "ortaq.json")))!["panels"]!.AsArray();
        var asked = panels.SelectMany(p => p!["targets"]!.AsArray()).SelectMany(t => Metric().Matches(Labels().Replace(t!["expr"]!.GetValue<string>(), "")).Select(m => m.Value)).ToHashSet(StringComparer.Ordinal);
        asked.ShouldNotBeEmpty();
        await using var collector = await Collector.StartAsync();
        await using var model = await ProtocolServer.StartAsync();
        model.Answer = """
            {"candidates":[{"id":"a","question":{"kk":"с","ru":"в","en":"q"},"make":{"kk":"с","ru":"в","en":"q"},
              "materials":{"kk":"с","ru":"в","en":"q"},"minutes":10,"roles":[{"kk":"с","ru":"в","en":"q"}],"sharing":{"kk":"с","ru":"в","en":"q"}}]}
            """;
        await using var cluster = await SiloCluster.StartAsync(2, [.. collector.Settings, ("Tutor__Endpoint", model.Endpoint), ("Tutor__Model", "local-model"), ("Tutor__Price__Input", "60"), ("Tutor__Price__Output", "240"), ("Tutor__Price__Currency", "KZT")]);
        // Before all else: what somebody says to have waited counts for a minute after a silo has begun.
        await using (var first = await LessonHost.OpenAsync(cluster.Silos[0]))
        {
            var begun = await first.Teacher.CallAsync("Execute", new { id = Guid.CreateVersion7(), waited = 5000, name = "StartLesson", fields = new { } });
            begun!["refusal"].ShouldBeNull();
        }

        await using var lesson = await ClassUnderFault.OpenAsync(cluster.Silos[0], 4, cluster.Of);
        await lesson.ActAsync(20);
        model.Answer = "Жапырақ күн сәулесін ұстайды. Содан қант жасайды.";
        var explanation = Guid.CreateVersion7();
        var teacher = lesson.Host.Teacher;
        var step = lesson.Host.StepOf("explain");
        await teacher.DoAsync("GoToStep", new { stepId = step });
        await teacher.DoAsync("RequestExplanation", new
        {
            explanationId = explanation, stepId = step, topicId = teacher.Get("step", step)!["topics"]![0]!["id"]!.GetValue<string>(), mode = "plain", sentences = Array.Empty<int>(),
        });
        await teacher.UntilAsync(t => t.Get("explanation", explanation.ToString())?["status"]?.GetValue<string>() == "finished", "the explanation");
        model.Mood = Mood.Broken;
        var failing = Guid.CreateVersion7();
        await teacher.DoAsync("RequestExplanation", new { explanationId = failing, stepId = step, words = "Неге?", mode = "plain" });
        await teacher.UntilAsync(t => t.Get("explanation", failing.ToString())?["status"]?.GetValue<string>() is "failed" or "finished", "the failure");
        (await teacher.RefusalAsync("GoToStep", new { stepId = "nowhere" })).ShouldBe("no-such-step");
        await teacher.DoAsync("EndLesson", new { });
        try
        {
            await collector.UntilAsync(c => asked.IsSubsetOf(Names(c)), "every metric of the dashboard");
        }
        finally
        {
            output.WriteLine("missing: " + string.Join(' ', asked.Except(Names(collector)).Order(StringComparer.Ordinal)));
            output.WriteLine("arrived: " + string.Join(' ', Names(collector).Order(StringComparer.Ordinal)));
        }
    }

    private static HashSet<string> Names(Collector collector) => [.. collector.Metrics.SelectMany(NamesOf)];

    // How Prometheus names what comes over OTLP: https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics
    private static IEnumerable<string> NamesOf(OtlpMetric metric)
    {
        var name = Foreign().Replace(metric.Name, "_");
        var unit = metric.Unit switch
        {
            "s" => "seconds", "ms" => "milliseconds", "By" => "bytes", "MB" => "megabytes", "%" => "percent", "1" when metric.DataCase == OtlpMetric.DataOneofCase.Gauge => "ratio",
            "" or ['{', ..] or "1" => "", var other => other,
        };
        name = unit.Length == 0 || name.EndsWith("_" + unit, StringComparison.Ordinal) ? name : $"{name}_{unit}";
        return metric.DataCase switch
        {
            OtlpMetric.DataOneofCase.Histogram => [name + "_bucket", name + "_sum", name + "_count"],
            OtlpMetric.DataOneofCase.Sum when metric.Sum.IsMonotonic => [name + "_total"],
            _ => [name],
        };
    }

    [GeneratedRegex("(ortaq|dotnet|orleans|db_client|http_server)_[a-z_]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Metric();

    [GeneratedRegex(@"\{[^}]*\}|by \([^)]*\)", RegexOptions.None, 1000)]
    private static partial Regex Labels();

    [GeneratedRegex("[^a-zA-Z0-9_:]", RegexOptions.None, 1000)]
    private static partial Regex Foreign();
}
