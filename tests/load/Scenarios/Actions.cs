using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Classroom.Load;

/// <summary>
/// Students' answers: browser, hub, grain, rules, fact log, and the acknowledgement back, after the commit. Against nothing but a group
/// commit of rows of that size on the same database. Two rates of each: the largest whose 99th percentile, from the moment an answer was due,
/// holds, and the largest that is kept up with, which a disk that stands still now and then does not decide.
/// </summary>
public static class Actions
{
    private const int Lessons = 40;
    private const int Size = 25;
    private const long Limit = 25_000;
    private const double WarmRate = 400;

    // A machine or a disk that stands still for a moment spoils the p99 of that look, not of those beside it.
    private const int Looks = 5;

    public static async Task RunAsync(Report report, bool onPostgres, bool alone)
    {
        await using var postgres = onPostgres ? await PostgresServer.StartAsync() : null;
        foreach (var ours in alone ? [true] : new[] { true, false, false, true })
        {
            var database = postgres is null ? "" : await postgres.DatabaseAsync();
            var environment = ("ConnectionStrings__Postgres", database);
            if (ours)
            {
                await using var side = await OurAnswers.StartAsync(1, Lessons, Size, environment);
                await ClimbAsync(report, ours: true, "", side.Server, side.RunAsync);
            }
            else
            {
                await using var bare = await Servers.StartAsync("serve-bare", 1, ("LOAD_POSTGRES", database));
                await ClimbAsync(report, ours: false, "", bare, (rate, seconds) => AskAsync(bare, rate, seconds));
                if (onPostgres)
                {
                    await using var single = await Servers.StartAsync("serve-single", 1, ("LOAD_POSTGRES", await postgres!.DatabaseAsync()));
                    await ClimbAsync(report, ours: false, " one by one", single, (rate, seconds) => AskAsync(single, rate, seconds));
                }
            }
        }
    }

    private static async Task ClimbAsync(
        Report report, bool ours, string suffix, Servers server, Func<double, double, Task<(double Part, long P50, long P99)>> run)
    {
        await WarmAsync(server, run);

        var (best, p99, most, cost, missed) = (0.0, 0.0, 0.0, 0.0, 0);
        for (var rate = 500.0; rate < 60_000 && missed < 2; rate *= 1.35)
        {
            var (cpu, before) = (server.Cpu, await server.AskAsync("garbage"));
            var looks = new List<(double Part, long P50, long P99)>();
            while (looks.Count < Looks)
            {
                looks.Add(await run(rate, 1));
            }

            var spent = (server.Cpu - cpu) / (rate * Looks);
            var after = await server.AskAsync("garbage");
            double Middle(Func<(double Part, long P50, long P99), double> of) => Report.Median([.. looks.Select(of)]);
            var (part, middle, slow) = (Middle(l => l.Part), Middle(l => l.P50), Middle(l => l.P99));
            report.Note($"{(ours ? "ours" : "bare" + suffix)} {rate:0}/s: acknowledged {part:0.000}, p50 {middle / 1000:0.0} ms, p99 {slow / 1000:0.0} ms "
                + $"({looks.Min(l => l.P99) / 1000.0:0.0}-{looks.Max(l => l.P99) / 1000.0:0.0}), {spent:0} us CPU, {Garbage(before, after, rate * Looks)}");
            if (part >= 0.999 && middle <= Limit)
            {
                (most, cost, missed) = (rate, spent, 0);
                (best, p99) = slow <= Limit ? (rate, slow) : (best, p99);
            }
            else
            {
                // One slow flush of the disk is not the limit: two rates in a row are.
                missed++;
            }
        }

        report.Sample(ours, "durable actions, p99 <= 25 ms" + suffix, "/s", best);
        report.Sample(ours, "p99 there" + suffix, "ms", p99 / 1000);
        report.Sample(ours, "durable actions kept up with, p50 <= 25 ms" + suffix, "/s", most);
        report.Sample(ours, "server CPU an action there" + suffix, "us", cost);
    }

    private static string Garbage(JsonNode before, JsonNode after, double actions)
    {
        double Of(string name) => after[name]!.GetValue<double>() - before[name]!.GetValue<double>();
        return string.Create(CultureInfo.InvariantCulture,
            $"{Of("bytes") / actions / 1024:0.0} KB an action, {Of("count"):0} collections of {Of("pause") / Math.Max(1, Of("count")):0.0} ms");
    }

    // Code is compiled for good only after it has run often, and then in a pause; a school's server has been up since morning. Warm is
    // where an action costs no less than it did.
    private static async Task WarmAsync(Servers server, Func<double, double, Task<(double Part, long P50, long P99)>> run)
    {
        var (least, since) = (double.MaxValue, 0);
        for (var round = 0; round < 20 && since < 5; round++)
        {
            var cpu = server.Cpu;
            await run(WarmRate, 3);
            await Task.Delay(1000);
            var cost = (server.Cpu - cpu) / (WarmRate * 3);
            (least, since) = cost < least * 0.95 ? (cost, 0) : (least, since + 1);
        }
    }

    private static async Task<(double, long, long)> AskAsync(Servers server, double rate, double seconds)
    {
        var got = await server.AskAsync(string.Create(CultureInfo.InvariantCulture, $"run {rate} {seconds}"));
        return (got["count"]!.GetValue<long>() / (double)(long)(rate * seconds), got["p50"]!.GetValue<long>(), got["p99"]!.GetValue<long>());
    }
}

/// <summary>A thousand students who answer, and change their minds, at an even rate.</summary>
public sealed class OurAnswers : IAsyncDisposable
{
    private readonly Servers _server;
    private readonly HubFleet _hub;
    private readonly Histogram _heard = new();
    private readonly Dictionary<long, long> _due = [];
    private readonly string _question;
    private readonly string[] _options;
    private Peer[] _peers = [];
    private long _next;
    private long _refused;

    private OurAnswers(Servers server, System.Text.Json.Nodes.JsonNode setup)
    {
        _server = server;
        _question = setup["QuestionId"]!.GetValue<string>();
        _options = setup["Options"].Deserialize<string[]>()!;
        _hub = new HubFleet(setup, Hear);
    }

    public Servers Server => _server;

    /// <summary>Of the last run, microseconds.</summary>
    public long P95 { get; private set; }

    /// <summary>Of the seats that do not answer.</summary>
    public string[] SparePaths { get; private set; } = [];

    public string LessonId { get; private set; } = "";

    public static Task<OurAnswers> StartAsync(int servers, int lessons, int size, params (string, string)[] environment) =>
        StartAsync(servers, lessons, size, 0, environment);

    /// <param name="spare">Seats of each lesson that are there and do not answer.</param>
    public static async Task<OurAnswers> StartAsync(int servers, int lessons, int size, int spare, params (string, string)[] environment)
    {
        var server = await Servers.StartAsync("serve-ours", servers, environment);
        return await OfAsync(server, await server.SetUpAsync(lessons, size), size, spare);
    }

    /// <summary>With lessons that somebody else has made.</summary>
    public static async Task<OurAnswers> OfAsync(Servers server, JsonNode setup, int size, int spare = 0)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(setup);
        var side = new OurAnswers(server, setup)
        {
            LessonId = setup["lessons"]![0]!.GetValue<string>(),
            SparePaths = [.. setup["paths"].Deserialize<string[]>()!.Where((_, i) => i % size >= size - spare)],
        };
        await side._hub.ConnectAllAsync(server.PortOf);
        side._peers = [.. side._hub.Fleet.Peers.Where(p => p.Index % size < size - spare).OrderBy(p => p.Index % size).ThenBy(p => p.Index)];
        return side;
    }

    /// <returns>The part that was acknowledged within two seconds of the last, and the times from due to acknowledged.</returns>
    public async Task<(double Part, long P50, long P99)> RunAsync(double rate, double seconds)
    {
        var (total, start, sent) = ((long)(rate * seconds), Clock.Now + 20_000, 0L);
        await _hub.Fleet.DoAsync(() =>
        {
            _heard.Clear();
            _due.Clear();
            _hub.Tick = () =>
            {
                for (var now = Clock.Now; sent < total && start + (sent * 1_000_000.0 / rate) <= now; sent++)
                {
                    Answer((long)(start + (sent * 1_000_000.0 / rate)));
                }
            };
        });
        var end = start + (long)(seconds * 1_000_000) + 2_000_000;
        while (_heard.Count < total && Clock.Now < end)
        {
            await Task.Delay(10);
        }

        (double, long, long) got = default;
        await _hub.Fleet.DoAsync(() =>
        {
            _hub.Tick = null;
            got = (_heard.Count / (double)total, _heard.At(0.5), _heard.At(0.99));
            P95 = _heard.At(0.95);
        });
        return _refused == 0 ? got : throw new InvalidOperationException($"{_refused} answers were refused.");
    }

    public async ValueTask DisposeAsync()
    {
        Forget();
        await _server.DisposeAsync();
    }

    /// <summary>Its students go; the server stays.</summary>
    public void Forget() => _hub.Dispose();

    private void Answer(long due)
    {
        var id = _next++;
        _due[id] = due;
        // Every student in turn, and another option each time round: each answer is a new fact.
        var option = _options[id / _peers.Length % _options.Length];
        _peers[id % _peers.Length].Send(Frames.Text(
            $"{{\"type\":1,\"invocationId\":\"{id}\",\"target\":\"Execute\",\"arguments\":[{{\"id\":\"{Guid.CreateVersion7()}\",\"name\":\"GiveAnswer\",\"fields\":" +
            $"{{\"questionId\":\"{_question}\",\"options\":[\"{option}\"]}}}}]}}\u001e"));
    }

    private void Hear(Peer peer, ReadOnlySpan<byte> payload, long readAt)
    {
        while (payload.IndexOf((byte)0x1e) is var end and >= 0)
        {
            var message = payload[..end];
            payload = payload[(end + 1)..];
            if (!message.StartsWith("{\"type\":3,\"invocationId\":\""u8))
            {
                continue;
            }

            var rest = message[26..];
            if (System.Buffers.Text.Utf8Parser.TryParse(rest, out long id, out _) && _due.Remove(id, out var due))
            {
                _heard.Record(readAt - due);
                _refused += rest.IndexOf("\"refusal\":{"u8) >= 0 ? 1 : 0;
            }
        }
    }
}
