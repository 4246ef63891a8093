using System.Text.Json;
using System.Text.Json.Nodes;

namespace Classroom.Load;

/// <summary>
/// The photosynthesis lesson as one of 25 students has it: every byte of the WebSocket both ways, headers and all, from coming in to the
/// end, against the UTF-8 text that the phone shows (texts of steps, explanations, questions, prompts, tasks, in the student's language).
/// </summary>
public static class LessonBytes
{
    public static async Task RunAsync(Report report)
    {
        await using var server = await Child.StartAsync("serve-own");
        var setup = await server.AskAsync("setup 1 25 fresh");
        var answers = 0;
        using var hub = new HubFleet(setup, (peer, payload, _) => answers += payload.IndexOf("\"type\":3"u8) >= 0 ? 1 : 0) { Counting = true };
        await hub.ConnectAllAsync(server.Port);
        var peer = hub.Fleet.Peers.First(p => p.Index == 0);
        var sent = 0;
        var shown = 0L;
        for (var step = 0; ; step++)
        {
            var done = await server.AskAsync($"teach {step}");
            shown += done["shown"]!.GetValue<long>();
            if (done["end"]!.GetValue<bool>())
            {
                break;
            }

            // The student answers what is asked, as the page does it.
            foreach (var (question, option) in done["ask"].Deserialize<Dictionary<string, string>>()!)
            {
                var frame = Frames.Text($"{{\"type\":1,\"invocationId\":\"{step}\",\"target\":\"Execute\",\"arguments\":[{{\"id\":\"{Guid.CreateVersion7()}\",\"name\":\"GiveAnswer\",\"fields\":" +
                    $"{{\"questionId\":\"{question}\",\"options\":[\"{option}\"]}}}}]}}\u001e");
                var before = answers;
                await hub.Fleet.DoAsync(() => peer.Send(frame));
                await Until.TrueAsync(() => answers > before);
                sent += frame.Length;
                await server.AskAsync($"reveal {question}");
            }
        }

        await Until.TrueAsync(async () =>
        {
            var now = peer.Received;
            await Task.Delay(300);
            return now == peer.Received;
        });
        report.Sample(true, "down", "B", peer.Received);
        report.Sample(true, "up", "B", sent + hub.SentOnEntering(0));
        report.Sample(false, "down", "B", shown);
        report.Sample(true, "both ways / text shown", "x", (peer.Received + sent + hub.SentOnEntering(0)) / (double)shown);
        foreach (var (target, bytes) in hub.ByTarget.OrderByDescending(x => x.Value))
        {
            report.Note($"  {target}: {bytes / (double)hub.Count:0} B a student");
        }
    }
}
