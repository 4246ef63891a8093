using System.Collections.Concurrent;
using Classroom.Silo.Hosting;
using Microsoft.AspNetCore.SignalR;

namespace Classroom.Silo.Auth;

/// <summary>
/// Closes the open connections of sessions that are good no longer. Once a second this silo asks for all of its signed-in connections in one query, so a
/// change at any silo, or from the command line, is seen everywhere within two seconds; while the database is away nobody is shut out.
/// </summary>
public sealed class SessionWatch(Sessions sessions, TimeProvider time, ILogger<SessionWatch> logger) : BackgroundService, IHubFilter
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan PruneEvery = TimeSpan.FromMinutes(1);

    // A statement has only so many parameters.
    private const int AtOnce = 500;
    private readonly ConcurrentDictionary<string, (SessionKey Session, HubCallerContext Connection)> _open = new(StringComparer.Ordinal);

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        if (SessionKey.Of(context.Context.User) is { } session)
        {
            _open[context.Context.ConnectionId] = (session, context.Context);
        }

        return next(context);
    }

    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        _open.TryRemove(context.Context.ConnectionId, out _);
        return next(context, exception);
    }

    /// <summary>Looks at all connections now.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var part in _open.Values.Select(o => o.Session).Distinct().Chunk(AtOnce))
        {
            var good = await sessions.GoodAsync(part, cancellationToken);
            var over = part.Where(s => !good.Contains(s)).ToHashSet();
            foreach (var (session, connection) in _open.Values.Where(o => over.Contains(o.Session)))
            {
                logger.LogInformation("The session of account {Account} is over: its connection is closed", session.Account);
                connection.Abort();
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        var pruned = time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
                if (time.GetElapsedTime(pruned) >= PruneEvery)
                {
                    (pruned, _) = (time.GetTimestamp(), await sessions.GoodAsync([], stoppingToken));
                    sessions.Prune();
                }
            }
            catch (Exception e) when (Passing.WillPass(e) && !stoppingToken.IsCancellationRequested)
            {
                // Asked again in a second; that the database is away is said elsewhere.
                logger.LogDebug(e, "Sessions were not looked at");
            }
        }
    }
}
