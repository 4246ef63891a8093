using System.Text.Json;
using System.Text.Json.Nodes;

namespace Classroom.Cluster.Tests;

/// <summary>
/// Invariant: a child's tap is one trace, at whichever silos it passes: the hub's call, the classroom's at another silo, the append and Postgres,
/// the announcement to a third, the write to the board. Nothing that a child is called or wrote is in it.
/// </summary>
public sealed class OneTrace(ITestOutputHelper output)
{
    private const string Nickname = "Сұңқар-трасса";
    private const string Words = "ескі қайың тамыры";

    [Fact]
    public async Task From_a_tap_at_one_silo_over_its_lesson_at_another_to_a_board_at_a_third()
    {
        await using var collector = await Collector.StartAsync();
        await using var cluster = await SiloCluster.StartAsync(3, collector.Settings);
        await using var host = await LessonHost.OpenAsync(cluster.Silos[0]);
        var students = new List<(WireClient Client, string Ticket)>();
        for (var i = 0; i < 4; i++)
        {
            var (client, ticket, _) = await host.JoinAsync($"{Nickname} {i}");
            students.Add((client, ticket));
        }

        using var given = await host.TeacherHttp.PostAsync(new Uri($"/api/classrooms/{host.ClassroomId}/board-ticket", UriKind.Relative), null);
        var boardTicket = JsonNode.Parse(await given.Content.ReadAsStringAsync())!["ticket"]!.GetValue<string>();
        // A board that shows a code of its own, asks with it at another silo, and is paired.
        using var screen = await cluster.Silos[1].BrowserAsync();
        using var shown = await screen.PostAsync(new Uri("/api/board/pair", UriKind.Relative), null);
        var pairing = JsonNode.Parse(await shown.Content.ReadAsStringAsync())!;
        var (pairingCode, pairingSecret) = (pairing["pairing"]!.GetValue<string>(), pairing["secret"]!.GetValue<string>());
        await screen.GetStringAsync(new Uri("/api/board/pair/" + pairingSecret, UriKind.Relative));
        await host.Teacher.DoAsync("StartLesson", new { });
        var text = new { kk = "Не байқадыңыз?", ru = "Что вы заметили?", en = "What did you notice?" };
        await host.Teacher.DoAsync("AskOwnQuestion", new { question = new { id = "own", kind = "open", text, options = Array.Empty<object>(), min = 0, max = 0 } });

        // A child and a board at each silo: whichever has the lesson, somebody taps at another, and a board stands at a third.
        var boards = new List<WireClient>();
        foreach (var (silo, i) in cluster.Silos.Select((s, i) => (s, i)))
        {
            var board = await WireClient.ConnectAsync(silo.Url, boardTicket);
            boards.Add(board);
            await board.SyncAsync(host.ClassroomId);
            await students[i].Client.ConnectAgainAsync(silo.Url, students[i].Ticket);
            await students[i].Client.SyncAsync(host.ClassroomId);
        }

        for (var i = 0; i < 3; i++)
        {
            var seq = await students[i].Client.DoAsync("GiveAnswer", Answer(i));
            // Taps that are announced together are in one trace, the first one's.
            foreach (var board in boards)
            {
                await board.UntilAsync(b => b.Seq >= seq, "the tap at every board");
            }
        }

        // A browser that traces says which trace its tap began.
        var began = $"{Guid.CreateVersion7():N}";
        await students[3].Client.SendRawAsync(JsonSerializer.Serialize(new
        {
            type = 1, invocationId = "traced", target = "Execute", headers = new { traceparent = $"00-{began}-00f067aa0ba902b7-01" },
            arguments = new object[] { new { id = Guid.CreateVersion7(), name = "GiveAnswer", fields = Answer(3) } },
        }));

        await collector.UntilAsync(c => Taps(c).Any(IsOverThree), "a tap at one silo, its lesson at another, a board at a third");
        await collector.UntilAsync(c => c.Spans.Any(s => s.Trace == began && s.Span.Name == "write patch" && s.Tag("ortaq.boards") == "1"), "the trace that a browser began");
        var trace = Taps(collector).First(IsOverThree);
        output.WriteLine(string.Join('\n', trace.Select(s => $"{s.Process[..4]} {s.Scope} {s.Span.Name} {s.Id} <- {s.Parent}")));
        var spans = trace.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        trace.Where(s => !spans.Contains(s.Parent)).ShouldHaveSingleItem().Scope.ShouldBe("Microsoft.AspNetCore.SignalR.Server", "every span hangs on another, and the tap is the root");
        var everything = collector.Everything;
        everything.ShouldContain("GiveAnswer");
        foreach (var secret in students.Select(s => s.Ticket).Append(Nickname).Append(Words).Append(boardTicket).Append(new Uri(cluster.Silos[0].TeachLink).Segments[^1])
            .Append(host.Code).Append(pairingSecret).Append("pairing/" + pairingCode))
        {
            everything.Contains(secret, StringComparison.Ordinal).ShouldBeFalse(
                $"{secret} was exported: {string.Join('\n', collector.Spans.Where(s => s.Span.ToString().Contains(secret, StringComparison.Ordinal)))}");
        }
    }

    private static object Answer(int number) => new { questionId = "own", options = Array.Empty<string>(), text = $"{Words} {number}" };

    // Complete, too: the last of it may come later.
    private static bool IsOverThree(IReadOnlyList<ReceivedSpan> trace)
    {
        var (hub, log) = (Of("Classroom.Silo.Realtime.ClassroomHub/Execute").SingleOrDefault(), Of("log append").SingleOrDefault());
        return hub is not null && log is not null && hub.Process != log.Process && trace.Any(s => s.Scope == "Npgsql" && s.Process == log.Process)
            && Of("log commit").Any() && Of("announce").Count() == 3 && Of("IClassroomObserver/Announce").Count() == 6 && Of("IClassroomGrain/Execute").Count() == 2
            && Of("write patch").Any(w => w.Process != hub.Process && w.Process != log.Process && w.Tag("ortaq.boards") == "1");

        IEnumerable<ReceivedSpan> Of(string name) => trace.Where(s => s.Span.Name == name);
    }

    private static IEnumerable<List<ReceivedSpan>> Taps(Collector collector) => collector.Spans.GroupBy(s => s.Trace)
        .Where(t => t.Any(s => s.Tag("ortaq.call") == "GiveAnswer")).Select(t => t.ToList());
}
