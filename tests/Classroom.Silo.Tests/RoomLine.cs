using System.Net;
using System.Net.Sockets;

namespace Classroom.Silo.Tests;

/// <summary>The one line of a satellite room: everything between it and the server goes through here, is counted, and can be cut.</summary>
internal sealed class RoomLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly List<TcpClient> _open = [];
    private readonly Lock _lock = new();
    private readonly Task _accepting;
    private bool _isCut;
    private long _bytes;

    public RoomLine(string serverUrl)
    {
        _listener.Start();
        _accepting = AcceptAsync(new Uri(serverUrl).Port);
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Payload of TCP, both ways: WebSocket frames with their heads.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Every connection breaks without a word, and no new one gets through.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _isCut = true;
            _open.ForEach(c => c.Dispose());
            _open.Clear();
        }
    }

    public void Mend()
    {
        lock (_lock)
        {
            _isCut = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _over.Dispose();
    }

    private async Task AcceptAsync(int port)
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptTcpClientAsync(_over.Token);
                _ = PassAsync(near, port);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task PassAsync(TcpClient near, int port)
    {
        var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        try
        {
            lock (_lock)
            {
                _open.AddRange([near, far]);
                if (_isCut)
                {
                    return;
                }
            }

            await far.ConnectAsync(IPAddress.Loopback, port);
            await Task.WhenAny(CopyAsync(near, far), CopyAsync(far, near));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The line is cut.
        }
        finally
        {
            near.Dispose();
            far.Dispose();
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[16 * 1024];
        var (source, target) = (from.GetStream(), to.GetStream());
        while (await source.ReadAsync(buffer) is > 0 and var read)
        {
            Interlocked.Add(ref _bytes, read);
            await target.WriteAsync(buffer.AsMemory(0, read));
        }
    }
}
