namespace Classroom.Load;

/// <summary>
/// Lessons of 25 that read an explanation, against raw Kestrel WebSockets, on the same clock and with the same clients. Every piece the
/// tutor says goes out by itself here (no window), so that both sides send the same; the window that ships is measured at the end.
/// </summary>
public static class Fanout
{
    private const int Size = 25;
    private const double Equal = 20_000;

    /// <param name="equalOnly">Only the look at 20,000/s, not how far each goes.</param>
    public static async Task RunAsync(Report report, bool quick, bool equalOnly = false, int lessons = 200)
    {
        ArgumentNullException.ThrowIfNull(report);
        foreach (var side in quick ? new[] { true, false } : [true, false, false, true])
        {
            await using var it = await FanoutSide.StartAsync(side, lessons, Size, ("Streaming__ChunkEvery", "00:00:00"));
            report.Sample(side, "RSS a connection, idle", "KB", it.PerConnection / 1024);
            await WarmAsync(it);
            var equal = await it.ProbeAsync(Equal, 6);
            report.Sample(side, "p50 at 20,000/s", "ms", equal.P50 / 1000.0);
            report.Sample(side, "p99 at 20,000/s", "ms", equal.P99 / 1000.0);
            report.Sample(side, "CPU a delivery at 20,000/s", "us", equal.Cpu);
            report.Sample(side, "payload a delivery", "B", equal.Bytes);
            if (equalOnly)
            {
                continue;
            }

            report.Sample(side, "deliveries/s with p99 <= 100 ms", "/s", await ClimbAsync(report, it, side));
            report.Sample(side, "RSS a connection, after a burst", "KB", it.PerConnection / 1024);
        }

        if (quick || equalOnly)
        {
            return;
        }

        await using var shipped = await FanoutSide.StartAsync(ours: true, lessons, Size);
        await WarmAsync(shipped);
        // Words of a model come faster than the window: some of them share a frame.
        var asShipped = await shipped.ProbeAsync(100_000, 6);
        report.Sample(true, "as shipped, 20 pieces/s: p50", "ms", asShipped.P50 / 1000.0);
        report.Sample(true, "as shipped, 20 pieces/s: p99", "ms", asShipped.P99 / 1000.0);
        report.Sample(true, "as shipped: CPU a delivery", "us", asShipped.Cpu);
        report.Sample(true, "as shipped: deliveries/s", "/s", await ClimbAsync(report, shipped, ours: true));
    }

    // Code is compiled for good after it has run often, and in a pause.
    private static async Task WarmAsync(FanoutSide it)
    {
        await it.ExplainAsync();
        for (var i = 0; i < 4; i++)
        {
            await it.ProbeAsync(20_000, 2);
            await Task.Delay(1000);
        }
    }

    private static async Task<double> ClimbAsync(Report report, FanoutSide it, bool ours)
    {
        var best = 0.0;
        for (var rate = 30_000.0; rate < 2_000_000; rate *= 1.2)
        {
            var probe = await it.ProbeAsync(rate, 4);
            report.Note($"{(ours ? "ours" : "raw ")} {rate,9:0}/s: delivered {probe.Delivered:0.000}, p50 {probe.P50 / 1000.0:0.0} ms, p99 {probe.P99 / 1000.0:0.0} ms, " +
                $"{probe.Cpu:0.00} us, {probe.Frames:0.00} frames a delivery, clients {probe.Clients:0.00}");
            if (!probe.Holds && !(await it.ProbeAsync(rate, 4)).Holds)
            {
                break;
            }

            best = rate;
        }

        return best;
    }
}
