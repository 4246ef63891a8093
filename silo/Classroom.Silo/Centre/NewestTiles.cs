using Ortaq.Centre.V1;
using Tile = Ortaq.Centre.V1.Tile;

namespace Classroom.Silo.Centre;

/// <summary>
/// What one stream still has to be sent: of each session the newest state only, and each at most once a second. So a slow reader costs one
/// tile a session and no more, and never sees an old state after a newer one. Thread-safe; one reader.
/// </summary>
internal sealed class NewestTiles(TimeProvider time)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();

    // Waiting to be sent; null: it is gone.
    private readonly Dictionary<string, Tile?> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Tile? Tile, long At)> _sent = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A session's newest state. A rehearsal is no session: nobody who counts them should meet one.</summary>
    public void Put(IEnumerable<Classroom.Lessons.Tile> tiles)
    {
        lock (_lock)
        {
            foreach (var tile in tiles.Where(t => t.Rehearsal is not true))
            {
                Put(tile.ClassroomId.ToString(), tile.Phase == LessonPhase.Ended ? null : Messages.Of(tile));
            }

            Tell();
        }
    }

    /// <summary>All that is on. What else was shown is gone: its end was lost on the way.</summary>
    public void PutAll(IReadOnlyCollection<Classroom.Lessons.Tile> tiles)
    {
        Put(tiles);
        var on = tiles.Select(t => t.ClassroomId.ToString()).ToHashSet(StringComparer.Ordinal);
        lock (_lock)
        {
            foreach (var id in _waiting.Keys.Union(_sent.Where(s => s.Value.Tile is not null).Select(s => s.Key)).Except(on).ToList())
            {
                Put(id, null);
            }

            Tell();
        }
    }

    /// <summary>What may be sent now; it counts as sent.</summary>
    public IReadOnlyList<WatchSessionsReply> Take()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var due = _waiting.Where(w => RestOf(w.Key, now) <= TimeSpan.Zero).ToList();
            foreach (var (id, tile) in due)
            {
                _waiting.Remove(id);
                _sent[id] = (tile, now);
            }

            // Who is gone is remembered for its second, in case it comes back.
            foreach (var id in _sent.Where(s => s.Value.Tile is null && RestOf(s.Key, now) <= TimeSpan.Zero).Select(s => s.Key).ToList())
            {
                _sent.Remove(id);
            }

            return [.. due.Select(d => d.Value is { } tile ? new WatchSessionsReply { Tile = tile } : new WatchSessionsReply { Gone = d.Key })];
        }
    }

    /// <summary>Completes when there is something that may be sent.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan? rest;
            Task changed;
            lock (_lock)
            {
                var now = time.GetTimestamp();
                rest = _waiting.Count == 0 ? null : _waiting.Keys.Min(id => RestOf(id, now));
                changed = _changed.Task;
            }

            if (rest <= TimeSpan.Zero)
            {
                return;
            }

            await (rest is { } delay ? Task.WhenAny(changed, Task.Delay(delay, time, cancellationToken)) : changed.WaitAsync(cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private TimeSpan RestOf(string id, long now) =>
        _sent.TryGetValue(id, out var sent) ? Every - time.GetElapsedTime(sent.At, now) : TimeSpan.Zero;

    // What the reader has already is not sent again: a live tile is renewed even when nothing happens.
    private void Put(string id, Tile? tile)
    {
        if (Equals(_sent.GetValueOrDefault(id).Tile, tile))
        {
            _waiting.Remove(id);
        }
        else
        {
            _waiting[id] = tile;
        }
    }

    private void Tell()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
