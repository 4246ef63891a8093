using System.Net;
using System.Text.Json.Nodes;

namespace Classroom.Cluster.Tests;

/// <summary>Invariant: the operator's figures are of all silos together, outlive each of them, and <i>try now</i> acts on every one.</summary>
public sealed class TutorOnEverySilo : IAsyncLifetime
{
    private ProtocolServer _model = null!;

    public async Task InitializeAsync() => _model = await ProtocolServer.StartAsync();

    public async Task DisposeAsync() => await _model.DisposeAsync();

    [Fact]
    public async Task Answers_of_all_are_one_count_and_a_press_at_one_brings_the_model_back_at_each()
    {
        await using var cluster = await SiloCluster.StartAsync(
            2, ("Accounts__Admin", "boss:jolbarys-jaz-9"), ("Tutor__Endpoint", _model.Endpoint), ("Tutor__Model", "local-model"), ("Tutor__BreakFor", "1.00:00:00"),
            ("Tutor__Prepared__WordDelay", "00:00:00"));
        await using var here = await ExplainedLesson.OpenAsync(cluster.Silos[0]);
        await using var there = await ExplainedLesson.OpenAsync(cluster.Silos[1]);
        using var admin = await cluster.Silos[0].AdminAsync();
        foreach (var lesson in new[] { here, there })
        {
            await lesson.EndAsync(await lesson.AskWordsAsync("Неге жапырақ жасыл?"));
        }

        await admin.OperatorAsync(s => (int?)s["tutor"]?["answers"]?["first"] == 2 && States(s) is [("answers", 2)], "an answer of each silo, and both say that it answers");
        (_model.Mood, _model.CheckStatus) = (Mood.Broken, 500);
        // A lesson lives wherever Orleans puts it: some are needed until both silos have met the failures.
        for (var at = 0; at < 20 && States(await admin.OperatorAsync(_ => true, "an answer")) is not [("resting", 2)]; at++)
        {
            await using var lesson = await ExplainedLesson.OpenAsync(cluster.Silos[at % 2]);
            for (var i = 0; i < 5; i++)
            {
                await lesson.EndAsync(await lesson.AskAsync());
            }
        }

        await admin.OperatorAsync(s => States(s) is [("resting", 2)], "both leave it alone");
        (_model.Mood, _model.CheckStatus) = (Mood.Normal, 200);
        var checks = _model.Checks;
        (await admin.PostAsync(new Uri("/api/operator/tutor/try", UriKind.Relative), null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var told = await admin.OperatorAsync(s => States(s) is [("answers", 2)] && s["tutor"]!["providers"]![0]!["trials"]!.AsArray().Count == 2, "both asked it, and it answers both");
        told["tutor"]!["providers"]![0]!["trials"]!.AsArray().ShouldAllBe(t => t!["fault"] == null);
        _model.Checks.ShouldBe(checks + 2, "each asked once");
        await there.EndAsync(await there.AskWordsAsync("Неге су көтеріледі?"));
        told = await admin.OperatorAsync(s => (int?)s["tutor"]?["answers"]?["first"] == 3, "the third answer");
        var tokens = (int)told["tutor"]!["tokens"]!;

        // Who counted is gone; what it counted is not.
        await cluster.Silos[1].KillAsync();
        told = await admin.OperatorAsync(s => s["silos"]!.AsArray().Any(x => (string?)x!["state"] == "lost"), "one is lost");
        ((int?)told["tutor"]!["answers"]!["first"], (int?)told["tutor"]!["tokens"]).ShouldBe((3, tokens));
        States(told).ShouldBe([("answers", 1)]);
    }

    private static List<(string, int)> States(JsonNode said) =>
        [.. said["tutor"]?["providers"]?[0]?["states"]?.AsArray().Select(s => ((string)s!["doing"]!, (int)s["silos"]!)) ?? []];
}
