using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;

namespace Classroom.Silo.Realtime;

/// <summary>Every connection of this process with its own outbound queue.</summary>
public sealed class Connections(Audiences audiences, ILogger<Connections> logger)
{
    private static readonly TimeSpan GoodbyeTakes = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan GoodbyeLook = TimeSpan.FromMilliseconds(20);
    private readonly ConcurrentDictionary<string, ClientConnection> _all = new(StringComparer.Ordinal);

    public int Count => _all.Count;

    public ClientConnection Of(string connectionId) =>
        _all.TryGetValue(connectionId, out var connection) ? connection : throw new HubException("The connection is gone.");

    public ClientConnection? TryFind(string connectionId) => _all.GetValueOrDefault(connectionId);

    public ClientConnection? TryTake(string connectionId) => _all.TryRemove(connectionId, out var connection) ? connection : null;

    public void Add(HubConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _all[connection.ConnectionId] = new ClientConnection(connection, audiences.CatchUpAsync, logger);
    }

    /// <summary>Tells every browser that it may come back; who takes no more, or does not leave, is cut off.</summary>
    public async Task CloseAllAsync(TimeProvider time)
    {
        using var patience = new CancellationTokenSource(GoodbyeTakes, time);
        await Task.WhenAll(_all.Values.Select(c => c.SayGoodbyeAsync(patience.Token).AsTask()))
            .WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!_all.IsEmpty && !patience.IsCancellationRequested)
        {
            await Task.Delay(GoodbyeLook, time);
        }

        foreach (var connection in _all.Values)
        {
            connection.Abort();
        }
    }
}

/// <summary>SignalR's own lifetime manager, which also keeps each connection with its queue. Groups are not used for sending.</summary>
public sealed class ConnectionLifetimeManager(Connections connections, ILogger<DefaultHubLifetimeManager<ClassroomHub>> logger)
    : DefaultHubLifetimeManager<ClassroomHub>(logger)
{
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        connections.Add(connection);
        return base.OnConnectedAsync(connection);
    }
}
