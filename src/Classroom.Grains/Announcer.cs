using Microsoft.Extensions.Logging;
using Orleans;

namespace Classroom.Grains;

/// <summary>
/// The processes that observe a grain, each with a line of its own: what is announced leaves in order, one batch at a time, and the next when
/// the one before was taken; what is announced meanwhile leaves together. Announcing waits for nobody. An observer stays subscribed for the
/// lease, which runs by the time that has passed, not by the time of day: a clock that is set makes nobody expire.
/// Runs on its grain's scheduler.
/// </summary>
internal sealed class Announcer<TObserver, T>(TimeSpan lease, TimeProvider time, ILogger logger, Func<TObserver, ImmutableArray<T>, Task> send)
    where TObserver : IGrainObserver
    where T : class
{
    // Who takes nothing for so long starts again from a snapshot: it sees the gap.
    private const int MaxWaiting = 1024;
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);
    private readonly Dictionary<TObserver, Line> _lines = [];

    /// <summary>What two in a row are together, or null.</summary>
    public Func<T, T, T?> Join { get; init; } = static (_, _) => null;

    public ImmutableArray<TObserver> Observers => [.. _lines.Where(l => l.Value.IsLeased).Select(l => l.Key)];

    /// <summary>Completes when all that was announced was taken, by those who take anything.</summary>
    public Task Idle => Task.WhenAll(_lines.Values.Select(l => l.Sending));

    public void Subscribe(TObserver observer)
    {
        if (!_lines.TryGetValue(observer, out var line))
        {
            _lines[observer] = line = new Line(this, observer);
        }

        line.Renew();
    }

    public void Unsubscribe(TObserver observer)
    {
        if (_lines.Remove(observer, out var line))
        {
            line.End();
        }
    }

    public void Announce(T what)
    {
        List<TObserver>? gone = null;
        foreach (var (observer, line) in _lines)
        {
            if (line.IsLeased)
            {
                line.Add(what);
            }
            else
            {
                (gone ??= []).Add(observer);
            }
        }

        gone?.ForEach(Unsubscribe);
    }

    /// <summary>To one of them, in its line.</summary>
    public void Announce(TObserver observer, T what)
    {
        if (_lines.TryGetValue(observer, out var line))
        {
            line.Add(what);
        }
    }

    private sealed class Line(Announcer<TObserver, T> all, TObserver observer)
    {
        private readonly List<T> _waiting = [];
        private readonly Origins _origins = new();
        private long _renewedAt;
        private bool _isOver;

        public Task Sending { get; private set; } = Task.CompletedTask;

        public bool IsLeased => !_isOver && all.Time.GetElapsedTime(_renewedAt) < all.Lease;

        public void Renew() => _renewedAt = all.Time.GetTimestamp();

        public void End()
        {
            _isOver = true;
            _waiting.Clear();
        }

        public void Add(T what)
        {
            if (_waiting.Count > 0 && all.Join(_waiting[^1], what) is { } joined)
            {
                _waiting[^1] = joined;
            }
            else
            {
                if (_waiting.Count == MaxWaiting)
                {
                    _waiting.Clear();
                }

                _waiting.Add(what);
            }

            _origins.Note();
            if (Sending.IsCompleted)
            {
                Sending = SendAsync();
            }
        }

        private async Task SendAsync()
        {
            var failed = false;
            // All that is announced in one turn leaves together.
            await Task.Yield();
            Origins.Leave();
            while (_waiting.Count > 0 && IsLeased)
            {
                ImmutableArray<T> batch = [.. _waiting];
                _waiting.Clear();
                using var span = _origins.Begin("announce");
                try
                {
                    await all.Send(observer, batch);
                    failed = false;
                }
                catch (Exception e) when (e is not OutOfMemoryException)
                {
                    all.Logger.Log(failed ? LogLevel.Debug : LogLevel.Information, e, "{Observer} took nothing; it is tried again while it is subscribed", observer);
                    failed = true;
                    _waiting.InsertRange(0, batch);
                    await Task.Delay(Again, all.Time);
                }
            }
        }
    }

    private TimeSpan Lease => lease;

    private TimeProvider Time => time;

    private ILogger Logger => logger;

    private Func<TObserver, ImmutableArray<T>, Task> Send => send;
}
