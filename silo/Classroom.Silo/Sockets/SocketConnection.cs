using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Security.Claims;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Classroom.Silo.Sockets;

/// <summary>
/// A browser's WebSocket as SignalR's hub handler wants its connections, without the buffers and loops that SignalR puts between the two.
/// Frames that were encoded once for many screens are written to it as they are. Invariant: one writer at a time; frames are never mixed.
/// </summary>
public sealed class SocketConnection : ConnectionContext, IDuplexPipe, IConnectionUserFeature, IConnectionHeartbeatFeature,
    IConnectionInherentKeepAliveFeature, ITransferFormatFeature
{
    private const long PingAfter = 10_000;
    private static readonly byte[] Ping = WireFrame.Of("{\"type\":6}\u001e"u8);
    private static readonly WebSocketDeflateOptions Deflate = new() { ClientContextTakeover = false, ServerContextTakeover = false };
    private readonly Stream _stream;
    private readonly CancellationTokenSource _closed = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly HttpContext _request;
    private readonly Lock _ending = new();
    private int _aborted;
    private bool _disposed;
    private (Action<object> Action, object State)[] _heartbeats = [];
    private long _written = Environment.TickCount64;

    public SocketConnection(Stream stream, ClaimsPrincipal? user, DateTimeOffset? expires, bool deflates, HttpContext request)
    {
        _stream = stream;
        _request = request;
        User = user;
        Expires = expires;
        Deflates = deflates;
        Socket = WebSocket.CreateFromStream(new TurnTakingStream(this), new WebSocketCreationOptions
        {
            IsServer = true, KeepAliveInterval = TimeSpan.Zero, DangerousDeflateOptions = deflates ? Deflate : null,
        });
        Input = new SocketReader(Socket, Abort);
        Output = new SocketWriter(this);
        Features = new SocketFeatures(this);
    }

    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString("N");

    public override IFeatureCollection Features { get; }

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>(1);

    public override CancellationToken ConnectionClosed
    {
        get => _closed.Token;
        set => throw new NotSupportedException();
    }

    public override IDuplexPipe Transport
    {
        get => this;
        set => throw new NotSupportedException();
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    public ClaimsPrincipal? User { get; set; }

    /// <summary>The browser understands compressed messages. Nothing secret is in a message together with what somebody else chose.</summary>
    public bool Deflates { get; }

    /// <summary>When the sign-in that opened it ends, or null.</summary>
    public DateTimeOffset? Expires { get; }

    /// <summary>SignalR need not ping: it does not see what is written past it, and would ping a class in the middle of an explanation.</summary>
    public bool HasInherentKeepAlive => true;

    public TransferFormat SupportedFormats => TransferFormat.Text;

    public TransferFormat ActiveFormat { get; set; } = TransferFormat.Text;

    internal WebSocket Socket { get; }

    internal Stream Stream => _stream;

    /// <summary>Writes whole frames if nobody else is writing. Once it is true they will be sent in order; nothing is to be waited for.</summary>
    public bool TryWrite(ReadOnlyMemory<byte> frames)
    {
        if (!_turn.Wait(0))
        {
            return false;
        }

        ValueTask writing;
        try
        {
            Volatile.Write(ref _written, Environment.TickCount64);
            writing = _stream.WriteAsync(frames);
        }
        catch (Exception e) when (IsGone(e))
        {
            _turn.Release();
            Abort();
            return true;
        }

        if (writing.IsCompletedSuccessfully)
        {
            _turn.Release();
        }
        else
        {
            _ = EndTurnAsync(writing);
        }

        return true;
    }

    /// <summary>Writes whole frames after those before; completes when the network has room for more.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> frames, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            Volatile.Write(ref _written, Environment.TickCount64);
            await _stream.WriteAsync(frames, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void OnHeartbeat(Action<object> action, object state)
    {
        lock (_turn)
        {
            _heartbeats = [.. _heartbeats, (action, state)];
        }
    }

    /// <summary>Called about once a second: keep-alive and time-outs of the hub protocol, and the end of the sign-in.</summary>
    public void Beat(DateTimeOffset now)
    {
        if (Expires < now)
        {
            Abort();
            return;
        }

        if (Environment.TickCount64 - Volatile.Read(ref _written) > PingAfter)
        {
            TryWrite(Ping);
        }

        foreach (var (action, state) in _heartbeats)
        {
            action(state);
        }
    }

    public override void Abort(ConnectionAbortedException abortReason) => Abort();

    /// <summary>Never ends anything on the spot: whoever calls may hold a lock, or be in the middle of telling a whole class.</summary>
    public override void Abort()
    {
        if (Interlocked.Exchange(ref _aborted, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static connection => connection.End(), this, preferLocal: false);
        }
    }

    /// <summary>Says goodbye to a browser that is still there.</summary>
    public async Task CloseAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            if (Socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
            }
        }
        catch (Exception e) when (IsGone(e) || e is WebSocketException)
        {
            // It is gone already.
        }
    }

    public override async ValueTask DisposeAsync()
    {
        lock (_ending)
        {
            // The request may serve nobody else, but it is over: it must not be aborted from here on.
            _disposed = true;
        }

        await _closed.CancelAsync();
        await Input.CompleteAsync();
        await Output.CompleteAsync();
        Socket.Dispose();
        _closed.Dispose();
        await base.DisposeAsync();
    }

    internal static bool IsGone(Exception e) =>
        e is IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException;

    private void End()
    {
        lock (_ending)
        {
            if (!_disposed)
            {
                _request.Abort();
                _closed.Cancel();
            }
        }
    }

    private async Task EndTurnAsync(ValueTask writing)
    {
        try
        {
            await writing;
        }
        catch (Exception e) when (IsGone(e))
        {
            Abort();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>What the WebSocket itself writes (pongs, the close) waits for its turn like everything else.</summary>
    private sealed class TurnTakingStream(SocketConnection connection) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            connection.Stream.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            connection.WriteAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
