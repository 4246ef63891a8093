using Microsoft.Extensions.Logging;
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

    private async Task StartAsync(StreamExplanation stream)
    {
        _supervision ??= this.RegisterGrainTimer(
            static (self, _) => self.Supervise(), this, new GrainTimerCreationOptions { DueTime = SuperviseEvery, Period = SuperviseEvery });
        var id = stream.Order.ExplanationId;
        if (!_starting.Add(id))
        {
            return;
        }

        try
        {
            await Explanation(id).Start(
                new ExplanationTask(stream.Number, stream.Order with { ClassroomId = Id }, stream.Starts, _state.TeacherId, Names.Of(_state)), _observers.Observers);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.LogWarning(e, "Lesson {Classroom}: explanation {Explanation} did not start; it is tried again", Id, id);
        }
        finally
        {
            _starting.Remove(id);
        }
    }

    private Task Supervise()
    {
        var running = _state.Explanations.Values.Where(e => e.IsRunning).ToList();
        running.ForEach(e => Begin(() => StartAsync(e.Rest())));
        if (running.Count == 0)
        {
            _supervision?.Dispose();
            _supervision = null;
        }

        return Task.CompletedTask;
    }
}
