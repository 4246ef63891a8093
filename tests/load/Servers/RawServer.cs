using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Classroom.Load;

/// <summary>The baseline: Kestrel's own WebSockets and nothing else. A frame is encoded once for its lesson and sent to each socket.</summary>
public static class RawServer
{
    private static readonly int FrameBytes = int.Parse(Environment.GetEnvironmentVariable("LOAD_PIECE") ?? "106");
    private static readonly bool Awaits = Environment.GetEnvironmentVariable("LOAD_AWAIT") is not null;

    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSockets(o =>
        {
            o.Backlog = 4096;
            SmallWindows.Set(o);
        });
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.UseWebSockets();
        var (lessons, size) = (Array.Empty<List<RawPeer>>(), 0);
        app.Map("/ws/{lesson:int}", async (int lesson, HttpContext context) =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var peer = new RawPeer(socket);
            peer.Send("hello"u8.ToArray());
            lock (lessons[lesson])
            {
                lessons[lesson].Add(peer);
            }

            await peer.ReadToEndAsync();
            lock (lessons[lesson])
            {
                lessons[lesson].Remove(peer);
            }
        });
        await app.StartAsync();
        ServerLines.Say(new { port = new Uri(app.Urls.First()).Port });
        Metronome? metronome = null;
        await ServerLines.ServeAsync(async words =>
        {
            switch (words[0])
            {
                case "setup":
                    (var count, size) = (int.Parse(words[1]), int.Parse(words[2]));
                    lessons = [.. Enumerable.Range(0, count).Select(_ => new List<RawPeer>(size))];
                    metronome = new Metronome(count);
                    for (var i = 0; i < count; i++)
                    {
                        _ = TellAsync(metronome, i, lessons[i]);
                    }

                    return new { paths = Enumerable.Range(0, count * size).Select(i => $"/ws/{i / size}") };
                case "run":
                    await Task.Factory.StartNew(
                        () => metronome!.Run(double.Parse(words[1]), double.Parse(words[2])), TaskCreationOptions.LongRunning);
                    return new { given = metronome!.Given };
                case "collect":
                    GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                    return new { };
                default:
                    return new { };
            }
        });
        await app.StopAsync(new CancellationToken(true));
    }

    private static async Task TellAsync(Metronome metronome, int lesson, List<RawPeer> peers)
    {
        await foreach (var due in metronome.Of(lesson).ReadAllAsync())
        {
            var frame = Encoding.ASCII.GetBytes(Clock.Stamp(due).PadRight(FrameBytes - 2, 'x'));
            RawPeer[] now;
            lock (peers)
            {
                now = [.. peers];
            }

            foreach (var peer in now)
            {
                if (Awaits)
                {
                    await peer.SendAsync(frame);
                }
                else
                {
                    peer.Send(frame);
                }
            }
        }
    }
}

/// <summary>One raw socket: sends at once when the last send is done, else behind it.</summary>
public sealed class RawPeer(WebSocket socket)
{
    private readonly Queue<byte[]> _waiting = new();
    private bool _sending;

    public void Send(byte[] frame)
    {
        lock (_waiting)
        {
            if (_sending)
            {
                _waiting.Enqueue(frame);
                return;
            }

            var sent = socket.SendAsync(frame.AsMemory(), WebSocketMessageType.Text, true, default);
            if (!sent.IsCompletedSuccessfully)
            {
                _sending = true;
                _ = DrainAsync(sent);
            }
        }
    }

    /// <summary>What many write first: the next browser waits for this one.</summary>
    public async Task SendAsync(byte[] frame)
    {
        try
        {
            await socket.SendAsync(frame.AsMemory(), WebSocketMessageType.Text, true, default);
        }
        catch (WebSocketException)
        {
            // Gone.
        }
    }

    public async Task ReadToEndAsync()
    {
        var buffer = new byte[128];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), default)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // Gone.
        }
    }

    private async Task DrainAsync(ValueTask sent)
    {
        try
        {
            while (true)
            {
                await sent;
                lock (_waiting)
                {
                    if (!_waiting.TryDequeue(out var next))
                    {
                        _sending = false;
                        return;
                    }

                    sent = socket.SendAsync(next.AsMemory(), WebSocketMessageType.Text, true, default);
                }
            }
        }
        catch (WebSocketException)
        {
            // Gone; nothing more is sent to it.
        }
    }
}
