namespace Classroom.Load;

/// <summary>
/// Whole classes as the rehearsal plays them, at one silo: 24 scripted students each, who read an explanation, press what they do not understand, answer and raise
/// hands; a board of each lesson watches over the wire. Ours is a hundred of them that begin at the same time, the baseline four in the same run: what a lesson costs must not
/// grow with how many there are. The students' commands are those of browsers, and come from the server's own grains: no join, socket or ping of theirs is in it.
/// </summary>
public static class Rehearsals
{
    private const int Many = 100;
    private const int Few = 4;
    private const int WarmRounds = 2;
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        await using var postgres = await PostgresServer.StartAsync();
        foreach (var many in new[] { true, false, false, true })
        {
            await using var server = await Servers.StartAsync("serve-own", 1, ("ConnectionStrings__Postgres", await postgres.DatabaseAsync()));
            for (var i = 0; i < WarmRounds; i++)
            {
                await PlayAsync(server, Few, TimeSpan.FromSeconds(30));
            }

            var (heat, cpu, facts) = await PlayAsync(server, many ? Many : Few, Watched);
            report.Sample(many, "CPU a lesson and minute", "ms", cpu / 1000.0 / Watched.TotalMinutes);
            report.Sample(many, "facts a lesson and minute", "", facts / Watched.TotalMinutes);
            report.Sample(many, "p50 from the explanation to a board's first heat", "s", heat.At(0.5) / 1e6);
            report.Sample(many, "p95 from the explanation to a board's first heat", "s", heat.At(0.95) / 1e6);
            report.Sample(many, "boards that saw heat", "", heat.Count / (double)(many ? Many : Few));
        }
    }

    /// <returns>When each board had its first heat, in microseconds since the explanations were asked for; microseconds of CPU and facts a lesson.</returns>
    private static async Task<(Histogram Heat, double Cpu, double Facts)> PlayAsync(Servers server, int lessons, TimeSpan watched)
    {
        var setup = await server.AskAsync($"rehearse {lessons}");
        var (heat, seen, began) = (new Histogram(), new bool[lessons], long.MaxValue);
        using var boards = new HubFleet(setup, (peer, payload, readAt) =>
        {
            // Each class is lost once: what it presses later is no first heat.
            if (!seen[peer.Index] && payload.IndexOf("\"spots\":[{"u8) >= 0)
            {
                seen[peer.Index] = true;
                heat.Record(readAt - Volatile.Read(ref began));
            }
        });
        await boards.ConnectAllAsync(server.Port);
        var (cpu, facts) = (server.Cpu, await FactsAsync());
        Volatile.Write(ref began, Clock.Now);
        await server.AskAsync("explain");
        await Task.Delay(watched);
        var result = ((server.Cpu - cpu) / lessons, (await FactsAsync() - facts) / (double)lessons);
        await server.AskAsync("end");
        return (heat, result.Item1, result.Item2);

        async Task<long> FactsAsync() => (await server.AskAsync("facts"))["count"]!.GetValue<long>();
    }
}
