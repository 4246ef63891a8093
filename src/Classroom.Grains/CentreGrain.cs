using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Classroom.Grains;

/// <summary>A mentors' wall: the last tile of every session of a centre, in memory. Passed on at most twice a second.</summary>
public sealed class CentreGrain(TimeProvider time, ILogger<CentreGrain> logger) : Grain, ICentreGrain
{
    private static readonly TimeSpan PassEvery = TimeSpan.FromMilliseconds(500);
    private Announcer<ICentreObserver, Tile> _observers = null!;
    // A lesson that nobody began, or ended, is off the wall a day later.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    private readonly Dictionary<Guid, (Tile Tile, long At)> _tiles = [];
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
        _tiles[tile.ClassroomId] = (tile, time.GetTimestamp());
        _changed.Add(tile.ClassroomId);
        _timer ??= this.RegisterGrainTimer(
            static (self, _) => self.PassOn(), this, new GrainTimerCreationOptions { DueTime = TimeSpan.Zero, Period = PassEvery });
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<Tile>> Watch(ICentreObserver observer)
    {
        _observers.Subscribe(observer);
        foreach (var old in _tiles.Where(t => time.GetElapsedTime(t.Value.At) > Kept).Select(t => t.Key).ToList())
        {
            _tiles.Remove(old);
        }

        return Task.FromResult<ImmutableArray<Tile>>([.. _tiles.Values.Select(t => t.Tile).Where(t => t.Phase != LessonPhase.Ended)]);
    }

    public Task<bool> Holds(Guid classroomId) => Task.FromResult(_tiles.ContainsKey(classroomId));

    private Task PassOn()
    {
        foreach (var tile in _changed.Where(_tiles.ContainsKey).Select(id => _tiles[id].Tile).ToList())
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
