using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Utilities;

namespace Classroom.Grains;

/// <summary>A mentors' wall: the last tile of every session of a centre, in memory. Passed on at most twice a second.</summary>
public sealed class CentreGrain(TimeProvider time, ILogger<CentreGrain> logger) : Grain, ICentreGrain
{
    private static readonly TimeSpan PassEvery = TimeSpan.FromMilliseconds(500);
    private readonly ObserverManager<ICentreObserver> _observers = ObserverLeases.Of<ICentreObserver>(TimeSpan.FromSeconds(90), time, logger);
    private readonly Dictionary<Guid, Tile> _tiles = [];
    private readonly HashSet<Guid> _changed = [];
    private IGrainTimer? _timer;

    public Task Report(Tile tile)
    {
        _tiles[tile.ClassroomId] = tile;
        _changed.Add(tile.ClassroomId);
        _timer ??= this.RegisterGrainTimer(
            static (self, _) => self.PassAsync(), this, new GrainTimerCreationOptions { DueTime = TimeSpan.Zero, Period = PassEvery });
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<Tile>> Watch(ICentreObserver observer)
    {
        _observers.Subscribe(observer, observer);
        return Task.FromResult<ImmutableArray<Tile>>([.. _tiles.Values.Where(t => t.Phase != LessonPhase.Ended)]);
    }

    public Task<bool> Holds(Guid classroomId) => Task.FromResult(_tiles.ContainsKey(classroomId));

    private async Task PassAsync()
    {
        if (_changed.Count == 0)
        {
            return;
        }

        ImmutableArray<Tile> tiles = [.. _changed.Select(id => _tiles[id])];
        _changed.Clear();
        foreach (var ended in tiles.Where(t => t.Phase == LessonPhase.Ended))
        {
            _tiles.Remove(ended.ClassroomId);
        }

        await _observers.Notify(o => o.Tiles(this.GetPrimaryKey(), tiles));
    }
}
