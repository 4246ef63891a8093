using System.Collections.Concurrent;

namespace Classroom.Silo.Centre;

/// <summary>
/// This process's observer of every centre that somebody watches over gRPC, one for all streams. A renewal brings all tiles: it keeps the
/// subscription, finds a centre that moved to another silo, and heals what was lost on the way.
/// </summary>
internal sealed class CentreWalls(IGrainFactory grains, TimeProvider time, ILogger<CentreWalls> logger) : BackgroundService, ICentreObserver
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<Guid, ImmutableArray<NewestTiles>> _walls = new();
    private readonly Lock _lock = new();
    private ICentreObserver? _reference;

    // Exactly one; the strong reference keeps it.
    private ICentreObserver Reference
    {
        get
        {
            lock (_lock)
            {
                return _reference ??= grains.CreateObjectReference<ICentreObserver>(this);
            }
        }
    }

    /// <summary>From here on the stream is told what changes; what is on is in it when this returns.</summary>
    public async Task<NewestTiles> WatchAsync(Guid centreId, CancellationToken cancellationToken)
    {
        var stream = new NewestTiles(time);
        _walls.AddOrUpdate(centreId, _ => [stream], (_, all) => all.Add(stream));
        try
        {
            stream.Put(await AllAsync(centreId).WaitAsync(cancellationToken));
            return stream;
        }
        catch
        {
            Leave(centreId, stream);
            throw;
        }
    }

    public void Leave(Guid centreId, NewestTiles stream) => _walls.AddOrUpdate(centreId, _ => [], (_, all) => all.Remove(stream));

    public Task Tiles(Guid centreId, ImmutableArray<Tile> tiles)
    {
        foreach (var stream in _walls.GetValueOrDefault(centreId, []))
        {
            stream.Put(tiles);
        }

        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RenewEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Task.WhenAll(_walls.Where(w => !w.Value.IsEmpty).Select(w => RenewAsync(w.Key)));
        }
    }

    private Task<ImmutableArray<Tile>> AllAsync(Guid centreId) => grains.GetGrain<ICentreGrain>(centreId).Watch(Reference);

    // What is thrown out of the loop ends the whole process: a centre that cannot be reached is tried again.
    private async Task RenewAsync(Guid centreId)
    {
        try
        {
            var all = await AllAsync(centreId);
            foreach (var stream in _walls.GetValueOrDefault(centreId, []))
            {
                stream.PutAll(all);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.LogWarning(e, "Centre {Centre} was not renewed; next try in {Seconds} s", centreId, RenewEvery.TotalSeconds);
        }
    }
}
