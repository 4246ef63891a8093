using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Classroom.Grains;

/// <summary>
/// A classroom sees to it that its explanations go on: one that did not start, or whose silo died, would run for ever and stand in the way of
/// every other. What was lost on the way is streamed anew.
/// </summary>
public sealed partial class ClassroomGrain
{
    private const int StopAttempts = 5;
    private static readonly TimeSpan SuperviseEvery = TimeSpan.FromSeconds(2);
    private readonly HashSet<Guid> _underWay = [];
    private readonly HashSet<Guid> _notStarted = [];
    private IGrainTimer? _supervision;

    private Task StartAsync(StreamExplanation stream)
    {
        WatchOver();
        var id = stream.Order.ExplanationId;
        // Before anything is awaited: what comes amid another call for this explanation is made up for at the next look.
        _notStarted.Add(id);
        return OneAtATimeAsync(id, async () =>
        {
            await Explanation(id).Start(
                new ExplanationTask(stream.Number, stream.Order with { ClassroomId = Id, AiOn = stream.Order.AiOn && _state.AiOn }, stream.Starts, _state.TeacherId, Names.Of(_state), Names.Known(_state)), _observers.Observers);
            _notStarted.Remove(id);
        });
    }

    private Task StopAsync(Guid id) => ReachAsync(id, static e => e.Stop());

    private async Task ReachAsync(Guid id, Func<IExplanationGrain, Task> tell)
    {
        // Until the teacher begins it again.
        var retries = _state.Explanations[id].Retries;
        for (var attempt = 1; _state.Explanations[id].Retries == retries; attempt++)
        {
            try
            {
                await tell(Explanation(id));
                return;
            }
            catch (Exception e) when (attempt < StopAttempts && e is not OutOfMemoryException)
            {
                logger.LogWarning(e, "Lesson {Classroom}: explanation {Explanation} was not stopped; it is tried again", Id, id);
                await Task.Delay(EffectRetry, time);
            }
        }
    }

    private void WatchOver() => _supervision ??= this.RegisterGrainTimer(
        static (self, _) => self.Supervise(), this, new GrainTimerCreationOptions { DueTime = SuperviseEvery, Period = SuperviseEvery });

    private Task Supervise()
    {
        var running = _state.Explanations.Values.Where(e => e.IsRunning).ToList();
        foreach (var explanation in running)
        {
            WatchOver();
            Begin(() => _notStarted.Contains(explanation.Order.ExplanationId) ? StartAsync(explanation.Rest(_state.AiOn)) : RestartLostAsync(explanation));
        }

        if (running.Count == 0)
        {
            _supervision?.Dispose();
            _supervision = null;
        }

        return Task.CompletedTask;
    }

    private async Task RestartLostAsync(Explanation explanation)
    {
        var (id, lost) = (explanation.Order.ExplanationId, ImmutableArray<VariantStart>.Empty);
        await OneAtATimeAsync(id, async () => lost = await Explanation(id).Missing(explanation.Rest(_state.AiOn).Starts, _observers.Observers));
        if (!lost.IsEmpty)
        {
            await Self.Execute(new Envelope(Guid.CreateVersion7(), Actor.System, new RestartVariants(id, lost)), CancellationToken.None);
        }
    }

    private async Task OneAtATimeAsync(Guid id, Func<Task> work)
    {
        if (!_underWay.Add(id))
        {
            return;
        }

        try
        {
            await work();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.LogWarning(e, "Lesson {Classroom}: explanation {Explanation} did not start; it is tried again", Id, id);
        }
        finally
        {
            _underWay.Remove(id);
        }
    }
}
