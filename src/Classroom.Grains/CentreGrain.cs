using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Classroom.Grains;

/// <summary>A mentors' wall: the last tile of every session of a centre, in memory. Passed on at most twice a second.</summary>
public sealed class CentreGrain(TimeProvider time, ILogger<CentreGrain> logger) : Grain, ICentreGrain
{
    private static readonly TimeSpan PassEvery = TimeSpan.FromMilliseconds(500);
    private Announcer<ICentreObserver, Tile> _observers = null!;
    private readonly Dictionary<Guid, Tile> _tiles = [];
    private readonly HashSet<Guid> _changed = [];
    private IGrainTimer? _timer;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var centreId = this.GetPrimaryKey();
        _observers = new(TimeSpan.FromSeconds(90), time, logger, (observer, tiles) => observer.Tiles(centreId, tiles));
        return Task.CompletedTask;
    }

    public Task Report(Tile tile)
    {
        _tiles[tile.ClassroomId] = tile;
        _changed.Add(tile.ClassroomId);
        _timer ??= this.RegisterGrainTimer(
            static (self, _) => self.PassOn(), this, new GrainTimerCreationOptions { DueTime = TimeSpan.Zero, Period = PassEvery });
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<Tile>> Watch(ICentreObserver observer)
    {
        _observers.Subscribe(observer);
        return Task.FromResult<ImmutableArray<Tile>>([.. _tiles.Values.Where(t => t.Phase != LessonPhase.Ended)]);
    }

    public Task<bool> Holds(Guid classroomId) => Task.FromResult(_tiles.ContainsKey(classroomId));

    private Task PassOn()
    {
        foreach (var tile in _changed.Select(id => _tiles[id]))
        {
            _observers.Announce(tile);
            if (tile.Phase == LessonPhase.Ended)
            {
                _tiles.Remove(tile.ClassroomId);
            }
        }

        _changed.Clear();
        return Task.CompletedTask;
    }
}
