using Classroom.Grains;
using Classroom.Silo.Broadcast;
using Classroom.Silo.Hubs;
using Classroom.Silo.Sockets;
using Classroom.Storage;

namespace Classroom.Silo.Hosting;

/// <summary>
/// A stop that was asked for (SIGTERM): new calls are refused, those under way are finished and answered, what remains is written down, and
/// browsers are told to come back to whoever answers next. All of it before anything else stops, and within seconds.
/// </summary>
public sealed class Drain(
    HubGuard guard, HubSockets sockets, Screens screens, Broadcaster broadcaster, TellingsUnderWay tellings, IFactLog log,
    IHostApplicationLifetime life, TimeProvider time, ILogger<Drain> logger) : IHostedService
{
    private static readonly TimeSpan CallsTake = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    // An answer is counted as given when the hub has it; this is for its way into the network.
    private static readonly TimeSpan AnswersTake = TimeSpan.FromMilliseconds(100);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // What is registered last is called first, and waited for: SignalR would cut its own connections at once.
        life.ApplicationStopping.Register(() => FinishAsync().GetAwaiter().GetResult());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task FinishAsync()
    {
        Say("Stopping");
        var began = time.GetTimestamp();
        while (guard.UnderWay > 0 && time.GetElapsedTime(began) < CallsTake)
        {
            await Task.Delay(Look, time);
        }

        await Task.Delay(AnswersTake, time);
        await screens.SayGoodbyeAsync();
        await sockets.CloseAllAsync();
        Say("Drained");
    }

    private void Say(string what) => logger.LogInformation(
        "{What}: {Connections} connections, {Screens} screens, {InRooms} in rooms, {Calls} calls under way, {Tellings} explanations under way, {Appends} appends waiting",
        what, sockets.Count, screens.Count, broadcaster.Connections, guard.UnderWay, tellings.Count, log.Waiting);
}
