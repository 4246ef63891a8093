using System.Net;
using System.Net.Sockets;

namespace Classroom.E2e.Tests;

/// <summary>
/// The way from a phone to a server, which can die without a word: from then on nothing that is open carries anything in either direction, and no end is told. What is
/// opened after that works.
/// </summary>
internal sealed class SilentLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly List<Strand> _strands = [];
    private readonly int _port;
    private readonly Task _accepting;

    public SilentLine(Uri server)
    {
        _port = server.Port;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Url => $"http://{Browsers.Loopback}:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public void LoseWhatIsOpen()
    {
        lock (_lock)
        {
            _strands.ForEach(s => s.IsLost = true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        lock (_lock)
        {
            _strands.ForEach(s => s.Dispose());
        }

        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var phone = await _listener.AcceptTcpClientAsync(_end.Token);
                var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, _port, _end.Token);
                var strand = new Strand(phone, server);
                lock (_lock)
                {
                    _strands.Add(strand);
                }

                _ = strand.CarryAsync(phone, server, _end.Token);
                _ = strand.CarryAsync(server, phone, _end.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Over.
        }
    }

    private sealed class Strand(TcpClient phone, TcpClient server) : IDisposable
    {
        private volatile bool _isLost;

        public bool IsLost
        {
            set => _isLost = value;
        }

        public async Task CarryAsync(TcpClient from, TcpClient to, CancellationToken end)
        {
            var buffer = new byte[16 * 1024];
            try
            {
                int read;
                do
                {
                    read = await from.GetStream().ReadAsync(buffer, end);
                    if (_isLost)
                    {
                        // Neither what was said nor that it ended.
                        continue;
                    }

                    if (read == 0)
                    {
                        to.Client.Shutdown(SocketShutdown.Send);
                    }
                    else
                    {
                        await to.GetStream().WriteAsync(buffer.AsMemory(0, read), end);
                    }
                }
                while (read > 0);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                if (!_isLost)
                {
                    Dispose();
                }
            }
        }

        public void Dispose()
        {
            phone.Dispose();
            server.Dispose();
        }
    }
}
