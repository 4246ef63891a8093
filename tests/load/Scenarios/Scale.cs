using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Classroom.Load;

/// <summary>
/// What a country would need: the costs of one act each are measured here, and a morning of 60,000 lessons of 25 is simulated with them,
/// second by second. What is measured and what is multiplied is printed apart. What a switch, a disk or a proxy can carry is not in it.
/// </summary>
public static class Scale
{
    private const int Lessons = 40;
    private const int Size = 25;
    private const double Tokens = 40;
    private const double Answers = 400;
    private const int WarmRounds = 8;
    private const int Joins = 15;

    public static async Task RunAsync(Report report)
    {
        await Silos.RunAsync(report);
        await using var postgres = await PostgresServer.StartAsync();
        var join = await JoinAsync(report, postgres);
        var token = await TokenAsync(report);
        var (answer, load) = await AnswerAsync(report, postgres);
        double Spread(string metric) => report.MedianOf(ours: true, metric) / report.MedianOf(ours: false, metric);
        var costs = join with
        {
            Token = token * Spread(Silos.Delivery), Answer = answer * Spread(Silos.Answer), PostgresFact = load.Cpu, WalFact = load.Wal,
        };
        Country.Of(costs).Print(report);
    }

    // HTTP, the seat, the WebSocket, the first view; then what a lesson costs that is loaded again.
    private static async Task<Costs> JoinAsync(Report report, PostgresServer postgres)
    {
        await using var server = await Servers.StartAsync("serve-ours", 1, ("ConnectionStrings__Postgres", await postgres.DatabaseAsync()));
        await server.SetUpAsync(Lessons, Size);
        await server.AskAsync("collect");
        var empty = server.Resident;
        var setup = await server.SetUpAsync(Lessons, Size);
        await server.AskAsync("collect");
        var lesson = Math.Max(0, server.Resident - empty) / (double)Lessons;
        var codes = setup["codes"].Deserialize<string[]>()!;
        // Each join is another phone's.
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") };
        http.DefaultRequestHeaders.Add("X-Ortaq", "1");
        var (seats, number) = (new List<(string Path, string Lesson)>(), 0);
        await CostAsync(async () => await ManyAsync(Joins));
        var join = await CostAsync(() => ManyAsync(Joins)) / (Joins * codes.Length);
        report.Sample(ours: true, "CPU a join over HTTP", "us", join);

        using (var warm = new HubFleet(setup, static (_, _, _) => { }))
        {
            await warm.ConnectAllAsync(server.Port);
        }

        await server.AskAsync("collect");
        var before = server.Resident;
        using var fleet = new HubFleet(setup, static (_, _, _) => { });
        var connect = await CostAsync(() => fleet.ConnectAllAsync(server.Port)) / fleet.Count;
        var connection = (server.Resident - before) / (double)fleet.Count;
        report.Sample(ours: true, "CPU a connection and its first view", "us", connect);
        report.Sample(ours: true, "memory a connection", "KB", connection / 1024);
        report.Sample(ours: true, "memory a lesson", "KB", lesson / 1024);

        var load = new List<double>();
        for (var i = 0; i < WarmRounds; i++)
        {
            await server.AskAsync("forget");
            load.Add(await CostAsync(() => server.AskAsync("touch")) / Lessons);
        }

        report.Sample(ours: true, "CPU a lesson that is loaded again", "us", Report.Median(load[(WarmRounds / 2)..]));
        return new Costs(join + connect, connect, Report.Median(load[(WarmRounds / 2)..]), 0, 0, 0, 0, connection, lesson, empty);

        async Task<double> CostAsync(Func<Task> act)
        {
            var cpu = server.Cpu;
            await act();
            return server.Cpu - cpu;
        }

        async Task ManyAsync(int each) => await Parallel.ForEachAsync(
            codes.SelectMany(c => Enumerable.Repeat(c, each)), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (code, stop) =>
            {
                var name = "Қонақ " + Interlocked.Increment(ref number);
                using var answer = await http.PostAsJsonAsync("/api/join", new { code, nickname = name, language = "kk", level = "simple", themed = false }, stop);
                answer.EnsureSuccessStatusCode();
            });
    }

    private static async Task<double> TokenAsync(Report report)
    {
        await using var side = await FanoutSide.StartAsync("serve-ours", 1, Lessons, Size, 0, ("LOAD_PIECE", "18"));
        await side.ExplainAsync();
        for (var i = 0; i < WarmRounds; i++)
        {
            await side.ProbeAsync(Tokens * Lessons * Size, 2);
        }

        var probe = await side.ProbeAsync(Tokens * Lessons * Size, 6);
        report.Sample(ours: true, "CPU a token on a screen, as shipped", "us", probe.Cpu);
        return probe.Cpu;
    }

    private static async Task<(double Cpu, (double Cpu, double Wal) Postgres)> AnswerAsync(Report report, PostgresServer postgres)
    {
        await using var side = await OurAnswers.StartAsync(1, Lessons, Size, ("ConnectionStrings__Postgres", await postgres.DatabaseAsync()));
        for (var i = 0; i < WarmRounds; i++)
        {
            await side.RunAsync(Answers, 3);
        }

        const double Seconds = 15;
        var (cpu, pg, wal) = (side.Server.Cpu, postgres.Cpu, await postgres.WalAsync());
        await side.RunAsync(Answers, Seconds);
        var (ours, its, written) = ((side.Server.Cpu - cpu) / (Answers * Seconds), (postgres.Cpu - pg) / (Answers * Seconds), (double)(await postgres.WalAsync() - wal) / (Answers * Seconds));
        report.Sample(ours: true, "CPU an answer", "us", ours);
        report.Sample(ours: true, "CPU of Postgres an answer", "us", its);
        report.Sample(ours: true, "bytes Postgres writes an answer", "B", written);
        return (ours, (its, written));
    }
}

/// <summary>What each act costs, microseconds of CPU or bytes, measured on one machine.</summary>
/// <param name="Join">A child's way in: HTTP, seat, connection, first view.</param>
/// <param name="Load">A lesson that is loaded from its log.</param>
/// <param name="Token">A piece of text on one screen.</param>
/// <param name="PostgresFact">Of Postgres, a stored command.</param>
/// <param name="WalFact">Bytes that Postgres writes, a stored command.</param>
public sealed record Costs(
    double Join, double Connect, double Load, double Token, double Answer, double PostgresFact, double WalFact, double Connection, double Lesson, double Empty);
