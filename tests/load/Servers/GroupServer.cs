using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Classroom.Load;

/// <summary>What one would write first: a plain SignalR hub with a group a lesson, and each token sent to its group by itself.</summary>
public static class GroupServer
{
    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSignalR();
        builder.WebHost.UseSockets(o => o.Backlog = 4096);
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapHub<PlainHub>("/hub");
        await app.StartAsync();
        ServerLines.Say(new { port = new Uri(app.Urls.First()).Port });
        var hub = app.Services.GetRequiredService<IHubContext<PlainHub>>();
        Metronome? metronome = null;
        await ServerLines.ServeAsync(async words =>
        {
            switch (words[0])
            {
                case "setup":
                    var (count, size) = (int.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[2], CultureInfo.InvariantCulture));
                    metronome = new Metronome(count);
                    for (var i = 0; i < count; i++)
                    {
                        _ = SendAsync(metronome, i, hub);
                    }

                    return new
                    {
                        paths = Enumerable.Repeat("/hub", count * size),
                        lessons = Enumerable.Range(0, count * size).Select(i => (i / size).ToString(CultureInfo.InvariantCulture)),
                    };
                case "run":
                    await Task.Factory.StartNew(
                        () => metronome!.Run(double.Parse(words[1], CultureInfo.InvariantCulture), double.Parse(words[2], CultureInfo.InvariantCulture)),
                        TaskCreationOptions.LongRunning);
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

    private static async Task SendAsync(Metronome metronome, int lesson, IHubContext<PlainHub> hub)
    {
        var (group, offset) = (lesson.ToString(CultureInfo.InvariantCulture), 0);
        await foreach (var due in metronome.Of(lesson).ReadAllAsync())
        {
            var token = StampedTutor.Piece(due);
            await hub.Clients.Group(group).SendAsync("Text", group, "kk-simple", offset, token);
            offset += token.Length;
        }
    }

    public sealed class PlainHub : Hub
    {
        public async Task Sync(string lesson, long seq)
        {
            await Groups.AddToGroupAsync(Context.ConnectionId, lesson);
            await Clients.Caller.SendAsync("Snapshot", seq);
        }
    }
}
