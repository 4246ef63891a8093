using System.Globalization;
using System.Text.Json;

namespace Classroom.Load;

/// <param name="Rate">Deliveries a second that were offered: every piece to every screen of its lesson.</param>
/// <param name="Delivered">The part of them that arrived within the probe and half a second.</param>
/// <param name="P50">Microseconds from the moment a piece was due to its arrival.</param>
/// <param name="Cpu">Server CPU, microseconds a delivery.</param>
/// <param name="Clients">The part of their core that the clients used; near 1 they are the limit, not the server.</param>
public sealed record Probe(double Rate, double Delivered, long P50, long P99, double Cpu, double Frames, double Bytes, double Clients)
{
    public bool Holds => Delivered >= 0.999 && P99 <= 100_000;
}

/// <summary>One server of a fan-out run with its clients: ours or the raw one.</summary>
public sealed class FanoutSide : IAsyncDisposable
{
    private readonly Servers _server;
    private readonly Fleet _fleet;
    private readonly Listener _listener;
    private readonly int _connections;
    private readonly int _lessons;
    private readonly HubFleet? _hub;

    private FanoutSide(Servers server, Fleet fleet, HubFleet? hub, Listener listener, int lessons, int connections, long empty) =>
        (_server, _fleet, _hub, _listener, _lessons, _connections, Empty) = (server, fleet, hub, listener, lessons, connections, empty);

    /// <summary>Resident bytes with all lessons made and nobody connected.</summary>
    public long Empty { get; }

    public double PerConnection => (_server.Resident - Empty) / (double)_connections;

    public Servers Server => _server;

    /// <summary>A path for each client.</summary>
    public string[] Paths { get; private init; } = [];

    /// <summary>The lesson of each client; null where there is no hub.</summary>
    public string[]? LessonIds { get; private init; }

    public Fleet Fleet => _fleet;

    public Listener Listener => _listener;

    public static Task<FanoutSide> StartAsync(bool ours, int lessons, int size, params (string, string)[] environment) =>
        StartAsync(ours, lessons, size, 0, environment);

    public static Task<FanoutSide> StartAsync(bool ours, int lessons, int size, int receiveBuffer, params (string, string)[] environment) =>
        StartAsync(ours ? "serve-ours" : "serve-raw", 1, lessons, size, receiveBuffer, environment);

    /// <param name="servers">How many share the core.</param>
    /// <param name="receiveBuffer">Of each client's socket, in bytes; 0 leaves the system's.</param>
    public static async Task<FanoutSide> StartAsync(string role, int servers, int lessons, int size, int receiveBuffer, params (string, string)[] environment)
    {
        var server = await Servers.StartAsync(role, servers, environment);
        var setup = await server.SetUpAsync(lessons, size);
        // What making the lessons left behind is collected before anybody comes, so that it is not counted for the connections.
        await server.AskAsync("collect");
        var empty = server.Resident;
        var listener = new Listener();
        var paths = setup["paths"].Deserialize<string[]>()!;
        if (role != "serve-raw")
        {
            var hub = new HubFleet(setup, listener.Hear);
            hub.Fleet.ReceiveBuffer = receiveBuffer;
            await hub.ConnectAllAsync(server.PortOf);
            return new FanoutSide(server, hub.Fleet, hub, listener, lessons, lessons * size, empty)
            {
                Paths = paths,
                LessonIds = setup["lessons"].Deserialize<string[]>(),
            };
        }

        var fleet = new Fleet(listener.Hear) { ReceiveBuffer = receiveBuffer };
        fleet.Start();
        await Parallel.ForEachAsync(Enumerable.Range(0, paths.Length), new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (i, _) => await fleet.ConnectAsync(i, server.Port, paths[i]));
        await Until.TrueAsync(() => fleet.Peers.All(p => p.Upgraded));
        return new FanoutSide(server, fleet, null, listener, lessons, paths.Length, empty) { Paths = paths };
    }

    public Task ExplainAsync() => _hub is null ? Task.CompletedTask : _server.AskAsync("explain");

    /// <summary>Offers a rate for some seconds and looks at what came.</summary>
    /// <param name="listening">How many of the screens are looked at; all unless said.</param>
    public async Task<Probe> ProbeAsync(double deliveries, double seconds, int? listening = null)
    {
        var rate = deliveries / _connections;
        await _fleet.DoAsync(_listener.Clear);
        var (cpu, own, started) = (_server.Cpu, Pin.Cpu(Environment.ProcessId), Clock.Now);
        var given = (await _server.AskAsync(string.Create(CultureInfo.InvariantCulture, $"run {rate} {seconds}")))["given"]!.GetValue<long>();
        var expected = given / _lessons * (listening ?? _connections);
        var deadline = Clock.Now + 500_000;
        while (_listener.Latency.Count < expected && Clock.Now < deadline)
        {
            await Task.Delay(10);
        }

        var (spent, used, took) = (_server.Cpu - cpu, Pin.Cpu(Environment.ProcessId) - own, Clock.Now - started);
        var probe = new Probe(0, 0, 0, 0, 0, 0, 0, 0);
        await _fleet.DoAsync(() =>
        {
            var latency = _listener.Latency;
            probe = new Probe(expected / seconds, latency.Count / (double)expected, latency.At(0.5), latency.At(0.99), spent / Math.Max(1, latency.Count),
                _listener.Frames / (double)Math.Max(1, latency.Count), _listener.Bytes / (double)Math.Max(1, latency.Count), used / took);
        });
        // What an overload left in the queues must not reach the next probe.
        var quiet = _listener.Frames;
        await Until.TrueAsync(async () =>
        {
            await Task.Delay(200);
            var now = _listener.Frames;
            (var still, quiet) = (now == quiet, now);
            return still;
        });
        return probe;
    }

    /// <summary>
    /// Several short looks. A machine that stands still for a moment, by its neighbours' work, spoils the p99 of that look and not of those
    /// beside it; what makes everybody wait shows in all of them.
    /// </summary>
    public async Task<Probe[]> LookAsync(double deliveries, int? listening = null)
    {
        var probes = new Probe[5];
        for (var i = 0; i < probes.Length; i++)
        {
            probes[i] = await ProbeAsync(deliveries, 1.5, listening);
        }

        return probes;
    }

    public async ValueTask DisposeAsync()
    {
        if (_hub is null)
        {
            _fleet.Dispose();
        }
        else
        {
            _hub.Dispose();
        }

        await _server.DisposeAsync();
    }
}

public static class Until
{
    /// <summary>Waits for a condition, for at most a minute.</summary>
    public static Task TrueAsync(Func<bool> holds) => TrueAsync(async () =>
    {
        await Task.Delay(10);
        return holds();
    });

    public static async Task TrueAsync(Func<Task<bool>> holds)
    {
        var deadline = Clock.Now + 60_000_000;
        while (!await holds())
        {
            if (Clock.Now > deadline)
            {
                throw new TimeoutException("A condition of the run was not met within a minute.");
            }
        }
    }
}
