namespace Classroom.Load;

/// <summary>
/// Twenty sockets of one phone, on the three seats that a phone may hold, send as fast as they are let: what they do to the answers of the children in the
/// same lesson at the same silo. Ours is the 95th percentile with them, the baseline the same without, by turns in one run.
/// </summary>
public static class SeatFlood
{
    private const int Size = 25;
    private const int Seats = 3;
    private const int Sockets = 20;
    private const double Answers = 100;
    private const int WarmRounds = 15;
    private const int Rounds = 3;
    private const double Seconds = 2;
    private const int Letters = 7_900;
    private static readonly string Long = new('a', Letters);

    public static async Task RunAsync(Report report)
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var side = await OurAnswers.StartAsync(1, 1, Size, Seats, ("ConnectionStrings__Postgres", await postgres.DatabaseAsync()));
        var task = (await side.Server.AskAsync("reach"))["step"]!.GetValue<string>();
        for (var i = 0; i < WarmRounds; i++)
        {
            await side.RunAsync(Answers, 2);
            await Task.Delay(300);
        }

        (string Name, Func<int, byte[]> Message, bool Leaves)[] floods =
        [
            ("commands", n => Command("RaiseHand", $"\"topic\":\"t{n}\""), false),
            ("unknown methods", static _ => Frames.Text("{\"type\":1,\"target\":\"DropTables\",\"arguments\":[]}\u001e"), false),
            ("drafts", n => Command("SaveDraft", $"\"stepId\":\"{task}\",\"text\":\"{Long}{n}\",\"ownContribution\":\"\",\"reflection\":\"\",\"sources\":[]"), false),
            ("pings of the protocol", static _ => [0x89, 0x80, 0, 0, 0, 0], false),
            ("coming and going", static _ => [], true),
        ];
        foreach (var (name, message, leaves) in floods)
        {
            // What it makes the server do is compiled before it is measured, as everything else is.
            await LookAsync(flooded: true, null);
            var (with, without) = (new List<double>(), new List<double>());
            // In every second look with it the phone begins with its whole allowance, in the others with what the look before has left.
            foreach (var flooded in Enumerable.Repeat(new[] { false, true, true, false }, Rounds).SelectMany(static r => r))
            {
                (flooded ? with : without).Add(await LookAsync(flooded, report));
            }

            report.Sample(ours: true, $"{name}: p95 flooded / alone", "x", Report.Median(with) / Report.Median(without));

            async Task<double> LookAsync(bool flooded, Report? into)
            {
                await using var swarm = flooded ? new Swarm(side.Server.Port, side.SparePaths, side.LessonId, Sockets, message, leaves) : null;
                var cpu = side.Server.Cpu;
                var (part, p50, _) = await side.RunAsync(Answers, Seconds);
                var p95 = side.P95 / 1000.0;
                into?.Sample(flooded, $"{name}: p50", "ms", p50 / 1000.0);
                into?.Sample(flooded, $"{name}: p95", "ms", p95);
                into?.Sample(flooded, $"{name}: acknowledged", "", part);
                into?.Sample(flooded, $"{name}: busy core", "", (side.Server.Cpu - cpu) / (Seconds * 1e6));
                if (swarm is not null)
                {
                    into?.Note($"{name}: {swarm.Sent} sent on {swarm.Connections} connections");
                }

                return p95;
            }
        }
    }

    private static byte[] Command(string name, string fields) => Frames.Text(
        $"{{\"type\":1,\"invocationId\":\"1\",\"target\":\"Execute\",\"arguments\":[{{\"id\":\"{Guid.CreateVersion7()}\",\"name\":\"{name}\",\"fields\":{{{fields}}}}}]}}\u001e");
}
