using Orleans.Runtime;

namespace Classroom.Grains;

/// <summary>
/// A classroom sees to it that its explanations go on: one that did not start, or whose silo died, would run for ever and stand in the way of
/// every other. Starting one that streams already does nothing but tell it who observes.
/// </summary>
public sealed partial class ClassroomGrain
{
    private static readonly TimeSpan SuperviseEvery = TimeSpan.FromSeconds(2);
    private readonly HashSet<Guid> _starting = [];
    private IGrainTimer? _supervision;

    private void Supervise() => _supervision ??= this.RegisterGrainTimer(
        static (self, _) => self.SuperviseAsync(), this, new GrainTimerCreationOptions { DueTime = SuperviseEvery, Period = SuperviseEvery });

    private Task SuperviseAsync()
    {
        var running = _state.Explanations.Values.Where(e => e.IsRunning).ToList();
        foreach (var explanation in running.Where(e => _starting.Add(e.Order.ExplanationId)))
        {
            Begin(() => StartAgainAsync(explanation.Rest()));
        }

        if (running.Count == 0)
        {
            _supervision?.Dispose();
            _supervision = null;
        }

        return Task.CompletedTask;
    }

    private async Task StartAgainAsync(StreamExplanation stream)
    {
        try
        {
            await StartAsync(stream);
        }
        finally
        {
            _starting.Remove(stream.Order.ExplanationId);
        }
    }
}
