using Classroom.Tutor;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Orleans.Runtime;

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
    private Announcer<IClassroomObserver, Announcement> _observers = null!;
    private readonly Dictionary<string, VariantStreamer> _streamers = new(StringComparer.Ordinal);
    private readonly TimeSpan _chunkEvery = (options ?? new()).ChunkEvery;
    private CancellationTokenSource _stop = new();
    private CancellationTokenSource _ai = new();
    private bool _preview;
    private bool _isOver;
    private int _unreported;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var classroomId = this.GetPrimaryKey(out _);
        _observers = new(TimeSpan.FromHours(1), time, logger, (observer, batch) => observer.Announce(classroomId, batch))
        {
            // What a busy process cannot take piece by piece it takes together.
            Join = static (first, next) => first is TextChunk text && next is TextChunk more ? text.With(more) : null,
        };
        return Task.CompletedTask;
    }

    // What is cut off here was not stopped by the teacher: the classroom begins it again, wherever there is room.
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _isOver = true;
        return _stop.CancelAsync();
    }

    // A variant that is done and not reported yet is on its way to the classroom.
    public Task<ImmutableArray<VariantStart>> Missing(ImmutableArray<VariantStart> starts, ImmutableArray<IClassroomObserver> observers)
    {
        foreach (var observer in observers)
        {
            _observers.Subscribe(observer);
        }

        return Task.FromResult<ImmutableArray<VariantStart>>([.. starts.Where(s => !(_streamers.GetValueOrDefault(s.Variant)?.Epoch >= s.Epoch))]);
    }

    public async Task Start(ExplanationTask task, ImmutableArray<IClassroomObserver> observers)
    {
        var starts = await Missing(task.Starts, observers);
        if (starts.IsEmpty)
        {
            return;
        }

        _preview = task.Order.Preview;
        if (_stop.IsCancellationRequested)
        {
            _stop.Dispose();
            _stop = new();
        }

        if (_ai.IsCancellationRequested && task.Order.AiOn)
        {
            _ai.Dispose();
            _ai = new();
        }

        // The activation lives as long as there is something to stream.
        DelayDeactivation(TimeSpan.FromHours(1));
        foreach (var start in starts)
        {
            var streamer = new VariantStreamer(task, start, time, _chunkEvery, chunk => _observers.Announce(chunk with { Preview = _preview }));
            _streamers[start.Variant] = streamer;
            _unreported++;
            _ = StreamAsync(streamer, task.Order, _stop.Token, _ai.Token);
        }
    }

    /// <summary>Connections learn of the release from the lesson and read what was streamed so far; what comes now goes to all.</summary>
    public Task Release()
    {
        _preview = false;
        return Task.CompletedTask;
    }

    public Task Stop() => _stop.CancelAsync();

    public Task EndAi() => _ai.CancelAsync();

    public void Dispose()
    {
        _stop.Dispose();
        _ai.Dispose();
    }

    public Task Attach(IClassroomObserver observer)
    {
        _observers.Subscribe(observer);
        return Task.CompletedTask;
    }

    public Task<TextSlice> Read(string variant, int offset) =>
        Task.FromResult(_streamers.TryGetValue(variant, out var streamer) ? streamer.From(offset) : TextSlice.Nothing);

    private async Task StreamAsync(VariantStreamer streamer, ExplanationOrder order, CancellationToken stop, CancellationToken aiEnds)
    {
        active?.Begin();
        Command outcome;
        try
        {
            outcome = await streamer.RunAsync(tutor, logger, stop, aiEnds);
        }
        finally
        {
            active?.End();
        }

        if (_isOver)
        {
            return;
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
