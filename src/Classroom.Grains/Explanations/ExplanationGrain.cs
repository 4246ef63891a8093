using Classroom.Tutor;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Orleans.Utilities;

namespace Classroom.Grains;

/// <summary>
/// One explanation being streamed: its variants side by side, text to the observers, the end to the classroom. Stores nothing itself.
/// Reentrant, so that reading along never waits for streaming; placed in the silo of the classroom that starts it.
/// </summary>
[Reentrant, PreferLocalPlacement]
public sealed class ExplanationGrain(
    ITutor tutor, TimeProvider time, ILogger<ExplanationGrain> logger, StreamingOptions? options = null, ActiveStreams? active = null)
    : Grain, IExplanationGrain, IDisposable
{
    private readonly ObserverManager<IClassroomObserver> _observers = ObserverLeases.Of<IClassroomObserver>(TimeSpan.FromHours(1), time, logger);
    private readonly Dictionary<string, VariantStreamer> _streamers = new(StringComparer.Ordinal);
    private readonly TimeSpan _chunkEvery = (options ?? new()).ChunkEvery;
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

        // The activation lives as long as there is something to stream.
        DelayDeactivation(TimeSpan.FromHours(1));
        foreach (var start in task.Starts)
        {
            if (_streamers.TryGetValue(start.Variant, out var earlier) && !earlier.IsDone && earlier.Epoch == start.Epoch)
            {
                continue;
            }

            var streamer = new VariantStreamer(task, start, time, _chunkEvery, chunk =>
            {
                var sent = chunk with { Preview = _preview };
                return _observers.Notify(o => o.Text(sent));
            });
            _streamers[start.Variant] = streamer;
            _unreported++;
            _ = StreamAsync(streamer, task.Order, _stop.Token);
        }

        return Task.CompletedTask;
    }

    /// <summary>Connections learn of the release from the lesson and read what was streamed so far; what comes now goes to all.</summary>
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

    public Task<TextSlice> Read(string variant, int offset) =>
        Task.FromResult(_streamers.TryGetValue(variant, out var streamer) ? streamer.From(offset) : TextSlice.Nothing);

    private async Task StreamAsync(VariantStreamer streamer, ExplanationOrder order, CancellationToken stop)
    {
        active?.Begin();
        Command outcome;
        try
        {
            outcome = await streamer.RunAsync(tutor, logger, stop);
        }
        finally
        {
            active?.End();
        }

        var classroom = GrainFactory.GetGrain<IClassroomGrain>(order.ClassroomId);
        await OutcomeReports.SendAsync(classroom, outcome, time, logger);
        await OutcomeReports.SendIncidentsAsync(classroom, streamer.Call, time, logger);
        if (--_unreported == 0)
        {
            DelayDeactivation(TimeSpan.FromMinutes(1));
        }
    }
}
