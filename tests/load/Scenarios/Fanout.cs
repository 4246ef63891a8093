namespace Classroom.Load;

/// <summary>Lessons of 25 that are told an explanation, against raw Kestrel WebSockets, on the same clock and the same clients.</summary>
public static class Fanout
{
    public static async Task RunAsync(Report report, int lessons = 200)
    {
        const int Size = 25;
        const double Equal = 60_000;
        foreach (var side in Environment.GetEnvironmentVariable("LOAD_IDLE_ONLY") is null ? new[] { true, false, false, true } : [true])
        {
            await using var it = await FanoutSide.StartAsync(side, lessons, Size, ("Telling__FrameEvery", "00:00:00"));
            report.Sample(side, "rss-idle", "KB", it.PerConnection / 1024);
            report.Note((await it.Server.AskAsync("collect")).ToJsonString() + " empty " + it.EmptyHeap + $" after collect {it.PerConnection / 1024:0.0} KB");
            if (Environment.GetEnvironmentVariable("LOAD_IDLE_ONLY") is not null)
            {
                if (Environment.GetEnvironmentVariable("LOAD_DUMP") is { } dump)
                {
                    System.Diagnostics.Process.Start("dotnet", $"{dump} {it.Server.Id} 90 ServiceCacheKey,System.Object>[] AuthenticationProperties CookieAuthenticationHandler").WaitForExit();
                }

                continue;
            }

            await it.ExplainAsync();
            await it.ProbeAsync(20_000, 2);
            var equal = await it.ProbeAsync(Equal, 5);
            report.Sample(side, "p50", "ms", equal.P50 / 1000.0);
            report.Sample(side, "p99", "ms", equal.P99 / 1000.0);
            report.Sample(side, "cpu", "us", equal.Cpu);
            report.Sample(side, "bytes", "B", equal.Bytes);
            var (best, rate) = (0.0, Equal);
            for (var i = 0; i < 12; i++, rate *= 1.25)
            {
                var probe = await it.ProbeAsync(rate, 4);
                report.Note($"{(side ? "ours" : "raw ")} {rate,9:0}/s: delivered {probe.Delivered:0.000}, p50 {probe.P50 / 1000.0:0.0} ms, p99 {probe.P99 / 1000.0:0.0} ms, " +
                    $"{probe.Cpu:0.00} us, {probe.Frames:0.00} frames a delivery, clients {probe.Clients:0.00}");
                if (!probe.Holds)
                {
                    break;
                }

                best = rate;
            }

            report.Sample(side, "capacity", "/s", best);
            report.Sample(side, "rss-burst", "KB", it.PerConnection / 1024);
        }
    }
}
