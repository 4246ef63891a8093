using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Classroom.Grains;

/// <summary>What a classroom does about its decisions: other grains, timers, the tutor. Never awaited by the command that caused it.</summary>
public sealed partial class ClassroomGrain
{
    private static readonly TimeSpan TileEvery = TimeSpan.FromSeconds(1);
    private IGrainTimer? _tempoTimer;
    private IGrainTimer? _tileTimer;
    private static readonly TimeSpan TileRenewed = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TempoRetry = TimeSpan.FromSeconds(1);
    private bool _tileDue;
    private DateTimeOffset _tileAt;
    private DateTimeOffset? _wakeAt;

    private IClassroomGrain Self => this.AsReference<IClassroomGrain>();

    private void Perform(ImmutableArray<Effect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case TellExplanation tell:
                    Begin(GrainFactory.GetGrain<IExplanationGrain>(tell.Order.ExplanationId).Start(
                        tell.Order with { ClassroomId = Id }, [.. _observers]));
                    break;
                case HushExplanation hush:
                    Begin(GrainFactory.GetGrain<IExplanationGrain>(hush.ExplanationId).Stop());
                    break;
                case ThinkOfPrompts prompts:
                    Begin(_tutorWork.ProposePrompts(Self, _state, prompts.StepId));
                    break;
                case ThinkOfFeedback feedback:
                    Begin(_tutorWork.DraftFeedback(Self, _state, feedback.FeedbackId));
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

        Perform([.. _state.Explanations.Values.Where(e => e.IsRunning).Select(e => new TellExplanation(e.Order))]);
        Perform([.. _state.Discussions.Where(d => d.Value.Status == PromptsStatus.Requested).Select(d => new ThinkOfPrompts(d.Key))]);
        Perform([.. _state.Feedbacks.Values.Where(f => f.Status == FeedbackStatus.Requested).Select(f => new ThinkOfFeedback(f.Id))]);
        if (_state.Seats.Values.Min(s => s.TempoAt) is { } first)
        {
            WakeAt(first + Lesson.TempoWindow);
        }

        // The teacher's card, and the code of an ended lesson: both do nothing when it is so already.
        Perform([new LessonClosed(_state.EndedAt)]);
        if (_state.Phase == LessonPhase.Ended)
        {
            Perform([new ReleaseCode(_state.Opened!.JoinCode)]);
        }

        TileChanged();
    }

    // The earliest of what was asked for: a later face must not keep an earlier one.
    private void WakeAt(DateTimeOffset at)
    {
        if (_wakeAt <= at)
        {
            return;
        }

        _wakeAt = at;
        var due = at - time.GetUtcNow();
        var options = new GrainTimerCreationOptions { DueTime = due > TimeSpan.Zero ? due : TimeSpan.Zero, Period = Timeout.InfiniteTimeSpan };
        _tempoTimer ??= this.RegisterGrainTimer(
            static (self, cancellation) => self.ExpireTempoAsync(cancellation), this, options);
        _tempoTimer.Change(options.DueTime, Timeout.InfiniteTimeSpan);
    }

    private async Task ExpireTempoAsync(CancellationToken cancellationToken)
    {
        _wakeAt = null;
        await Execute(new Envelope(Guid.CreateVersion7(), Actor.System, new ExpireTempo()), cancellationToken);
        if (_state.Seats.Values.Min(s => s.TempoAt) is { } next)
        {
            // A face that is overdue was not stored as expired: the database is away, and is given time.
            var (due, soonest) = (next + Lesson.TempoWindow, time.GetUtcNow() + TempoRetry);
            WakeAt(due > soonest ? due : soonest);
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
        // Idle students appear by the mere passing of time, so a live tile is renewed even when nothing happens.
        var now = time.GetUtcNow();
        if (_state.Opened?.CentreId is not { } centre || !(_tileDue || (_state.IsLive && now - _tileAt >= TileRenewed)))
        {
            return Task.CompletedTask;
        }

        (_tileDue, _tileAt) = (false, now);
        return GrainFactory.GetGrain<ICentreGrain>(centre).Report(Tiles.Of(_state, Id, now));
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
