using System.Diagnostics;
using Classroom.Silo.Tests;

namespace Classroom.Faults.Tests;

/// <summary>
/// Invariant: whatever bytes come, the server reports no error of its own, ends or refuses who sent them, and the class beside misses nothing.
/// Ten thousand in all: hub messages and WebSocket frames by both ways to the hub, and HTTP requests.
/// </summary>
public sealed class Fuzz(ITestOutputHelper output)
{
    private const int Students = 8;
    private const int MessagesOfASocket = 20;
    private const int Workers = 6;
    private static readonly (string, string?)[] Settings = [("DOTNET_TieredPGO", "0"), ("Tutor__Prepared__WordDelay", "00:00:00.050")];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Four_thousand_fuzzed_hub_messages_and_frames_end_nobody_elses_lesson(bool negotiated)
    {
        var (seed, clock) = (Rounds.Seed(), Stopwatch.StartNew());
        await using var silo = await SiloProcess.StartAsync(null, Settings);
        await using var neighbours = await Neighbours.BeginAsync(silo, Students);
        int sent = 0, sockets = 0, ended = 0;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(async worker =>
        {
            // A seat each: one alone may neither send so much nor come so often.
            var (_, ticket, _) = await neighbours.Room.Host.JoinAsync("Жат " + worker);
            var fuzz = new HubFuzz(new Random(seed + worker), neighbours.Room.Host.ClassroomId);
            while (Volatile.Read(ref sent) < 4000)
            {
                Interlocked.Increment(ref sockets);
                await using var socket = await Attackers.OpenAsync(silo, ticket, negotiated);
                var (count, over) = await AttackAsync(socket, fuzz, Volatile.Read(ref sockets), neighbours.Room.Host.ClassroomId);
                Interlocked.Add(ref sent, count);
                Interlocked.Add(ref ended, over ? 1 : 0);
            }
        }));
        var acknowledged = await neighbours.EndAsync();
        var way = negotiated ? "SignalR's own way" : "the short way";
        Neighbours.ErrorsIn(silo.Output).ShouldBeEmpty($"seed {seed}");
        Rounds.Print(output, $"fuzz, hub by {way}: {sent} messages and frames on {sockets} sockets, {ended} of them ended by the server, 0 errors in its log; "
            + $"{Students} neighbours: {acknowledged} acknowledged, 0 gaps, 0 lost, every word; seed {seed}, {clock.Elapsed.TotalSeconds:F0} s");
    }

    [Fact]
    public async Task Two_thousand_fuzzed_http_requests_end_nobody_elses_lesson()
    {
        var (seed, clock) = (Rounds.Seed(), Stopwatch.StartNew());
        await using var silo = await SiloProcess.StartAsync(null, Settings);
        await using var neighbours = await Neighbours.BeginAsync(silo, Students);
        var statuses = new System.Collections.Concurrent.ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(async worker =>
        {
            var fuzz = new HttpFuzz(new Random(seed + worker), neighbours.Room.Host.ClassroomId, new Uri(silo.Url).Authority);
            for (var i = worker; i < 2000; i += Workers)
            {
                await using var socket = await RawSocket.ConnectAsync(silo.Url);
                var answer = "";
                try
                {
                    var (request, isWhole) = fuzz.Request();
                    await socket.SendAsync(request);
                    if (!isWhole)
                    {
                        socket.EndSending();
                    }

                    answer = await socket.RestAsync();
                }
                catch (IOException)
                {
                    // Cut off while it was still sending: refused.
                }

                statuses.AddOrUpdate(answer.Length < 12 ? "cut" : answer[9..12], 1, (_, n) => n + 1);
            }
        }));
        var acknowledged = await neighbours.EndAsync();
        var counts = string.Join(", ", statuses.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}: {s.Value}"));
        Neighbours.ErrorsIn(silo.Output).ShouldBeEmpty($"seed {seed}; {counts}");
        // 505 is an answer to a version of HTTP that does not exist.
        statuses.Keys.ShouldNotContain(s => s.StartsWith("50", StringComparison.Ordinal) && s != "505", $"seed {seed}; {counts}");
        Rounds.Print(output, $"fuzz, HTTP: {statuses.Values.Sum()} requests ({counts}), 0 errors in its log; {Students} neighbours: {acknowledged} acknowledged, "
            + $"0 gaps, 0 lost, every word; seed {seed}, {clock.Elapsed.TotalSeconds:F0} s");
    }

    // Every fourth socket begins wrongly; every third ends with a frame that RFC 6455 forbids; the others are still answered afterwards.
    private static async Task<(int Sent, bool Ended)> AttackAsync(RawSocket socket, HubFuzz fuzz, int number, Guid classroomId)
    {
        var (sent, said) = (1, new List<byte[]>());
        try
        {
            if (number % 4 == 0)
            {
                await socket.SendAsync(fuzz.BadHandshake());
                socket.EndSending();
                await socket.ToTheEndAsync();
                return (sent, true);
            }

            await socket.SendTextAsync(RawSocket.Handshake);
            if (number % 2 == 0)
            {
                await socket.SendTextAsync(Call("1", "Sync", classroomId, 0));
            }

            for (; sent < MessagesOfASocket; sent++)
            {
                var message = fuzz.Message(gently: number % 2 == 0 || number % 3 == 0);
                said.Add(message);
                await socket.SendAsync(message);
            }

            if (number % 3 == 0)
            {
                var (what, bytes, mustEnd) = fuzz.Malformed();
                sent++;
                await socket.SendAsync(bytes);
                if (mustEnd)
                {
                    await MustEndAsync(socket, what);
                    return (sent, true);
                }

                socket.EndSending();
            }

            await socket.SendTextAsync(Call("last", "DropTables"));
        }
        catch (IOException)
        {
            return (sent, true);
        }

        try
        {
            return (sent, await socket.UntilAsync("\"invocationId\":\"last\"") is null);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // A frame of the test's is masked with four known bytes, so that this says it all.
            throw new InvalidOperationException($"Socket {number} was neither answered nor ended after:\n{string.Join('\n', said.Select(Convert.ToHexString))}", e);
        }
    }

    private static async Task MustEndAsync(RawSocket socket, string what)
    {
        try
        {
            await socket.ToTheEndAsync();
        }
        catch (OperationCanceledException e)
        {
            throw new InvalidOperationException($"A frame that is {what} did not end the connection.", e);
        }
    }

    private static string Call(string id, string target, params object?[] arguments) =>
        System.Text.Json.JsonSerializer.Serialize(new { type = 1, invocationId = id, target, arguments }) + "\u001e";
}
