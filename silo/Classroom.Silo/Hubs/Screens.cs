using System.Collections.Concurrent;
using Classroom.Silo.Broadcast;
using Microsoft.AspNetCore.SignalR;

namespace Classroom.Silo.Hubs;

/// <summary>Every connection of this process as a screen with its own outbound queue.</summary>
public sealed class Screens(Broadcaster broadcaster, ILogger<Screens> logger)
{
    private readonly ConcurrentDictionary<string, Screen> _screens = new(StringComparer.Ordinal);

    public Screen Of(string connectionId) =>
        _screens.TryGetValue(connectionId, out var screen) ? screen : throw new InvalidOperationException("The connection is gone.");

    public int Count => _screens.Count;

    /// <summary>Tells those who need it that they may come back; who takes no more is not waited for.</summary>
    public async Task SayGoodbyeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await Task.WhenAll(_screens.Values.Select(s => s.SayGoodbyeAsync(patience.Token))).WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Screen? TryTake(string connectionId) => _screens.TryRemove(connectionId, out var screen) ? screen : null;

    public void Add(HubConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _screens[connection.ConnectionId] = new Screen(connection, broadcaster.CatchUpAsync, logger);
    }
}

/// <summary>SignalR's own lifetime manager, which also makes a screen of each connection. Groups are not used for sending.</summary>
public sealed class ScreenLifetimeManager(Screens screens, ILogger<DefaultHubLifetimeManager<ClassroomHub>> logger)
    : DefaultHubLifetimeManager<ClassroomHub>(logger)
{
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        screens.Add(connection);
        return base.OnConnectedAsync(connection);
    }
}
