using Classroom.Tutor;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace Classroom.Grains;

/// <summary>How text leaves for the screens.</summary>
public sealed class TellingOptions
{
    /// <summary>At most one frame of a variant in this time. A child does not see the steps; each frame costs every phone about 100 bytes.</summary>
    public TimeSpan FrameEvery { get; set; } = TimeSpan.FromMilliseconds(75);
}

/// <summary>Variants being told in this process just now, for one that is about to stop.</summary>
public sealed class TellingsUnderWay
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    internal void Begin() => Interlocked.Increment(ref _count);

    internal void End() => Interlocked.Decrement(ref _count);
}

/// <summary>
/// One explanation being told: its variants side by side, text to the observers, the end to the classroom. Stores nothing itself.
/// Reentrant, so that reading along never waits for telling.
/// </summary>
[Reentrant]
public sealed class ExplanationGrain(
    ITutor tutor, TimeProvider time, ILogger<ExplanationGrain> logger, TellingOptions? options = null, TellingsUnderWay? underWay = null)
    : Grain, IExplanationGrain, IDisposable
{
    private readonly ObserverManager<IClassroomObserver> _observers = Leases.Of<IClassroomObserver>(TimeSpan.FromHours(1), time, logger);
    private readonly Dictionary<string, Telling> _tellings = new(StringComparer.Ordinal);
    private readonly TimeSpan _frameEvery = (options ?? new()).FrameEvery;
    private CancellationTokenSource _stop = new();
    private bool _preview;
    private int _unreported;

    public Task Start(ExplanationTask task, ImmutableArray<IClassroomObserver> observers)
    {
        foreach (var observer in observers)
        {
            _observers.Subscribe(observer, observer);
        }

        _preview = task.Order.Preview;
        if (_stop.IsCancellationRequested)
        {
            _stop.Dispose();
            _stop = new();
        }

        // The activation lives as long as there is something to tell.
        DelayDeactivation(TimeSpan.FromHours(1));
        foreach (var variant in task.Order.Variants)
        {
            if (_tellings.TryGetValue(variant.ToString(), out var told) && !told.IsDone)
            {
                continue;
            }

            var start = task.Starts.FirstOrDefault(s => s.Variant == variant.ToString());
            var telling = new Telling(task, variant, start, time, _frameEvery, frame =>
            {
                var seen = frame with { Preview = _preview };
                return _observers.Notify(o => o.Text(seen));
            });
            _tellings[variant.ToString()] = telling;
            _unreported++;
            _ = TellAsync(telling, task.Order, _stop.Token);
        }

        return Task.CompletedTask;
    }

    /// <summary>Screens learn of the release from the lesson and ask for what was told so far; what comes now goes to all.</summary>
    public Task Release()
    {
        _preview = false;
        return Task.CompletedTask;
    }

    public Task Stop() => _stop.CancelAsync();

    public void Dispose() => _stop.Dispose();

    public Task Attach(IClassroomObserver observer)
    {
        _observers.Subscribe(observer, observer);
        return Task.CompletedTask;
    }

    public async Task<TextSlice> Read(Guid classroomId, string variant, int offset, bool isTeacher)
    {
        if (_preview && !isTeacher)
        {
            return new TextSlice(0, "", []);
        }

        if (_tellings.TryGetValue(variant, out var telling))
        {
            return telling.From(offset);
        }

        var stored = await GrainFactory.GetGrain<IClassroomGrain>(classroomId).StoredText(this.GetPrimaryKey(), variant, offset, isTeacher);
        return stored ?? new TextSlice(0, "", []);
    }

    private async Task TellAsync(Telling telling, ExplanationOrder order, CancellationToken stop)
    {
        underWay?.Begin();
        Command outcome;
        try
        {
            outcome = await telling.RunAsync(tutor, logger, stop);
        }
        finally
        {
            underWay?.End();
        }

        var classroom = GrainFactory.GetGrain<IClassroomGrain>(order.ClassroomId);
        await Reports.SendAsync(classroom, outcome, time, logger);
        await Reports.SendIncidentsAsync(classroom, telling.Call, time, logger);
        if (--_unreported == 0)
        {
            DelayDeactivation(TimeSpan.FromMinutes(1));
        }
    }
}
