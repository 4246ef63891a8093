using System.Diagnostics;
using System.Text.Json.Nodes;
using Classroom.Silo.Realtime;

namespace Classroom.Faults.Tests;

/// <summary>Invariant: one connection has its allowance and no more; who goes on far above it is closed; the class beside misses nothing.</summary>
[Collection(Alone.Name)]
public sealed class TooFast(ITestOutputHelper output)
{
    private const int Students = 8;
    private const int ASecond = 1000;

    /// <summary>The bound is the invariant: a flood is slowed down before anybody feels it.</summary>
    private static readonly TimeSpan Throttled = TimeSpan.FromSeconds(1);

    private static readonly (string, string?)[] Settings = [("DOTNET_TieredPGO", "0"), ("Tutor__Prepared__WordDelay", "00:00:00.050")];

    [Fact]
    public async Task A_thousand_messages_a_second_are_throttled_within_a_second_and_then_closed_and_neighbours_miss_nothing()
    {
        await using var silo = await SiloProcess.StartAsync(null, Settings);
        await using var neighbours = await Neighbours.BeginAsync(silo, Students);
        var (_, ticket, _) = await neighbours.Room.Host.JoinAsync("Жат");
        await using var flood = await RawSocket.OpenAsync(silo.Url, "/hubs/classroom?access_token=" + Uri.EscapeDataString(ticket));
        await flood.SendTextAsync(RawSocket.Handshake + Call(0, "Sync", neighbours.Room.Host.ClassroomId, 0));
        await flood.UntilAsync("Snapshot");
        var clock = Stopwatch.StartNew();
        var hearing = HearAsync(flood, clock);
        var sent = 0;
        try
        {
            // For as long as it is let; ten times as much as it takes.
            for (; sent < 10 * CallRate.RefusedForGood; sent++)
            {
                await flood.SendTextAsync(Call(sent + 1, "Execute", new { id = Guid.CreateVersion7(), name = "LowerHand", fields = new { } }));
                var ahead = TimeSpan.FromSeconds((double)sent / ASecond) - clock.Elapsed;
                if (ahead > TimeSpan.FromMilliseconds(20))
                {
                    await Task.Delay(ahead);
                }
            }
        }
        catch (IOException)
        {
            // Closed, as it should be.
        }

        sent.ShouldBeLessThan(10 * CallRate.RefusedForGood, "it was never closed");
        var (accepted, refused, firstRefusal) = await hearing;
        var closed = clock.Elapsed;
        firstRefusal.ShouldNotBeNull().ShouldBeLessThan(Throttled);
        accepted.ShouldBeLessThanOrEqualTo(CallRate.AtOnce + (int)(CallRate.ASecond * (closed.TotalSeconds + 1)));
        refused.ShouldBeGreaterThan(0);
        var acknowledged = await neighbours.EndAsync();
        Neighbours.ErrorsIn(silo.Output).ShouldBeEmpty();
        Rounds.Print(output, $"too fast: {sent} calls sent, {accepted} carried out, {refused} answered too-fast, the first after {firstRefusal!.Value.TotalMilliseconds:F0} ms, "
            + $"closed after {closed.TotalMilliseconds:F0} ms; {Students} neighbours: {acknowledged} acknowledged, 0 gaps, 0 lost, every word");
    }

    [Fact]
    public async Task A_burst_of_sixty_calls_is_answered_in_full()
    {
        await using var silo = await SiloProcess.StartAsync(null, Settings);
        await using var host = await LessonHost.OpenAsync(silo);
        // The entrance is one of the sixty, which are the person's: a second connection's entrance would be the sixty-first on a machine that is fast enough.
        var (student, _, _) = await host.JoinAsync("Тиін");
        var answers = await Task.WhenAll(Enumerable.Range(0, CallRate.AtOnce - 1).Select(i => student.RefusalAsync("RaiseHand", new { topic = "т" + i })));
        answers.ShouldAllBe(refusal => refusal == null);
    }

    private static async Task<(int Accepted, int Refused, TimeSpan? First)> HearAsync(RawSocket socket, Stopwatch clock)
    {
        var (accepted, refused, first) = (0, 0, (TimeSpan?)null);
        while (await socket.ReadTextAsync() is { } text)
        {
            foreach (var message in text.Split('\u001e', StringSplitOptions.RemoveEmptyEntries))
            {
                if (JsonNode.Parse(message) is not JsonObject o || o["type"]?.GetValue<int>() != 3 || o["result"] is not { } result)
                {
                    continue;
                }

                if (result["refusal"]?["code"]?.GetValue<string>() == "too-fast")
                {
                    first ??= clock.Elapsed;
                    refused++;
                }
                else
                {
                    accepted++;
                }
            }
        }

        return (accepted, refused, first);
    }

    private static string Call(int id, string target, params object?[] arguments) => System.Text.Json.JsonSerializer.Serialize(
        new { type = 1, invocationId = id.ToString(CultureInfo.InvariantCulture), target, arguments }) + "\u001e";
}
