using System.Text.Json;
using System.Text.Json.Nodes;

namespace Classroom.Load;

/// <summary>Unmodified SignalR clients as the server sees them: handshake, Enter, then whatever comes; a ping every ten seconds.</summary>
public sealed class HubFleet : IDisposable
{
    private const long PingEvery = 10_000_000;
    private static readonly byte[] Ping = Frames.Text("{\"type\":6}\u001e");
    private readonly string[] _paths;
    private readonly string[] _lessons;
    private readonly bool[] _entered;
    private readonly Fleet.Hear _heard;
    private long _pinged = Clock.Now;
    private int _ready;
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

    /// <summary>Called about every millisecond on the fleet's thread.</summary>
    public Action? Tick { get; set; }

    public int Count => _paths.Length;

    public async Task ConnectAllAsync(int port)
    {
        Fleet.Start();
        _wanted = Count;
        await Parallel.ForEachAsync(Enumerable.Range(0, Count), new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (i, _) => await Fleet.ConnectAsync(i, port, _paths[i]));
        await _allReady.Task.WaitAsync(TimeSpan.FromSeconds(120));
    }

    public void Dispose() => Fleet.Dispose();

    private void Heard(Peer peer, ReadOnlySpan<byte> payload, long readAt)
    {
        if (_entered[peer.Index])
        {
            _heard(peer, payload, readAt);
        }
        else if (payload.IsEmpty)
        {
            peer.Send(Frames.Text("{\"protocol\":\"json\",\"version\":1}\u001e"));
        }
        else if (payload.SequenceEqual("{}\u001e"u8))
        {
            peer.Send(Frames.Text($"{{\"type\":1,\"invocationId\":\"e\",\"target\":\"Enter\",\"arguments\":[\"{_lessons[peer.Index]}\",0]}}\u001e"));
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

    private void OnTick()
    {
        Tick?.Invoke();
        if (Clock.Now - _pinged > PingEvery)
        {
            _pinged = Clock.Now;
            foreach (var peer in Fleet.Peers.Where(p => p.Upgraded && p.Open && p.Reading))
            {
                peer.Send(Ping);
            }
        }
    }
}
