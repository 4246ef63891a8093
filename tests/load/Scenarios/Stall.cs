namespace Classroom.Load;

/// <summary>
/// One student, then one in ten, stops reading. The baseline is the sender that many write first: it awaits each browser in turn.
/// "Ours" and "baseline" are the 99th percentile of everybody else with the stalled ones, over the same without.
/// </summary>
public static class Stall
{
    private const int Size = 25;
    private const double Fill = 12;
    private const string Piece = "4000";
    private const int ReceiveBuffer = 8 * 1024;
    private const string SendBuffer = "32768";
    private static readonly bool[] OurRounds = [false, true, true, false, false, true, true, false];

    // Whoever awaits a browser that does not read sends nobody anything more: once is enough.
    private static readonly bool[] AwaitingRounds = [false, true];

    // A lesson's pieces a second are such that a look holds a hundred or more: the worst of a dozen says what the machine did just then.
    private static readonly (string Name, int Lessons, int Stalled, double Rate)[] Situations = [("one of 24", 1, 1, 2_500), ("100 of 1,000", 40, 100, 10_000)];

    public static async Task RunAsync(Report report, bool quick)
    {
        foreach (var ours in quick ? new[] { true, false } : [true, false, false, true])
        {
            foreach (var situation in Situations)
            {
                await RunAsync(report, ours, situation.Name, situation.Lessons, situation.Stalled, situation.Rate);
            }
        }
    }

    private static async Task RunAsync(Report report, bool ours, string name, int lessons, int stalled, double rate)
    {
        // Large pieces and small windows, so that all between the server and a browser that does not read is full within seconds.
        await using var side = await FanoutSide.StartAsync(ours, lessons, Size, ReceiveBuffer, ("LOAD_PIECE", Piece), ("LOAD_AWAIT", "1"), ("LOAD_SEND", SendBuffer), ("Streaming__ChunkEvery", "00:00:00"));
        await side.ExplainAsync();
        await side.ProbeAsync(rate, Fill / 2);
        var slow = side.Fleet.Peers.OrderBy(p => p.Index % 10).ThenBy(p => p.Index).Take(stalled).ToArray();
        HashSet<Peer> others = [.. side.Fleet.Peers.Except(slow)];
        side.Listener.Only = others;
        var (with, without) = (new List<double>(), new List<double>());
        var stalls = false;
        foreach (var stall in ours ? OurRounds : AwaitingRounds)
        {
            if (stall != stalls)
            {
                await side.Fleet.DoAsync(() => Array.ForEach(slow, stall ? side.Fleet.Pause : side.Fleet.Resume));
                stalls = stall;
                // Until all between the server and who does not read is full, what a screen may owe (256 KiB) and the windows; or until they have caught up.
                await side.ProbeAsync(rate, stall ? Fill : Fill / 2, others.Count);
            }

            foreach (var probe in await side.LookAsync(rate, others.Count))
            {
                if (stall)
                {
                    report.Sample(ours, $"{name}: delivered while stalled", "", probe.Delivered);
                }

                if (probe.Delivered > 0)
                {
                    // What never came has no latency.
                    (stall ? with : without).Add(probe.P99 / 1000.0);
                    report.Sample(ours, $"{name}: p50 {(stall ? "stalled" : "reading")}", "ms", probe.P50 / 1000.0);
                    report.Sample(ours, $"{name}: p99 {(stall ? "stalled" : "reading")}", "ms", probe.P99 / 1000.0);
                }
            }
        }

        if (with.Count > 0)
        {
            report.Sample(ours, $"{name}: stalled / reading", "x", Report.Median(with) / Report.Median(without));
        }
    }
}
