namespace Classroom.Load;

/// <summary>
/// One student, then one in ten, stops reading. The baseline is the sender that many write first: it awaits each browser in turn.
/// "Ours" and "baseline" are the 99th percentile of everybody else with the stalled ones, over the same without.
/// </summary>
public static class Stall
{
    private const int Lessons = 40;
    private const int Size = 25;
    private const double Rate = 10_000;
    private const string Piece = "4000";
    private const int ReceiveBuffer = 8 * 1024;
    private const string SendBuffer = "32768";
    // What a screen may owe (256 KiB), Kestrel's pipe and both windows hold less than this many seconds of pieces.
    private const double Fill = 12;

    public static async Task RunAsync(Report report)
    {
        foreach (var ours in new[] { true, false, false, true })
        {
            foreach (var (name, stalled) in new[] { ("one of 24", 1), ("100 of 1,000", 100) })
            {
                // Large pieces and small windows, so that all between the server and a browser that does not read is full within seconds.
                await using var side = await FanoutSide.StartAsync(ours, Lessons, Size, ReceiveBuffer, ("LOAD_PIECE", Piece), ("LOAD_AWAIT", "1"), ("LOAD_SEND", SendBuffer), ("Telling__FrameEvery", "00:00:00"));
                await side.ExplainAsync();
                await side.ProbeAsync(Rate, 2);
                var slow = side.Fleet.Peers.OrderBy(p => stalled == 1 ? p.Index : p.Index % 10).ThenBy(p => p.Index).Take(stalled).ToArray();
                var others = stalled == 1 ? side.Fleet.Peers.Where(p => p.Index < Size).Except(slow).ToHashSet() : [.. side.Fleet.Peers.Except(slow)];
                side.Listener.Only = others;
                var (with, without, arrived) = (new List<double>(), new List<double>(), new List<double>());
                foreach (var stall in new[] { false, true, true, false })
                {
                    await side.Fleet.DoAsync(() =>
                    {
                        foreach (var peer in slow.Where(p => p.Reading == stall))
                        {
                            if (stall)
                            {
                                side.Fleet.Pause(peer);
                            }
                            else
                            {
                                side.Fleet.Resume(peer);
                            }
                        }
                    });
                    if (stall && with.Count == 0)
                    {
                        // Until everything between the server and the browser that does not read is full.
                        await side.ProbeAsync(Rate, Fill, others.Count);
                    }

                    var probe = await side.ProbeAsync(Rate, 5, others.Count);
                    (stall ? with : without).Add(probe.P99 / 1000.0);
                    if (stall)
                    {
                        arrived.Add(probe.Delivered);
                    }

                    report.Note($"{(ours ? "ours" : "base")} {name}, {(stall ? "stalled" : "reading")}: p50 {probe.P50 / 1000.0:0.0} ms, p99 {probe.P99 / 1000.0:0.0} ms, delivered {probe.Delivered:0.000}");
                }

                report.Sample(ours, $"{name}: p99 reading", "ms", Report.Median(without));
                report.Sample(ours, $"{name}: p99 stalled", "ms", Report.Median(with));
                // What never came has no latency.
                report.Sample(ours, $"{name}: delivered while stalled", "", Report.Median(arrived));
                report.Sample(ours, $"{name}: stalled / reading", "x", Report.Median(with) / Report.Median(without));
            }
        }
    }
}
