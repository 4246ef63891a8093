namespace Classroom.Load;

/// <summary>
/// One connection sends a thousand messages a second: calls, then nonsense that ends it, whereupon it comes again. Ours and the baseline are
/// the 99th percentile of a thousand others with it over the same without; a bare WebSocket server reads what it sends and does nothing.
/// </summary>
public static class Flood
{
    private const int Lessons = 40;
    private const int Size = 25;
    private const double Rate = 10_000;

    public static async Task RunAsync(Report report)
    {
        foreach (var ours in new[] { true, false, false, true })
        {
            await using var side = await FanoutSide.StartAsync(ours, Lessons, Size);
            await side.ExplainAsync();
            for (var warm = 0; warm < 5; warm++)
            {
                await side.ProbeAsync(Rate, 3);
            }

            foreach (var (name, message) in new (string, Func<int, byte[]>)[] { ("calls", Offences.Call), ("nonsense", Offences.Nonsense) })
            {
                // What the offender makes the server do is compiled before it is measured, as everything else is.
                await using (var warming = new Offender(side.Server.Port, side.Paths[^1], side.LessonIds?[^1], message))
                {
                    await side.LookAsync(Rate);
                    await side.LookAsync(Rate);
                }

                var (with, without) = (new List<double>(), new List<double>());
                foreach (var flooded in new[] { false, true, true, false })
                {
                    await using var offender = flooded ? new Offender(side.Server.Port, side.Paths[^1], side.LessonIds?[^1], message) : null;
                    foreach (var probe in await side.LookAsync(Rate))
                    {
                        (flooded ? with : without).Add(probe.P99 / 1000.0);
                        report.Sample(ours, $"{name}: p99 {(flooded ? "flooded" : "alone")}", "ms", probe.P99 / 1000.0);
                        report.Sample(ours, $"{name}: delivered {(flooded ? "flooded" : "alone")}", "", probe.Delivered);
                    }

                    if (offender is not null)
                    {
                        report.Note($"{(ours ? "ours" : "base")} {name}: {offender.Sent} sent on {offender.Connections} connections");
                    }
                }

                report.Sample(ours, $"{name}: flooded / alone", "x", Report.Median(with) / Report.Median(without));
            }
        }
    }
}
