namespace Classroom.Load;

/// <summary>Some sockets of one phone that send as fast as they are let, and come again at once whenever they are ended or refused.</summary>
public sealed class Swarm : IAsyncDisposable
{
    private const double PerMicrosecond = 500 / 1e6;
    private const int MostAtOnce = 25;
    private const int BetweenTries = 5;
    private readonly Fleet _fleet;
    private readonly Func<int, byte[]> _message;
    private readonly bool _leaves;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _coming;
    private readonly Ready[] _ready;

    /// <param name="paths">Of its seats; the sockets are dealt among them.</param>
    /// <param name="message">The n-th message, as frames. Each socket sends five hundred a second.</param>
    /// <param name="leaves">It goes as soon as it is in.</param>
    public Swarm(int port, string[] paths, string lesson, int sockets, Func<int, byte[]> message, bool leaves = false)
    {
        (_message, _leaves, _ready) = (message, leaves, new Ready[sockets]);
        var enter = Frames.Text($"{{\"type\":1,\"invocationId\":\"e\",\"target\":\"Sync\",\"arguments\":[\"{lesson}\",0]}}\u001e");
        _fleet = new Fleet((peer, payload, _) =>
        {
            if (payload.IsEmpty)
            {
                peer.Send(Frames.Text("{\"protocol\":\"json\",\"version\":1}\u001e"));
            }
            else if (payload.SequenceEqual("{}\u001e"u8))
            {
                peer.Send(enter);
                _ready[peer.Index] = new Ready(peer, Clock.Now, 0);
            }
        })
        { Tick = Tick, MayBeRefused = true };
        _fleet.Start();
        _coming = [.. Enumerable.Range(0, sockets).Select(i => ComeAsync(i, port, paths[i % paths.Length]))];
    }

    public long Sent { get; private set; }

    /// <summary>How often its sockets came.</summary>
    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_coming);
        _fleet.Dispose();
        _stop.Dispose();
    }

    private async Task ComeAsync(int index, int port, string path)
    {
        Peer? peer = null;
        while (!_stop.IsCancellationRequested)
        {
            if (peer is { Open: true })
            {
                await Task.Delay(BetweenTries);
                continue;
            }

            if (peer is { } over)
            {
                await _fleet.DoAsync(() => _fleet.Drop(over));
                await Task.Delay(BetweenTries);
            }

            peer = await _fleet.ConnectAsync(index, port, path);
            Connections++;
        }
    }

    private void Tick()
    {
        for (var i = 0; i < _ready.Length; i++)
        {
            if (_ready[i].Peer is not { Open: true } peer)
            {
                continue;
            }

            if (_leaves)
            {
                _fleet.End(peer);
                continue;
            }

            var due = (long)((Clock.Now - _ready[i].Since) * PerMicrosecond);
            for (var sent = 0; _ready[i].Sent < due && peer.Open && sent < MostAtOnce; sent++, Sent++)
            {
                peer.Send(_message((int)Sent));
                _ready[i].Sent++;
            }
        }
    }

    private record struct Ready(Peer? Peer, long Since, long Sent);
}
