using Classroom.Tutor;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace Classroom.Grains;

/// <summary>
/// One explanation being told: its variants side by side, text to the observers, the end to the classroom. Stores nothing itself.
/// Reentrant, so that reading along never waits for telling.
/// </summary>
[Reentrant]
public sealed class ExplanationGrain(ITutor tutor, TimeProvider time, ILogger<ExplanationGrain> logger) : Grain, IExplanationGrain, IDisposable
{
    private readonly ObserverManager<IClassroomObserver> _observers = new(TimeSpan.FromHours(1), logger);
    private readonly Dictionary<string, Telling> _tellings = new(StringComparer.Ordinal);
    private CancellationTokenSource _stop = new();
    private bool _preview;

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
            var telling = new Telling(task, variant, start, time, frame =>
            {
                var seen = frame with { Preview = _preview };
                return _observers.Notify(o => o.Text(seen));
            });
            _tellings[variant.ToString()] = telling;
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
        var outcome = await telling.RunAsync(tutor, stop);
        var classroom = GrainFactory.GetGrain<IClassroomGrain>(order.ClassroomId);
        // One command id for every try, so that a lost answer never doubles the fact.
        var envelope = new Envelope(Guid.CreateVersion7(), Actor.System, outcome);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var reply = await classroom.Execute(envelope, CancellationToken.None);
                if (reply.Refusal?.Code is not ("try-again" or "not-saved") || attempt > 30)
                {
                    break;
                }
            }
            catch (Exception e) when (attempt <= 30 && e is TimeoutException or InvalidOperationException)
            {
                logger.LogWarning(e, "Explanation {Explanation}: the end of {Variant} is not stored yet", order.ExplanationId, telling.Variant);
            }

            await Task.Delay(TimeSpan.FromSeconds(Math.Min(attempt, 5)), time, CancellationToken.None);
        }

        await Incidents.ReportAsync(telling.Call, classroom);

        if (_tellings.Values.All(t => t.IsDone))
        {
            DelayDeactivation(TimeSpan.FromMinutes(1));
        }
    }
}
