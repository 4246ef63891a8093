namespace Classroom.Load;

/// <summary>
/// What sealing costs an append: the same answers of the same students on the same Postgres, once as shipped and once by a server that is told that
/// nothing in a fact is a child's. By turns in one run, at rates that both keep up with.
/// </summary>
public static class Sealing
{
    private const int Lessons = 40;
    private const int Size = 25;
    private const int Rounds = 20;
    private static readonly double[] Rates = [400, 1600];

    /// <param name="quick">A second of each, to see that it runs: no measurement.</param>
    public static async Task RunAsync(Report report, bool quick)
    {
        await using var postgres = await PostgresServer.StartAsync();
        foreach (var seals in quick ? [true, false] : new[] { true, false, false, true })
        {
            (string, string)[] settings = [("ConnectionStrings__Postgres", await postgres.DatabaseAsync()), .. seals ? [] : new[] { (OurServer.Unsealed, "1") }];
            await using var side = await OurAnswers.StartAsync(1, Lessons, Size, settings);
            foreach (var rate in quick ? Rates[..1] : Rates)
            {
                // Warm where an answer costs no less than it did.
                for (var (least, since, round) = (double.MaxValue, 0, 0); !quick && round < Rounds && since < 3; round++)
                {
                    var (cost, _) = await LookAsync(side, rate, 3);
                    (least, since) = cost < least * 0.95 ? (cost, 0) : (least, since + 1);
                }

                var (spent, looks) = await LookAsync(side, rate, quick ? 1 : 10);
                report.Sample(seals, $"server CPU an answer at {rate:0}/s", "us", spent);
                report.Sample(seals, $"p50 of an answer at {rate:0}/s", "ms", looks.P50 / 1000.0);
                report.Sample(seals, $"p99 of an answer at {rate:0}/s", "ms", looks.P99 / 1000.0);
                report.Note($"{(seals ? "sealed" : "in the clear")} {rate:0}/s: acknowledged {looks.Part:0.000}");
            }
        }
    }

    private static async Task<(double Cost, (double Part, long P50, long P99) Seen)> LookAsync(OurAnswers side, double rate, double seconds)
    {
        var cpu = side.Server.Cpu;
        var seen = await side.RunAsync(rate, seconds);
        return ((side.Server.Cpu - cpu) / (rate * seconds), seen);
    }
}
