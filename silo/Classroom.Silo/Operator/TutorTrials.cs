using Classroom.Tutor;

namespace Classroom.Silo.Operator;

/// <summary>This silo's providers as the operator's page shows them, and <i>try now</i>: one order is carried out once, however often it is heard of.</summary>
public sealed class TutorTrials(TutorDesk tutor, TimeProvider time)
{
    private readonly Lock _lock = new();
    private (Guid Order, Task Run) _last = (Guid.Empty, Task.CompletedTask);
    private ImmutableDictionary<string, (ProviderTrial Trial, DateTimeOffset At)> _came = ImmutableDictionary<string, (ProviderTrial, DateTimeOffset)>.Empty;

    /// <summary>Asks each provider for a word, past all pauses; over when all have answered or failed.</summary>
    public Task RunAsync(Guid order)
    {
        lock (_lock)
        {
            if (_last.Order != order)
            {
                _last = (order, TryAsync());
            }

            return _last.Run;
        }
    }

    public ImmutableArray<ProviderReport> Report()
    {
        var came = Volatile.Read(ref _came);
        return [.. tutor.Providers.Select(p =>
        {
            var tried = came.TryGetValue(p.Id, out var last);
            return new ProviderReport(
                p.Id, p.Doing, p.Left is { } left ? (int)Math.Ceiling(left.TotalSeconds) : null, p.LastAnswered, p.LastFault, p.LastFaultAt,
                tried ? last.At : null, tried ? last.Trial.Kind : null, tried ? (int)last.Trial.Took.TotalMilliseconds : 0);
        })];
    }

    private async Task TryAsync()
    {
        await Task.Yield();
        var trials = await tutor.CheckAsync(CancellationToken.None);
        Volatile.Write(ref _came, trials.ToImmutableDictionary(t => t.Id, t => (t, time.GetUtcNow()), StringComparer.Ordinal));
    }
}
