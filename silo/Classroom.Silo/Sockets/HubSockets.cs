using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Classroom.Silo.Hubs;
using Classroom.Silo.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace Classroom.Silo.Sockets;

/// <summary>
/// Takes a browser's WebSocket to the hub by the short way. A client that asked for a transport first (negotiate), speaks HTTP/2, or
/// cannot have a WebSocket at all, goes SignalR's own way: the hub behind both is the same. Asked first, of every request: what stands
/// before it would stay in memory for as long as the connection. Who is not signed in, or comes from another site, is left to what follows.
/// </summary>
public sealed class HubSockets(
    HubConnectionHandler<ClassroomHub> hub, IServiceProvider services, TimeProvider time, ILogger<HubSockets> logger) : BackgroundService
{
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan GoodbyeTakes = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan GoodbyeLook = TimeSpan.FromMilliseconds(50);
    private static readonly byte[] Goodbye = WireFrame.Of("{\"type\":7,\"allowReconnect\":true}\u001e"u8);
    private readonly ConcurrentDictionary<SocketConnection, byte> _open = new();

    public int Count => _open.Count;

    /// <returns>False when the request is not one for the short way.</returns>
    public async ValueTask<bool> TryServeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (AcceptOf(context) is not { } accept || context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade
            || await AuthenticateAsync(context) is not { Principal: { } user } signIn)
        {
            return false;
        }

        await ServeAsync(context, upgrade, accept, user, signIn.Properties?.ExpiresUtc);
        return true;
    }

    private async Task ServeAsync(
        HttpContext context, IHttpUpgradeFeature upgrade, string accept, ClaimsPrincipal user, DateTimeOffset? expires)
    {
        context.Response.Headers.SecWebSocketAccept = accept;
        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.Connection = "Upgrade";
        var deflates = OffersDeflate(context.Request.Headers.SecWebSocketExtensions);
        if (deflates)
        {
            context.Response.Headers.SecWebSocketExtensions = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";
        }

        var stream = await upgrade.UpgradeAsync();
        Forget(context);
        await using var connection = new SocketConnection(stream, user, expires, deflates, context);
        _open.TryAdd(connection, 0);
        try
        {
            await hub.OnConnectedAsync(connection);
            await connection.CloseAsync();
        }
        finally
        {
            _open.TryRemove(connection, out _);
        }
    }

    // In a scope of its own, which ends before the lesson begins: a request's services would stay for as long as its connection.
    private async Task<AuthenticateResult> AuthenticateAsync(HttpContext context)
    {
        var mine = context.Features.Get<IServiceProvidersFeature>();
        await using var scope = services.CreateAsyncScope();
        context.Features.Set<IServiceProvidersFeature>(new ServiceProvidersFeature { RequestServices = scope.ServiceProvider });
        try
        {
            return await context.AuthenticateAsync();
        }
        finally
        {
            context.Features.Set(mine);
        }
    }

    // The request stays in memory as long as its connection. Its long parts have been read: the ticket in the query, the cookie.
    private void Forget(HttpContext context)
    {
        context.RequestServices = services;
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        (request.QueryString, request.RawTarget) = ("", "");
        request.Headers.Cookie = request.Headers.Authorization = request.Headers.UserAgent = default;
        context.Features.Set<IQueryFeature>(null);
        context.Features.Set<IHttpAuthenticationFeature>(null);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(BeatEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = time.GetUtcNow();
            foreach (var connection in _open.Keys)
            {
                try
                {
                    connection.Beat(now);
                }
                catch (Exception e) when (e is not OutOfMemoryException)
                {
                    logger.LogDebug(e, "Connection {Connection} had no heartbeat", connection.ConnectionId);
                }
            }
        }
    }

    /// <summary>The last word is that the hub may be reached again; the browser closes and comes back to whoever answers then.</summary>
    public async Task CloseAllAsync()
    {
        await Task.WhenAll(_open.Keys.Select(async connection =>
        {
            connection.TryWrite(Goodbye);
            await connection.CloseAsync();
        }));
        for (var waited = TimeSpan.Zero; waited < GoodbyeTakes && !_open.IsEmpty; waited += GoodbyeLook)
        {
            await Task.Delay(GoodbyeLook, time);
        }

        foreach (var connection in _open.Keys)
        {
            connection.Abort();
        }
    }

    // An offer that asks for a smaller window than everybody has is not taken: a message is compressed once, for all.
    private static bool OffersDeflate(string? extensions) => extensions?.Split(',').Any(offer =>
        offer.Split(';', StringSplitOptions.TrimEntries) is ["permessage-deflate", .. var parameters]
        && parameters.All(p => p is "server_no_context_takeover" or "client_no_context_takeover" || p.StartsWith("client_max_window_bits", StringComparison.Ordinal))) == true;

    // RFC 6455, 4.2.2: the key with a fixed text behind it, hashed, proves that the server speaks WebSocket.
    private static string? AcceptOf(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) || request.Path != HubSetup.Path || Headers.IsForeign(request) || request.QueryString.Value?.Contains("?id=", StringComparison.Ordinal) == true
            || request.QueryString.Value?.Contains("&id=", StringComparison.Ordinal) == true
            || !string.Equals(request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase)
            || request.Headers.SecWebSocketVersion != "13" || request.Headers.SecWebSocketKey is not [{ Length: 24 } key])
        {
            return null;
        }

#pragma warning disable CA5350 // The protocol prescribes SHA-1; nothing is kept secret by it.
        return Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
    }
}

public static class HubSocketsSetup
{
    public static void AddOrtaqSockets(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<HubSockets>();
        // A building's power comes back, and a thousand phones knock in one moment: who finds the door's queue full waits a second to knock again.
        builder.WebHost.UseSockets(o =>
        {
            o.Backlog = 4096;
            // A frame goes to the system where it is written, without waking another thread for it. What then follows a read runs on
            // the thread pool all the same, so that a call which waits for SQLite holds up no other socket.
            o.UnsafePreferInlineScheduling = true;
        });
        builder.Services.AddHostedService(s => s.GetRequiredService<HubSockets>());
    }

    public static void UseOrtaqSockets(this WebApplication app)
    {
        var sockets = app.Services.GetRequiredService<HubSockets>();
        app.Use(async (context, next) =>
        {
            if (!await sockets.TryServeAsync(context))
            {
                await next(context);
            }
        });
    }
}
