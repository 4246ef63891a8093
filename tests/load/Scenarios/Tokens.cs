namespace Classroom.Load;

/// <summary>
/// Explanations as a model streams them: 200 lessons of 25, 40 tokens a second and lesson. Ours as it ships (tokens of one chunk share a frame)
/// against plain SignalR with a group a lesson and a send a token. The plain one is looked at where it keeps up.
/// </summary>
public static class Tokens
{
    private const int LessonCount = 200;
    private const int Size = 25;
    private const double TokensASecond = 40;
    private const double PlainTokensASecond = 2;

    public static async Task RunAsync(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        foreach (var ours in new[] { true, false, false, true })
        {
            await using var side = await FanoutSide.StartAsync(ours ? "serve-ours" : "serve-groups", 1, LessonCount, Size, 0, ("LOAD_PIECE", "18"));
            await side.ExplainAsync();
            var rate = (ours ? TokensASecond : PlainTokensASecond) * LessonCount * Size;
            report.Note($"{(ours ? "ours" : "plain")}: {await WarmAsync(side, rate)} rounds until the server compiled nothing more");

            foreach (var probe in new[] { await side.ProbeAsync(rate, 5), await side.ProbeAsync(rate, 5), await side.ProbeAsync(rate, 5) })
            {
                report.Sample(ours, "tokens a second and lesson", "/s", probe.Rate / LessonCount / Size);
                report.Sample(ours, "CPU a delivered token", "us", probe.Cpu);
                report.Sample(ours, "p50 token to screen", "ms", probe.P50 / 1000.0);
                report.Sample(ours, "p99 token to screen", "ms", probe.P99 / 1000.0);
                report.Sample(ours, "delivered", "", probe.Delivered);
                report.Sample(ours, "frames a token", "", probe.Frames);
            }
        }
    }

    // Code is compiled for good after it has run often, and in a pause.
    private static async Task<int> WarmAsync(FanoutSide side, double rate)
    {
        var (rounds, compiled, still) = (0, 0L, 0);
        for (; rounds < 4 || (rounds < 15 && still < 2); rounds++)
        {
            await side.ProbeAsync(rate, 2);
            await Task.Delay(500);
            var now = (await side.Server.AskAsync("compiled"))["count"]!.GetValue<long>();
            (compiled, still) = (now, now - compiled < 20 ? still + 1 : 0);
        }

        return rounds;
    }
}
