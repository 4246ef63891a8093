using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Classroom.Centre.Tests;

/// <summary>The same feed for a program in another language: Node with <c>@grpc/grpc-js</c>.</summary>
public sealed class InteropTests
{
    [Fact]
    public async Task A_node_program_watches_reports_exports_and_reads_the_statuses()
    {
        await using var host = await FeedHost.StartAsync();
        var token = await host.TokenAsync();
        await using var lesson = await LessonHost.OpenAsync(host.Silo, atCentre: true);
        await lesson.JoinAsync("Айгерім");
        using (var wall = host.Feed.WatchSessions(new(), FeedHost.With(token)))
        {
            await FeedHost.UntilAsync(wall, r => r.Tile is { Joined: 1 });
        }

        var seen = await NodeAsync(host, token, lesson.ClassroomId);
        seen["wall"]!.AsArray().Select(w => w!["what"]!.GetValue<string>()).ShouldBe(["tile", "caught_up"]);
        var tile = seen["wall"]![0]!["tile"]!;
        (tile["classroom_id"]!.GetValue<string>(), tile["phase"]!.GetValue<string>(), tile["joined"]!.GetValue<int>(), tile["class_name"]!.GetValue<string>())
            .ShouldBe((lesson.ClassroomId.ToString(), "PHASE_LOBBY", 1, "7Б"));
        seen["late"]!.GetValue<string>().ShouldBe("DEADLINE_EXCEEDED");
        seen["exported"]!.GetValue<string>().ShouldBe("OK");
        seen["facts"]!.AsArray().Select(v => v!.GetValue<int>()).ShouldBe([2]);
        seen["anonymous"]!["code"]!.GetValue<string>().ShouldBe("UNAUTHENTICATED");
        seen["report"]!["code"]!.GetValue<string>().ShouldBe("FAILED_PRECONDITION");
        seen["kit"]!["code"]!.GetValue<string>().ShouldBe("INVALID_ARGUMENT");
        seen["kit"]!["details"]!.GetValue<string>().ShouldStartWith("mine.yaml(1,");

        await lesson.Teacher.DoAsync("StartLesson", new { });
        await lesson.Teacher.DoAsync("EndLesson", new { });
        var report = (await NodeAsync(host, token, lesson.ClassroomId))["report"]!;
        (report["joined"]!.GetValue<int>(), JsonNode.Parse(report["record_json"]!.GetValue<string>())!["entities"] is JsonArray).ShouldBe((1, true));
    }

    private static async Task<JsonNode> NodeAsync(FeedHost host, string token, Guid session)
    {
        var here = Path.Combine(Checkout.Folder, "tests", "Classroom.Centre.Tests");
        var proto = Path.Combine(Checkout.Folder, "silo", "Classroom.Silo", "Centre", "centre.proto");
        var start = new ProcessStartInfo("node", [Path.Combine(here, "interop.mjs"), $"127.0.0.1:{host.Port}", proto, token, session.ToString()])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var printed = await Task.WhenAll(node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();
        node.ExitCode.ShouldBe(0, printed[1]);
        return JsonNode.Parse(printed[0])!;
    }
}
