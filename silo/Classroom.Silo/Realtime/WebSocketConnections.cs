using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Security.Claims;
using Classroom.Silo.Api;
using Classroom.Silo.Auth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Realtime;

/// <summary>
/// Takes a browser's WebSocket, as the framework accepts it, to the hub without the two pipes and their loops that SignalR's own transport puts
/// between them. A client that asked for a transport first (negotiate), or has its WebSocket over HTTP/2, or none, goes SignalR's own way: the hub
/// behind both is the same. Who is not signed in, or comes from another site, is left to what follows. Tests: <c>SocketTests</c>, <c>SocketEndTests</c>.
/// </summary>
public static class WebSocketConnections
{
    public static void UseOrtaqWebSockets(this WebApplication app)
    {
        var allowances = app.Services.GetRequiredService<Allowances>();
        app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments(HubSetup.Path, StringComparison.OrdinalIgnoreCase))
            {
                SocketBytes.Count(context, allowances);
            }

            return next(context);
        });
        // SignalR pings by its own protocol.
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        var hub = app.Services.GetRequiredService<HubConnectionHandler<ClassroomHub>>();
        var publicUrl = Headers.PublicUrlOf(app);
        var options = app.Services.GetRequiredService<IOptions<Hosting.HubOptions>>().Value;
        app.Use(async (context, next) =>
        {
            // Over HTTP/2 (CONNECT) many WebSockets share one connection, and what is hung on its heartbeat stays there as long as that lives.
            if (context.Request.Path != HubSetup.Path || !context.WebSockets.IsWebSocketRequest || HttpMethods.IsConnect(context.Request.Method)
                || context.Request.Query.ContainsKey("id")
                || Headers.IsForeign(context.Request, publicUrl))
            {
                await next(context);
                return;
            }

            AuthenticateResult signIn;
            try
            {
                signIn = await context.AuthenticateAsync();
            }
            catch (Exception e) when (Hosting.Passing.WillPass(e))
            {
                // Whose session it is cannot be asked just now: the browser comes again.
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }

            if (signIn.Principal is not { } user)
            {
                await next(context);
                return;
            }

            var budget = allowances.BytesOf(user);
            if (!budget.TryBegin(ByteBudget.AConnection) || !allowances.TryOpen(user))
            {
                await Errors.Of(StatusCodes.Status429TooManyRequests, "too-fast").ExecuteAsync(context);
                return;
            }

            try
            {
                context.User = user;
                await ServeAsync(context, hub, budget, new Line(options), signIn.Properties?.ExpiresUtc);
            }
            finally
            {
                allowances.Close(user);
            }
        });
    }

    private static async Task ServeAsync(HttpContext context, HubConnectionHandler<ClassroomHub> hub, ByteBudget budget, Line line, DateTimeOffset? expires)
    {
        var (compresses, remembers) = AgreesToCompress(context.Request.Headers, context.User.HasClaim(c => c.Type == Caller.AwayClaim));
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            // Nothing secret is in a message together with what somebody else chose.
            DangerousEnableCompression = compresses,
            DisableServerContextTakeover = !remembers,
        });
        await using var connection = new WebSocketConnection(socket, context.User, budget, line, expires, context, remembers);
        await hub.OnConnectedAsync(connection);
        await connection.CloseAsync();
    }

    // Each message stands for itself, in both directions (RFC 7692, 7.1.1): a context kept for thousands of phones would be most of the memory. Those of a
    // satellite share one line, and are few: there a message refers to those before it, which say much of the same.
    // An offer that asks for a smaller window than everybody has is not taken.
    private static (bool Compresses, bool Remembers) AgreesToCompress(IHeaderDictionary headers, bool isAway)
    {
        var remembers = isAway && !headers.SecWebSocketExtensions.ToString().Contains("server_no_context_takeover", StringComparison.Ordinal);
        var agrees = headers.SecWebSocketExtensions.ToString().Split(',').Any(offer =>
            offer.Split(';', StringSplitOptions.TrimEntries) is ["permessage-deflate", .. var parameters]
            && parameters.All(p => p is "server_no_context_takeover" or "client_no_context_takeover" || p.StartsWith("client_max_window_bits", StringComparison.Ordinal)));
        if (agrees)
        {
            headers.SecWebSocketExtensions = "permessage-deflate; client_no_context_takeover";
        }

        return (agrees, agrees && remembers);
    }
}

/// <summary>A WebSocket as SignalR's hub handler wants its connections: the framework's pipes over the framework's socket, and who is signed in.</summary>
internal sealed class WebSocketConnection : DefaultConnectionContext, ITransferFormatFeature
{
    private const int LeastCompressed = 200;

    // A piece of text is a few words in the same frame as the piece before.
    private const int LeastRemembered = 32;
    private static readonly TimeSpan CloseTakes = TimeSpan.FromSeconds(2);
    private static readonly StreamPipeReaderOptions Reading = new(bufferSize: 1024, minimumReadSize: 256, useZeroByteReads: true, leaveOpen: true);

    private readonly WebSocket _socket;
    private readonly HttpContext _request;
    private readonly CancellationTokenSource _closed = new();
    private volatile bool _isOver;

    public WebSocketConnection(WebSocket socket, ClaimsPrincipal user, ByteBudget budget, Line line, DateTimeOffset? expires, HttpContext request, bool remembers = false)
        : base(request.Connection.Id)
    {
        (_socket, _request, User, ConnectionClosed) = (socket, request, user, _closed.Token);
        var stream = new MessageStream(socket, budget, line, remembers ? LeastRemembered : LeastCompressed);
        Transport = new Duplex(PipeReader.Create(stream, Reading), PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true)));
        Features.Set<ITransferFormatFeature>(this);
        Features.Set(line);
        if (request.Features.Get<IConnectionHeartbeatFeature>() is { } heartbeat)
        {
            // The server's own beat, about once a second: the hub's time-outs, silence and messages without an end, and the end of the sign-in.
            Features.Set(heartbeat);
            heartbeat.OnHeartbeat(static state =>
            {
                var (connection, line, until) = ((WebSocketConnection, Line, DateTimeOffset))state;
                // The heartbeat goes on as long as the HTTP connection, which outlives this WebSocket and its request by a moment.
                if (!connection._isOver && (line.IsDead || until < TimeProvider.System.GetUtcNow()))
                {
                    connection.Abort();
                }
            }, (this, line, expires ?? DateTimeOffset.MaxValue));
        }
    }

    public TransferFormat SupportedFormats => TransferFormat.Text;

    public TransferFormat ActiveFormat { get; set; } = TransferFormat.Text;

    public override void Abort(ConnectionAbortedException abortReason)
    {
        // Not on the spot: whoever aborts may hold a lock, or be in the middle of sending to a whole class.
        ThreadPool.UnsafeQueueUserWorkItem(static connection => connection.End(), this, preferLocal: false);
    }

    // It may have ended by itself meanwhile; on a thread of the pool, what is thrown would end the process. That is also why the framework's own Abort is
    // not called: it cancels on the pool what may be disposed by then.
    private void End()
    {
        try
        {
            _request.Abort();
        }
        catch (ObjectDisposedException)
        {
            // Over already.
        }

        try
        {
            _closed.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The same.
        }
    }

    public override ValueTask DisposeAsync()
    {
        _isOver = true;
        _closed.Dispose();
        return base.DisposeAsync();
    }

    /// <summary>Sends the closing frame to a browser that is still there.</summary>
    public async Task CloseAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(CloseTakes);
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
            }
        }
        catch (Exception e) when (IsGone(e))
        {
            // It is gone already.
        }
    }

    private static bool IsGone(Exception e) =>
        e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;

    /// <summary>
    /// Each write is one message: the hub writes whole ones, one at a time, and those that it encodes itself (replies) fit into one segment of
    /// the pipe, 4 KB. Small messages are not compressed: it would cost more time than
    /// it saves bytes, for every connection of a class.
    /// </summary>
    /// <param name="least">Bytes of a message that is compressed.</param>
    private sealed class MessageStream(WebSocket socket, ByteBudget budget, Line line, int least) : Stream
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

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                while (true)
                {
                    var received = await socket.ReceiveAsync(buffer, cancellationToken);
                    if (!buffer.IsEmpty && !budget.TryTake(buffer.Span[..received.Count]))
                    {
                        socket.Abort();
                        return 0;
                    }

                    if (received.Count > 0)
                    {
                        line.Read(buffer.Span[..received.Count]);
                    }

                    if (received.Count > 0 || buffer.IsEmpty || received.MessageType == WebSocketMessageType.Close)
                    {
                        return received.Count;
                    }

                    // A piece without content is no end.
                }
            }
            catch (Exception e) when (IsGone(e))
            {
                // A browser that is gone has said all it will.
                return 0;
            }
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
            {
                // The hub says goodbye to each of a thousand that lost their line; an exception for each would be what the others wait for.
                return ValueTask.CompletedTask;
            }

            var flags = buffer.Length < least
                ? WebSocketMessageFlags.EndOfMessage | WebSocketMessageFlags.DisableCompression : WebSocketMessageFlags.EndOfMessage;
            try
            {
                var sending = socket.SendAsync(buffer, WebSocketMessageType.Text, flags, cancellationToken);
                return sending.IsCompletedSuccessfully ? sending : SentAsync(sending);
            }
            catch (Exception e) when (IsGone(e))
            {
                return ValueTask.CompletedTask;
            }
        }

        // It is nobody's fault that a browser has gone; the hub learns it from its own reading.
        private static async ValueTask SentAsync(ValueTask sending)
        {
            try
            {
                await sending;
            }
            catch (Exception e) when (IsGone(e))
            {
            }
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
