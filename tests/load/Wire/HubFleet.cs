using System.Text.Json;
using System.Text.Json.Nodes;

namespace Classroom.Load;

/// <summary>Unmodified SignalR clients as the server sees them: handshake, Enter, then whatever comes; a ping every ten seconds.</summary>
public sealed class HubFleet : IDisposable
{
    private const long PingEvery = 10_000_000;
    private static readonly byte[] Ping = Frames.Text("{\"type\":6}\u001e");
    private static readonly byte[] HandshakeFrame = Frames.Text("{\"protocol\":\"json\",\"version\":1}\u001e");
    private readonly string[] _paths;
    private readonly string[] _lessons;
    private readonly bool[] _entered;
    private readonly Fleet.Hear _heard;
    private long _pinged = Clock.Now;
    private int _ready;
    private int _turn;
    private TaskCompletionSource _allReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _wanted;

    /// <param name="setup">What the server said of its lessons: a path and a lesson id for each student.</param>
    public HubFleet(JsonNode setup, Fleet.Hear heard)
    {
        ArgumentNullException.ThrowIfNull(setup);
        _paths = setup["paths"].Deserialize<string[]>()!;
        _lessons = setup["lessons"].Deserialize<string[]>()!;
        _entered = new bool[_paths.Length];
        _heard = heard;
        Fleet = new Fleet(Heard) { Tick = OnTick };
    }

    public Fleet Fleet { get; }

    /// <summary>Whether <see cref="ByTarget"/> is kept; such clients offer compression, as browsers do.</summary>
    public bool Counting { get; init; }

    /// <summary>Called about every millisecond on the fleet's thread.</summary>
    public Action? Tick { get; set; }

    public int Count => _paths.Length;

    public Task ConnectAllAsync(int port) => ConnectAllAsync(_ => port);

    public async Task ConnectAllAsync(Func<int, int> portOf)
    {
        Fleet.Start();
        _wanted = Count;
        await Parallel.ForEachAsync(Enumerable.Range(0, Count), new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (i, _) => await Fleet.ConnectAsync(i, portOf(i), _paths[i], Counting));
        await _allReady.Task.WaitAsync(TimeSpan.FromSeconds(120));
    }

    /// <summary>Payload bytes that came, by the client method they call ("" for answers and pings).</summary>
    public Dictionary<string, long> ByTarget { get; } = [];

    /// <summary>What a student sends to come in: the request, the handshake, Enter.</summary>
    public int SentOnEntering(int index) => 170 + _paths[index].Length + HandshakeFrame.Length + SyncFrame(index).Length;

    public void Dispose() => Fleet.Dispose();

    private void Heard(Peer peer, ReadOnlySpan<byte> payload, long readAt)
    {
        Note(payload);
        if (_entered[peer.Index])
        {
            _heard(peer, payload, readAt);
        }
        else if (payload.IsEmpty)
        {
            peer.Send(HandshakeFrame);
        }
        else if (payload.SequenceEqual("{}\u001e"u8))
        {
            peer.Send(SyncFrame(peer.Index));
        }
        else if (payload.IndexOf("\"Snapshot\""u8) >= 0)
        {
            _entered[peer.Index] = true;
            if (++_ready == _wanted)
            {
                _allReady.TrySetResult();
            }
        }
    }

    private byte[] SyncFrame(int index) => Frames.Text(
        $"{{\"type\":1,\"invocationId\":\"e\",\"target\":\"Sync\",\"arguments\":[\"{_lessons[index]}\",0]}}\u001e");

    private void Note(ReadOnlySpan<byte> payload)
    {
        if (!Counting)
        {
            return;
        }

        var at = payload.IndexOf("\"target\":\""u8);
        var name = at < 0 ? "" : System.Text.Encoding.ASCII.GetString(payload[(at + 10)..(at + 10 + payload[(at + 10)..].IndexOf((byte)'"'))]);
        ByTarget[name] = ByTarget.GetValueOrDefault(name) + payload.Length;
    }

    private void OnTick()
    {
        Tick?.Invoke();
        // One after another: five thousand pings in one moment are nothing that happens, and the server would be measured digesting them.
        if (_entered.Length == 0 || Clock.Now - _pinged < PingEvery / _entered.Length)
        {
            return;
        }

        _pinged = Clock.Now;
        _turn = (_turn + 1) % _entered.Length;
        if (Fleet.Find(_turn) is { Upgraded: true, Open: true, Reading: true } peer)
        {
            peer.Send(Ping);
        }
    }
}
