namespace Classroom.Load;

/// <summary>One connection that sends a thousand messages a second, and comes again whenever it is ended.</summary>
public sealed class Offender : IAsyncDisposable
{
    private const double PerMicrosecond = 1000 / 1e6;
    private const int MostAtOnce = 50;
    private readonly Fleet _fleet;
    private readonly Func<int, byte[]> _message;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _coming;
    private Peer? _ready;
    private long _since;
    private long _due;

    /// <param name="lesson">What it enters after SignalR's handshake; null where there is no hub.</param>
    /// <param name="message">The n-th message, as frames.</param>
    public Offender(int port, string path, string? lesson, Func<int, byte[]> message)
    {
        _message = message;
        _fleet = new Fleet((peer, payload, _) =>
        {
            if (payload.IsEmpty && lesson is not null)
            {
                peer.Send(Frames.Text("{\"protocol\":\"json\",\"version\":1}\u001e"));
            }
            else if (payload.IsEmpty || payload.SequenceEqual("{}\u001e"u8))
            {
                if (lesson is not null)
                {
                    peer.Send(Frames.Text($"{{\"type\":1,\"invocationId\":\"e\",\"target\":\"Sync\",\"arguments\":[\"{lesson}\",0]}}\u001e"));
                }

                (_ready, _since, _due) = (peer, Clock.Now, 0);
            }
        })
        { Tick = Tick };
        _fleet.Start();
        _coming = ComeAsync(port, path);
    }

    public int Sent { get; private set; }

    /// <summary>How often it came.</summary>
    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _coming;
        _fleet.Dispose();
        _stop.Dispose();
    }

    private async Task ComeAsync(int port, string path)
    {
        Peer? peer = null;
        while (!_stop.IsCancellationRequested)
        {
            if (peer is { Open: true })
            {
                await Task.Delay(5);
                continue;
            }

            if (peer is { } over)
            {
                await _fleet.DoAsync(() => _fleet.Drop(over));
            }

            peer = await _fleet.ConnectAsync(0, port, path);
            Connections++;
        }
    }

    private void Tick()
    {
        if (_ready is not { Open: true } peer)
        {
            return;
        }

        var due = (long)((Clock.Now - _since) * PerMicrosecond);
        for (var sent = 0; _due < due && peer.Open && sent < MostAtOnce; sent++, _due++, Sent++)
        {
            peer.Send(_message(Sent));
        }
    }
}

/// <summary>What an offender says.</summary>
public static class Offences
{
    private static readonly byte[][] Rubbish =
    [
        Frames.Text("{\"type\":1,\u001e"),
        Frames.Text("{\"type\":1,\"invocationId\":\"1\",\"target\":\"RaiseHand\",\"arguments\":" + new string('[', 3000) + "\u001e"),
        Frames.Text("{\"type\":\"x\",\"arguments\":7}\u001e"),
        Frames.Text("{\"type\":1,\"invocationId\":\"1\",\"target\":\"DropTables\",\"arguments\":[null,{}]}\u001e"),
        Frames.Text(new string('я', 16_000)),
        [0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe],
        [0x83, 0x80, 0, 0, 0, 0],
        [0x89, 0xfe, 0x01, 0x00, 0, 0, 0, 0],
    ];

    /// <summary>A call as a browser makes it, far too often.</summary>
    public static byte[] Call(int number) => Frames.Text(
        $"{{\"type\":1,\"invocationId\":\"{number}\",\"target\":\"Execute\",\"arguments\":[{{\"id\":\"{Guid.CreateVersion7()}\",\"name\":\"RaiseHand\",\"fields\":{{\"topic\":\"t\"}}}}]}}\u001e");

    /// <summary>A message that no browser sends: most of them end the connection.</summary>
    public static byte[] Nonsense(int number) => Rubbish[number % Rubbish.Length];
}
