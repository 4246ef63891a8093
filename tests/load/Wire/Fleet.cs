using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Classroom.Load;

/// <summary>One client connection. Used by the fleet's thread only, once it is connected.</summary>
public sealed class Peer(int index, Socket socket)
{
    public int Index { get; } = index;

    public Socket Socket { get; } = socket;

    /// <summary>Bytes of a frame that is not whole yet.</summary>
    public byte[] Rest { get; set; } = [];

    public bool Upgraded { get; set; }

    public bool Reading { get; set; } = true;

    public bool Open { get; set; } = true;

    public long Received { get; set; }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        // Small commands into an empty buffer: they go at once, or the connection is over.
        try
        {
            Socket.Send(bytes);
        }
        catch (SocketException)
        {
            Open = false;
        }
    }
}

/// <summary>
/// Thousands of WebSocket clients on one thread. Each text frame is given to <paramref name="heard"/> with the time its bytes were read,
/// in microseconds of <see cref="Clock"/>.
/// </summary>
public sealed class Fleet(Fleet.Hear heard) : IDisposable
{
    public delegate void Hear(Peer peer, ReadOnlySpan<byte> payload, long readAt);

    private readonly Epoll _epoll = new();
    private readonly ConcurrentQueue<Action> _todo = new();
    private readonly Dictionary<int, Peer> _peers = [];
    private readonly byte[] _buffer = new byte[256 * 1024];
    private Thread? _thread;
    private volatile bool _stopping;

    public IReadOnlyCollection<Peer> Peers => _peers.Values;

    /// <summary>On the fleet's thread only.</summary>
    public Peer? Find(int index) => _peers.GetValueOrDefault(index);

    /// <summary>Called about every 5 ms on the fleet's thread.</summary>
    public Action? Tick { get; set; }

    /// <summary>Of each socket to come, in bytes; 0 leaves the system's.</summary>
    public int ReceiveBuffer { get; set; }

    /// <summary>A connection that is answered otherwise than by the upgrade is over, and not an error of the run.</summary>
    public bool MayBeRefused { get; set; }

    public void Start()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "fleet" };
        _thread.Start();
    }

    /// <summary>Runs something on the fleet's thread and waits for it.</summary>
    public Task DoAsync(Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _todo.Enqueue(() =>
        {
            action();
            done.SetResult();
        });
        return done.Task;
    }

    /// <summary>Opens a WebSocket: connects, asks for the upgrade; the answer is read by the fleet's thread.</summary>
    public async Task<Peer> ConnectAsync(int index, int port, string path, bool deflate = false)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (ReceiveBuffer > 0)
        {
            socket.ReceiveBufferSize = ReceiveBuffer;
        }

        await socket.ConnectAsync(IPAddress.Loopback, port);
        var peer = new Peer(index, socket);
        var request = $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n" +
            (deflate ? "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n" : "\r\n");
        await socket.SendAsync(Encoding.ASCII.GetBytes(request));
        await DoAsync(() =>
        {
            socket.Blocking = false;
            _peers[index] = peer;
            _epoll.Watch((int)socket.Handle, index);
        });
        return peer;
    }

    public void Pause(Peer peer)
    {
        peer.Reading = false;
        _epoll.Forget((int)peer.Socket.Handle);
    }

    public void Resume(Peer peer)
    {
        peer.Reading = true;
        _epoll.Watch((int)peer.Socket.Handle, peer.Index);
    }

    /// <summary>It is over, as if the other side had said so; on the fleet's thread only.</summary>
    public void End(Peer peer)
    {
        peer.Open = false;
        _epoll.Forget((int)peer.Socket.Handle);
    }

    public void Drop(Peer peer)
    {
        if (peer.Open)
        {
            _epoll.Forget((int)peer.Socket.Handle);
            peer.Open = false;
        }

        peer.Socket.Dispose();
        _peers.Remove(peer.Index);
    }

    public void Dispose()
    {
        _stopping = true;
        _thread?.Join();
        foreach (var peer in _peers.Values)
        {
            peer.Socket.Dispose();
        }

        _epoll.Dispose();
    }

    private void Run()
    {
        Span<int> ready = stackalloc int[256];
        while (!_stopping)
        {
            while (_todo.TryDequeue(out var action))
            {
                action();
            }

            Tick?.Invoke();
            var count = _epoll.Wait(ready, 1);
            for (var i = 0; i < count; i++)
            {
                if (_peers.TryGetValue(ready[i], out var peer))
                {
                    Read(peer);
                }
            }
        }
    }

    private void Read(Peer peer)
    {
        var rest = peer.Rest;
        rest.CopyTo(_buffer, 0);
        var read = Epoll.Receive((int)peer.Socket.Handle, _buffer.AsSpan(rest.Length));
        if (read <= 0)
        {
            if (read == 0)
            {
                peer.Open = false;
                _epoll.Forget((int)peer.Socket.Handle);
            }

            return;
        }

        var now = Clock.Now;
        ReadOnlySpan<byte> bytes = _buffer.AsSpan(0, rest.Length + read);
        peer.Received += read;
        if (!peer.Upgraded)
        {
            var end = bytes.IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                peer.Rest = bytes.ToArray();
                return;
            }

            if (!bytes.StartsWith("HTTP/1.1 101"u8))
            {
                if (MayBeRefused)
                {
                    End(peer);
                    return;
                }

                throw new InvalidOperationException("No upgrade: " + Encoding.UTF8.GetString(bytes[..Math.Min(300, end)]));
            }

            peer.Upgraded = true;
            bytes = bytes[(end + 4)..];
            heard(peer, [], now);
        }

        while (Frames.Take(bytes, out var payload, out var opcode, out var deflated) is var taken and > 0)
        {
            if (opcode is 1 or 0)
            {
                heard(peer, deflated ? Frames.Inflate(payload) : payload, now);
            }
            else if (opcode == 8)
            {
                peer.Open = false;
            }

            bytes = bytes[taken..];
        }

        peer.Rest = bytes.IsEmpty ? [] : bytes.ToArray();
    }
}
