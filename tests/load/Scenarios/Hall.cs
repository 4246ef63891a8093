using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Classroom.Load;

/// <summary>
/// An assembly hall: 300 students come into one lesson and answer, and a board of it watches. The baseline is a class of 25 in the same run, which answers as
/// often in all. The teacher's part is encoded as for a teacher who watches, and its size asked of the lesson.
/// </summary>
public static class Hall
{
    private const int Most = 300;
    private const int Class = 25;
    private const double Answers = 100;
    private const int WarmRounds = 15;

    // A network's first 60 new phones of a lesson come in without work.
    private const int Networks = 8;

    public static async Task RunAsync(Report report)
    {
        await using var postgres = await PostgresServer.StartAsync();
        foreach (var hall in new[] { true, false, false, true })
        {
            await using var server = await Servers.StartAsync("serve-ours", 1, ("ConnectionStrings__Postgres", await postgres.DatabaseAsync()));
            var warm = await FillAsync(server, Class * 2);
            using (var warming = new HubFleet(warm.Setup, static (_, _, _) => { }))
            {
                await warming.ConnectAllAsync(server.Port);
            }

            var (setup, join) = await FillAsync(server, hall ? Most : Class);
            report.Sample(hall, "CPU a join over HTTP", "us", join);
            var cpu = server.Cpu;
            var side = await OurAnswers.OfAsync(server, setup, hall ? Most : Class);
            report.Sample(hall, "CPU a connection and its first view", "us", (server.Cpu - cpu) / (hall ? Most : Class));
            using var board = new HubFleet(await server.AskAsync("board"), static (_, _, _) => { });
            await board.ConnectAllAsync(server.Port);
            for (var i = 0; i < WarmRounds; i++)
            {
                await side.RunAsync(Answers, 3);
                await Task.Delay(300);
            }

            for (var i = 0; i < 3; i++)
            {
                cpu = server.Cpu;
                var (_, p50, _) = await side.RunAsync(Answers, 5);
                report.Sample(hall, "CPU an answer", "us", (server.Cpu - cpu) / (Answers * 5));
                report.Sample(hall, "p50 of an answer", "ms", p50 / 1000.0);
                report.Sample(hall, "p95 of an answer", "ms", side.P95 / 1000.0);
            }

            var sizes = await server.AskAsync("sizes");
            foreach (var (name, bytes) in sizes.AsObject())
            {
                report.Sample(hall, name, "B", bytes!.GetValue<double>());
            }

            side.Forget();
        }
    }

    // Each join is another phone's; the seat that the setup makes is the first.
    private static async Task<(JsonNode Setup, double Join)> FillAsync(Servers server, int size)
    {
        var setup = await server.SetUpAsync(1, 1);
        var (paths, lesson) = (setup["paths"].Deserialize<List<string>>()!, setup["lessons"]![0]!.GetValue<string>());
        var networks = Enumerable.Range(2, Networks).Select(n => From(new IPAddress(new byte[] { 127, 0, 0, (byte)n }), server.Port)).ToList();
        var cpu = server.Cpu;
        await Parallel.ForEachAsync(Enumerable.Range(1, size - 1), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, stop) =>
        {
            using var answer = await networks[i % Networks].PostAsJsonAsync("/api/join", new { code = setup["codes"]![0]!.GetValue<string>(), nickname = "Қонақ " + i, language = "kk", level = "simple", themed = false }, stop);
            answer.EnsureSuccessStatusCode();
            var ticket = (await answer.Content.ReadFromJsonAsync<JsonNode>(stop))!["ticket"]!.GetValue<string>();
            lock (paths)
            {
                paths.Add("/hubs/classroom?access_token=" + Uri.EscapeDataString(ticket));
            }
        });
        var join = (server.Cpu - cpu) / (size - 1);
        networks.ForEach(n => n.Dispose());
        setup["paths"] = JsonSerializer.SerializeToNode(paths);
        setup["lessons"] = JsonSerializer.SerializeToNode(Enumerable.Repeat(lesson, paths.Count));
        return (setup, join);
    }

    // All of 127.0.0.0/8 is this machine.
    private static HttpClient From(IPAddress address, int port)
    {
        var http = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            ConnectCallback = async (context, stop) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(address, 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        http.DefaultRequestHeaders.Add("X-Ortaq", "1");
        return http;
    }
}
