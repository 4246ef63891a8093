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
    private readonly CancellationTokenSource _stop = new();
    private int _unreported;

    public Task Start(ExplanationOrder order, ImmutableArray<IClassroomObserver> observers)
    {
        foreach (var observer in observers)
        {
            _observers.Subscribe(observer, observer);
        }

        if (_tellings.Count > 0)
        {
            return Task.CompletedTask;
        }

        // The activation lives as long as there is something to tell.
        DelayDeactivation(TimeSpan.FromHours(1));
        _unreported = order.Variants.Length;
        foreach (var variant in order.Variants)
        {
            var telling = new Telling(order, variant, time, frame => _observers.Notify(o => o.Text(frame)));
            _tellings.Add(variant.ToString(), telling);
            _ = TellAsync(telling, order);
        }

        return Task.CompletedTask;
    }

    public Task Stop() => _stop.CancelAsync();

    public void Dispose() => _stop.Dispose();

    public Task Attach(IClassroomObserver observer)
    {
        _observers.Subscribe(observer, observer);
        return Task.CompletedTask;
    }

    public async Task<TextSlice> Read(Guid classroomId, string variant, int offset)
    {
        if (_tellings.TryGetValue(variant, out var telling))
        {
            return telling.From(offset);
        }

        var stored = await GrainFactory.GetGrain<IClassroomGrain>(classroomId).StoredText(this.GetPrimaryKey(), variant, offset);
        return stored ?? new TextSlice(0, "", []);
    }

    private async Task TellAsync(Telling telling, ExplanationOrder order)
    {
        var outcome = await telling.RunAsync(tutor, logger, _stop.Token);
        var classroom = GrainFactory.GetGrain<IClassroomGrain>(order.ClassroomId);
        await Reports.SendAsync(classroom, outcome, time, logger);
        if (--_unreported == 0)
        {
            DelayDeactivation(TimeSpan.FromMinutes(1));
        }
    }
}
