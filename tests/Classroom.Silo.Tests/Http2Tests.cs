using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Classroom.Silo.Auth;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Classroom.Silo.Tests;

/// <summary>A WebSocket has an HTTP connection of its own (HTTP/1.1) or shares one with others (HTTP/2): its end and its identity are its own.</summary>
public sealed class Http2Tests : IDisposable
{
    private static readonly Guid Nowhere = Guid.CreateVersion7();
    private readonly InProcessSilo _silo = new();
    private readonly string[] _urls;

    public Http2Tests()
    {
        _silo.UseKestrel(o =>
        {
            o.ListenLocalhost(SiloProcess.FreePort(), l => l.Protocols = HttpProtocols.Http1);
            o.ListenLocalhost(SiloProcess.FreePort(), l => l.Protocols = HttpProtocols.Http2);
        });
        _silo.StartServer();
        _urls = [.. _silo.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];
    }

    [Fact]
    public async Task Two_WebSockets_over_one_http2_connection_are_two_connections_of_the_hub()
    {
        var opened = 0;
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                Interlocked.Increment(ref opened);
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var invoker = new HttpMessageInvoker(handler);
        using var one = await ConnectAsync(invoker);
        using var other = await ConnectAsync(invoker);
        (await AnswerAsync(one)).ShouldContain("no-such-classroom");
        (await AnswerAsync(other)).ShouldContain("no-such-classroom");
        await one.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default).WaitAsync(TimeSpan.FromSeconds(20));
        (await AnswerAsync(other)).ShouldContain("no-such-classroom");
        opened.ShouldBe(1, "they shared it");
    }

    [Fact]
    public async Task The_end_of_a_sign_in_ends_its_connection()
    {
        var cookie = _silo.CookieOf(Role.Teacher, Guid.CreateVersion7(), TimeSpan.FromSeconds(3));
        await using var socket = await RawSocket.OpenAsync(_urls[0], "/hubs/classroom", "Cookie: " + cookie);
        socket.IsUpgraded.ShouldBeTrue(socket.Head);
        await socket.SendTextAsync(RawSocket.Handshake);
        await socket.UntilAsync("{}");
        // The server pings meanwhile, so that reading alone would go on for ever.
        await socket.ToTheEndAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task The_end_of_a_ticket_ends_its_connection()
    {
        var ticket = _silo.Services.GetRequiredService<Tickets>().Seal(
            new Ticket(Role.Student, Nowhere, Guid.CreateVersion7(), Guid.CreateVersion7()), TimeSpan.FromSeconds(3));
        await using var socket = await RawSocket.OpenAsync(_urls[0], "/hubs/classroom?access_token=" + Uri.EscapeDataString(ticket));
        socket.IsUpgraded.ShouldBeTrue(socket.Head);
        await socket.SendTextAsync(RawSocket.Handshake);
        await socket.ToTheEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
        // A sign-in's end is kept in whole seconds: for the rest of the last one the ticket still opens.
        string head;
        do
        {
            await using var late = await RawSocket.OpenAsync(_urls[0], "/hubs/classroom?access_token=" + Uri.EscapeDataString(ticket));
            head = late.Head;
        }
        while (head.StartsWith("HTTP/1.1 101", StringComparison.Ordinal));
        head.ShouldStartWith("HTTP/1.1 401");
    }

    public void Dispose() => _silo.Dispose();

    private async Task<ClientWebSocket> ConnectAsync(HttpMessageInvoker invoker)
    {
        var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        var ticket = _silo.Services.GetRequiredService<Tickets>().Seal(new Ticket(Role.Board, Nowhere, Guid.CreateVersion7(), Guid.Empty));
        await socket.ConnectAsync(new Uri(_urls[1].Replace("http", "ws", StringComparison.Ordinal) + "/hubs/classroom?access_token=" + Uri.EscapeDataString(ticket)), invoker, default);
        await SendAsync(socket, RawSocket.Handshake);
        await UntilAsync(socket, "{}");
        return socket;
    }

    private static async Task<string> AnswerAsync(ClientWebSocket socket)
    {
        await SendAsync(socket, SocketTests.Call(1, "Sync", Nowhere, 0));
        return await UntilAsync(socket, "refusal");
    }

    private static Task SendAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, default);

    private static async Task<string> UntilAsync(ClientWebSocket socket, string part)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, patience.Token);
            var text = Encoding.UTF8.GetString(buffer, 0, received.Count);
            if (text.Contains(part, StringComparison.Ordinal) || received.MessageType == WebSocketMessageType.Close)
            {
                return text;
            }
        }
    }
}
