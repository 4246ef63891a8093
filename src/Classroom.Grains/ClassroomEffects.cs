using Classroom.Tutor;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Classroom.Grains;

/// <summary>What a classroom does about its decisions: other grains, timers, the tutor. Never awaited by the command that caused it.</summary>
public sealed partial class ClassroomGrain
{
    private static readonly TimeSpan TileEvery = TimeSpan.FromSeconds(1);
    private IGrainTimer? _tempoTimer;
    private IGrainTimer? _tileTimer;
    private bool _tileDue;

    private IClassroomGrain Self => this.AsReference<IClassroomGrain>();

    private void Perform(ImmutableArray<Effect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case TellExplanation tell:
                    Begin(GrainFactory.GetGrain<IExplanationGrain>(tell.Order.ExplanationId).Start(
                        new ExplanationTask(tell.Order with { ClassroomId = Id }, tell.Starts, _state.TeacherId, Names.Of(_state)), [.. _observers]));
                    break;
                case ShowExplanation show:
                    Begin(GrainFactory.GetGrain<IExplanationGrain>(show.ExplanationId).Release());
                    break;
                case HushExplanation hush:
                    Begin(GrainFactory.GetGrain<IExplanationGrain>(hush.ExplanationId).Stop());
                    break;
                case ThinkOfPrompts prompts:
                    Begin(new TutorWork(tutor, Self, _state, Id).ProposePrompts(prompts.StepId));
                    break;
                case ThinkOfFeedback feedback:
                    Begin(new TutorWork(tutor, Self, _state, Id).DraftFeedback(feedback.FeedbackId));
                    break;
                case ThinkOfAnswer answer:
                    Begin(new TutorWork(tutor, Self, _state, Id).Answer(answer.ExchangeId));
                    break;
                case WakeForTempo wake:
                    WakeAt(wake.At);
                    break;
                case ReleaseCode release:
                    Begin(GrainFactory.GetGrain<IJoinCodeGrain>(release.JoinCode).Release(Id));
                    break;
                case LessonClosed closed:
                    Begin(GrainFactory.GetGrain<ITeacherGrain>(_state.TeacherId).Ended(Id, closed.EndedAt));
                    break;
                default:
                    throw new InvalidOperationException($"No one performs {effect.GetType().Name}.");
            }
        }
    }

    /// <summary>After a crash: what was under way is begun again; it is idempotent.</summary>
    private void Resume()
    {
        if (!_state.IsOpen)
        {
            return;
        }

        Perform([.. _state.Explanations.Values.Where(e => e.IsRunning).Select(e => e.Rest())]);
        Perform([.. _state.Discussions.Where(d => d.Value.Status == PromptsStatus.Requested).Select(d => new ThinkOfPrompts(d.Key))]);
        Perform([.. _state.Feedbacks.Values.Where(f => f.Status == FeedbackStatus.Requested).Select(f => new ThinkOfFeedback(f.Id))]);
        Perform([.. _state.Exchanges.Values.Where(e => e.IsPending).Select(e => new ThinkOfAnswer(e.Id))]);
        if (_state.Seats.Values.Any(s => s.TempoAt is not null))
        {
            WakeAt(_state.Seats.Values.Min(s => s.TempoAt) + Lesson.TempoWindow ?? time.GetUtcNow());
        }

        TileChanged();
    }

    private void WakeAt(DateTimeOffset at)
    {
        var due = at - time.GetUtcNow();
        var options = new GrainTimerCreationOptions { DueTime = due > TimeSpan.Zero ? due : TimeSpan.Zero, Period = Timeout.InfiniteTimeSpan };
        _tempoTimer ??= this.RegisterGrainTimer(
            static (self, cancellation) => self.ExpireTempoAsync(cancellation), this, options);
        _tempoTimer.Change(options.DueTime, Timeout.InfiniteTimeSpan);
    }

    private async Task ExpireTempoAsync(CancellationToken cancellationToken)
    {
        await Execute(new Envelope(Guid.CreateVersion7(), Actor.System, new ExpireTempo()), cancellationToken);
        if (_state.Seats.Values.Min(s => s.TempoAt) is { } next)
        {
            WakeAt(next + Lesson.TempoWindow);
        }
    }

    // A mentor's wall hears of a lesson at most once a second.
    private void TileChanged()
    {
        if (_state.Opened?.CentreId is null)
        {
            return;
        }

        _tileDue = true;
        _tileTimer ??= this.RegisterGrainTimer(
            static (self, _) => self.ReportTileAsync(), this,
            new GrainTimerCreationOptions { DueTime = TimeSpan.Zero, Period = TileEvery });
    }

    private Task ReportTileAsync()
    {
        if (!_tileDue || _state.Opened?.CentreId is not { } centre)
        {
            return Task.CompletedTask;
        }

        // Idle students appear by the mere passing of time, so a live tile is renewed even when nothing happens.
        _tileDue = _state.IsLive && time.GetUtcNow().Second % 10 == 0;
        return GrainFactory.GetGrain<ICentreGrain>(centre).Report(Tiles.Of(_state, Id, time.GetUtcNow()));
    }

    private void Begin(Task work) => _ = WatchAsync(work);

    private async Task WatchAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.LogError(e, "Lesson {Classroom}: an effect failed", Id);
        }
    }
}
