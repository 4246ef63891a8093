namespace Classroom.Load;

/// <summary>
/// Three silos against one on the same core, with the same lessons, clients and Postgres: what it costs that a class is spread over silos,
/// two thirds of it at another than its lesson. Every client goes to each silo in turn.
/// </summary>
public static class Silos
{
    public const string Delivery = "CPU a delivery at 20,000/s";
    public const string Answer = "CPU an answer at 1,500/s";
    private const int Lessons = 40;
    private const int Size = 25;
    private const int Three = 3;
    private const double Deliveries = 20_000;
    private const double Answers = 1_500;
    private const int WarmRounds = 12;
    private const int Looks = 5;

    public static async Task RunAsync(Report report)
    {
        await using var postgres = await PostgresServer.StartAsync();
        foreach (var three in new[] { true, false, false, true })
        {
            await using var redis = three ? await RedisServer.StartAsync() : null;
            (string, string)[] environment =
            [
                ("ConnectionStrings__Postgres", await postgres.DatabaseAsync()), ("Streaming__ChunkEvery", "00:00:00"),
                .. redis is null ? Array.Empty<(string, string)>() : [("ConnectionStrings__Redis", redis.Address), ("Orleans__Address", "127.0.0.1")],
            ];
            await DeliverAsync(report, three, environment);
        }

        foreach (var three in new[] { true, false, false, true })
        {
            await using var redis = three ? await RedisServer.StartAsync() : null;
            (string, string)[] environment =
            [
                ("ConnectionStrings__Postgres", await postgres.DatabaseAsync()),
                .. redis is null ? Array.Empty<(string, string)>() : [("ConnectionStrings__Redis", redis.Address), ("Orleans__Address", "127.0.0.1")],
            ];
            await AnswerAsync(report, three, environment);
        }
    }

    private static async Task DeliverAsync(Report report, bool three, (string, string)[] environment)
    {
        await using var side = await FanoutSide.StartAsync("serve-ours", three ? Three : 1, Lessons, Size, 0, environment);
        await side.ExplainAsync();
        for (var i = 0; i < WarmRounds; i++)
        {
            await side.ProbeAsync(Deliveries, 2);
            await Task.Delay(500);
        }

        var probe = await side.ProbeAsync(Deliveries, 6);
        report.Sample(three, Delivery, "us", probe.Cpu);
        report.Sample(three, "delivery p99", "ms", probe.P99 / 1000.0);
        report.Sample(three, "delivered", "", probe.Delivered);
    }

    private static async Task AnswerAsync(Report report, bool three, (string, string)[] environment)
    {
        await using var side = await OurAnswers.StartAsync(three ? Three : 1, Lessons, Size, environment);
        for (var i = 0; i < WarmRounds; i++)
        {
            await side.RunAsync(Answers, 3);
            await Task.Delay(500);
        }

        for (var i = 0; i < Looks; i++)
        {
            var cpu = side.Server.Cpu;
            var (part, p50, p99) = await side.RunAsync(Answers, 4);
            report.Sample(three, Answer, "us", (side.Server.Cpu - cpu) / (Answers * 4 * part));
            report.Sample(three, "answer p50", "ms", p50 / 1000.0);
            report.Sample(three, "answer p99", "ms", p99 / 1000.0);
            report.Sample(three, "acknowledged", "", part);
        }
    }
}
