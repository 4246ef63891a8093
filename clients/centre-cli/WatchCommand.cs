using Google.Protobuf;
using Grpc.Core;
using Ortaq.Centre.V1;
using Spectre.Console;

namespace Classroom.Centre.Cli;

/// <summary><c>centre watch</c>: follows the feed, and comes back to it when the server was away; a wall on a corridor's screen runs for months.</summary>
public sealed class WatchCommand(Feed feed, IAnsiConsole console, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DrawEvery = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, Tile> _tiles = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private bool _isAway;

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Filter filter, Words words, bool once, bool json, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (once)
        {
            await ReadAsync(reply => reply.WhatCase != WatchSessionsReply.WhatOneofCase.CaughtUp, feed.Once(stop));
            Show(filter, words, json);
            return 0;
        }

        if (json)
        {
            await FollowAsync(reply => Print(reply, filter), json, stop);
        }
        else
        {
            await console.Live(WallView.Of([], time.GetUtcNow(), words)).StartAsync(async live =>
            {
                using var done = CancellationTokenSource.CreateLinkedTokenSource(stop);
                var drawing = DrawAsync(live, filter, words, done.Token);
                try
                {
                    await FollowAsync(_ => { }, json, stop);
                }
                finally
                {
                    await done.CancelAsync();
                    await drawing;
                }
            });
        }

        return 0;
    }

    private void Show(Filter filter, Words words, bool json)
    {
        var tiles = Filtered(filter);
        if (!json)
        {
            console.Write(WallView.Of(tiles, time.GetUtcNow(), words));
            return;
        }

        foreach (var tile in Need.Sorted(tiles))
        {
            Print(new WatchSessionsReply { Tile = tile }, filter);
        }
    }

    // Minutes pass without a message, so it is drawn by time; a terminal shows no more than that anyway.
    private async Task DrawAsync(LiveDisplayContext live, Filter filter, Words words, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(DrawEvery, time);
        try
        {
            do
            {
                live.UpdateTarget(WallView.Of(Filtered(filter), time.GetUtcNow(), words, _isAway));
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // The wall is over.
        }
    }

    private async Task FollowAsync(Action<WatchSessionsReply> seen, bool json, CancellationToken stop)
    {
        for (var wait = DrawEvery; !stop.IsCancellationRequested; wait = wait * 2 < Longest ? wait * 2 : Longest)
        {
            try
            {
                // What ended while the server was away is told by nobody: the wall begins anew.
                var fresh = new HashSet<string>(StringComparer.Ordinal);
                await ReadAsync(
                    reply =>
                    {
                        (_isAway, wait) = (false, DrawEvery);
                        Forget(reply, fresh);
                        seen(reply);
                        return true;
                    }, feed.Stream(stop));
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable && !stop.IsCancellationRequested)
            {
                if (json && !_isAway)
                {
                    // The wall shows it itself; a script reads it here.
                    await Console.Error.WriteLineAsync("The server cannot be reached or cannot answer now; this goes on when it can.");
                }

                _isAway = true;
                await Task.Delay(wait, time, stop);
            }
        }
    }

    private async Task ReadAsync(Func<WatchSessionsReply, bool> goesOn, CallOptions options)
    {
        using var call = feed.Calls.WatchSessions(new WatchSessionsRequest(), options);
        await foreach (var reply in call.ResponseStream.ReadAllAsync(options.CancellationToken))
        {
            lock (_lock)
            {
                if (reply.Tile is { } tile)
                {
                    _tiles[tile.ClassroomId] = tile;
                }
                else if (reply.WhatCase == WatchSessionsReply.WhatOneofCase.Gone)
                {
                    _tiles.Remove(reply.Gone);
                }
            }

            if (!goesOn(reply))
            {
                return;
            }
        }
    }

    private void Forget(WatchSessionsReply reply, HashSet<string> fresh)
    {
        lock (_lock)
        {
            if (reply.Tile is { } tile)
            {
                fresh.Add(tile.ClassroomId);
            }
            else if (reply.WhatCase == WatchSessionsReply.WhatOneofCase.CaughtUp)
            {
                foreach (var id in _tiles.Keys.Except(fresh).ToList())
                {
                    _tiles.Remove(id);
                }
            }
        }
    }

    private List<Tile> Filtered(Filter filter)
    {
        lock (_lock)
        {
            return [.. _tiles.Values.Where(filter.Lets)];
        }
    }

    private static void Print(WatchSessionsReply reply, Filter filter)
    {
        if (reply.Tile is null || filter.Lets(reply.Tile))
        {
            Console.WriteLine(JsonFormatter.Default.Format(reply));
        }
    }
}
