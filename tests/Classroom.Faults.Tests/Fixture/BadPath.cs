using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using System.Diagnostics;

namespace Classroom.Faults.Tests;

/// <summary>
/// A village's way to the server: 300 ms in each direction, 256 kbit/s, and one segment in twenty lost. TCP hides a loss by sending again, so
/// here it is what a program sees of one: everything behind it waits for the retransmission. And it may be cut. A proxy on loopback, because
/// it needs no rights and is the same everywhere.
/// </summary>
public sealed class BadPath : IAsyncDisposable
{
    private const int Segment = 1400;
    private const int BytesASecond = 256_000 / 8;
    private const double Loss = 0.05;
    private static readonly TimeSpan OneWay = TimeSpan.FromMilliseconds(300);

    // The least time after which TCP sends again, at this round trip.
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(900);
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<TcpClient, byte> _open = new();
    private readonly int _target;
    private readonly Random _random;
    private readonly Task _accepting;
    private long _bytes;
    private int _lost;

    public BadPath(string url, int seed)
    {
        (_target, _random) = (new Uri(url).Port, new Random(seed));
        _listener.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _accepting = AcceptAsync();
    }

    public string Url { get; }

    public int Lost => _lost;

    public long Bytes => _bytes;

    /// <summary>The network is gone for a moment: every connection over it ends, without a goodbye.</summary>
    public void Cut()
    {
        foreach (var client in _open.Keys)
        {
            // One that has just ended by itself has no socket any more.
            client.Client?.Close(0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var passing = new List<Task>();
        try
        {
            while (true)
            {
                passing.Add(PassAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(passing);
        }
    }

    private async Task PassAsync(TcpClient near)
    {
        using var far = new TcpClient { NoDelay = true };
        try
        {
            (_open[near], _open[far], near.NoDelay) = (0, 0, true);
            await far.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
            await Task.WhenAny(CarryAsync(near, far), CarryAsync(far, near));
        }
        catch (Exception e) when (IsOver(e))
        {
            // That is what happens to connections here.
        }
        finally
        {
            _open.TryRemove(near, out _);
            _open.TryRemove(far, out _);
            near.Dispose();
        }
    }

    private async Task CarryAsync(TcpClient from, TcpClient to)
    {
        var onTheWay = Channel.CreateBounded<(long Due, byte[] Bytes)>(64);
        var sending = SendAsync(onTheWay.Reader, to.GetStream());
        var buffer = new byte[Segment];
        var (free, source) = (Stopwatch.GetTimestamp(), from.GetStream());
        try
        {
            while (await source.ReadAsync(buffer, _stop.Token) is > 0 and var count)
            {
                Interlocked.Add(ref _bytes, count);
                // A segment leaves when the line is free of those before it, and arrives 300 ms later; a lost one holds up all behind it.
                free = Math.Max(free, Stopwatch.GetTimestamp()) + (Stopwatch.Frequency * count / BytesASecond);
                free += IsLost() ? (long)(Again.TotalSeconds * Stopwatch.Frequency) : 0;
                await onTheWay.Writer.WriteAsync((free + (long)(OneWay.TotalSeconds * Stopwatch.Frequency), buffer[..count]), _stop.Token);
            }
        }
        catch (Exception e) when (IsOver(e))
        {
            // Cut.
        }

        onTheWay.Writer.TryComplete();
        await sending;
    }

    private async Task SendAsync(ChannelReader<(long Due, byte[] Bytes)> segments, NetworkStream to)
    {
        try
        {
            await foreach (var (due, bytes) in segments.ReadAllAsync(_stop.Token))
            {
                var rest = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
                if (rest > TimeSpan.Zero)
                {
                    await Task.Delay(rest, _stop.Token);
                }

                await to.WriteAsync(bytes, _stop.Token);
            }
        }
        catch (Exception e) when (IsOver(e))
        {
            // Nobody takes it any more.
        }
    }

    private bool IsLost()
    {
        lock (_random)
        {
            var lost = _random.NextDouble() < Loss;
            _lost += lost ? 1 : 0;
            return lost;
        }
    }

    private static bool IsOver(Exception e) => e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException;
}
