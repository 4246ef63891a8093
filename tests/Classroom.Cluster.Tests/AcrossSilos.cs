using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Classroom.Cluster.Tests;

/// <summary>Invariant: at whichever silo somebody is, the lesson is the same: no sticky sessions, nothing that matters in one process's memory.</summary>
public sealed class AcrossSilos
{
    [Fact]
    public async Task A_lesson_with_everybody_at_another_silo_is_one_lesson()
    {
        await using var cluster = await SiloCluster.StartAsync(3);
        var (first, second, third) = (cluster.Silos[0], cluster.Silos[1], cluster.Silos[2]);
        await using var host = await LessonHost.OpenAsync(first);

        // A board begins to pair at the second, its teacher types the code at the first, and it asks at the third.
        using var at2 = await second.BrowserAsync();
        using var begun = await at2.PostAsync(new Uri("/api/board/pair", UriKind.Relative), null);
        var pairing = (await begun.Content.ReadFromJsonAsync<JsonNode>())!;
        using var approved = await host.TeacherHttp.PostAsJsonAsync($"/api/classrooms/{host.ClassroomId}/board", new { pairing = pairing["pairing"]!.GetValue<string>() });
        approved.IsSuccessStatusCode.ShouldBeTrue(await approved.Content.ReadAsStringAsync());
        using var at3 = await third.BrowserAsync();
        var paired = await at3.GetFromJsonAsync<JsonNode>($"/api/board/pair/{pairing["secret"]!.GetValue<string>()}");
        await using var board = await WireClient.ConnectAsync(third.Url, paired!["ticket"]!.GetValue<string>());
        await board.SyncAsync(host.ClassroomId);

        var students = new List<(WireClient Wire, Guid Id)>();
        foreach (var (silo, number) in cluster.Silos.Select((s, i) => (s, i)))
        {
            using var http = await silo.BrowserAsync();
            using var joined = await http.PostAsJsonAsync("/api/join", new { code = host.Code, nickname = $"Құс {number}", language = "kk", level = "simple", themed = false });
            joined.IsSuccessStatusCode.ShouldBeTrue(await joined.Content.ReadAsStringAsync());
            var reply = (await joined.Content.ReadFromJsonAsync<JsonNode>())!;
            // The ticket is read at another silo than the one that sealed it.
            var wire = await WireClient.ConnectAsync(cluster.Silos[(number + 1) % 3].Url, reply["ticket"]!.GetValue<string>());
            await wire.SyncAsync(host.ClassroomId);
            students.Add((wire, reply["studentId"]!.GetValue<Guid>()));
        }

        await host.Teacher.UntilAsync(t => t.Present.Order().SequenceEqual(students.Select(s => s.Id).Order()), "the students of all three silos");
        await host.Teacher.DoAsync("StartLesson", new { });
        await host.Teacher.DoAsync("GoToStep", new { stepId = host.StepOf("explain") });
        foreach (var (wire, id) in students)
        {
            await wire.DoAsync("RaiseHand", new { topic = "?" });
            await host.Teacher.UntilAsync(t => t.Get("hand", id.ToString()) is not null || t.All("hand").Count > 0, "the hand");
        }

        var explanation = Guid.CreateVersion7();
        await host.Teacher.DoAsync("RequestExplanation", new { explanationId = explanation, stepId = host.StepOf("explain"), topicId = Topic(host), mode = "plain", sentences = Array.Empty<int>() });
        foreach (var (wire, _) in students)
        {
            await wire.UntilAsync(w => w.TextOf(explanation, "kk-simple").Length > 40, "the text");
        }

        foreach (var (wire, _) in students)
        {
            (wire.Gaps, wire.Snapshots).ShouldBe((0, 1));
            await wire.DisposeAsync();
        }

        (board.Gaps, board.Snapshots).ShouldBe((0, 1));
        cluster.Silos.SelectMany(s => s.Failures).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_that_one_silo_printed_signs_in_once_at_whichever_it_is_opened()
    {
        await using var cluster = await SiloCluster.StartAsync(2);
        var link = new Uri(cluster.Silos[0].TeachLink).PathAndQuery;
        using var second = await cluster.Silos[1].BrowserAsync();
        using var entered = await second.GetAsync(new Uri(link, UriKind.Relative));
        entered.Headers.GetValues("Set-Cookie").ShouldContain(c => c.StartsWith("ortaq=", StringComparison.Ordinal));
        foreach (var silo in cluster.Silos)
        {
            using var again = await silo.BrowserAsync();
            using var refused = await again.GetAsync(new Uri(link, UriKind.Relative));
            refused.Headers.Contains("Set-Cookie").ShouldBeFalse();
            refused.Headers.Location!.OriginalString.ShouldBe("/teach?refused=link-used");
        }
    }

    private static string Topic(LessonHost host) => host.Teacher.Get("step", host.StepOf("explain"))!["topics"]![0]!["id"]!.GetValue<string>();
}
