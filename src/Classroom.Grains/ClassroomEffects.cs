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
    private long _tileAt;
    private DateTimeOffset? _wakeAt;

    private IClassroomGrain Self => this.AsReference<IClassroomGrain>();

    private TutorWork Tutor => new(tutor, Self, _state, Id, time, logger);

    private void Perform(ImmutableArray<Effect> effects)
    {
        foreach (var effect in effects)
        {
            Begin(effect switch
            {
                TellExplanation tell => Explanation(tell.Order.ExplanationId).Start(
                    new ExplanationTask(tell.Order with { ClassroomId = Id }, tell.Starts, _state.TeacherId, Names.Of(_state)), [.. _observers]),
                ShowExplanation show => Explanation(show.ExplanationId).Release(),
                HushExplanation hush => Explanation(hush.ExplanationId).Stop(),
                ThinkOfPrompts prompts => Tutor.ProposePrompts(prompts.StepId),
                ThinkOfFeedback feedback => Tutor.DraftFeedback(feedback.FeedbackId),
                ThinkOfAnswer answer => Tutor.Answer(answer.ExchangeId),
                WakeForTempo wake => WakeAt(wake.At),
                ReleaseCode release => GrainFactory.GetGrain<IJoinCodeGrain>(release.JoinCode).Release(Id),
                LessonClosed closed => GrainFactory.GetGrain<ITeacherGrain>(_state.TeacherId).Ended(Id, closed.EndedAt),
                _ => throw new InvalidOperationException($"No one performs {effect.GetType().Name}."),
            });
        }
    }

    private IExplanationGrain Explanation(Guid id) => GrainFactory.GetGrain<IExplanationGrain>(id);

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
        if (_state.Seats.Values.Min(s => s.TempoAt) is { } first)
        {
            Begin(WakeAt(first + Lesson.TempoWindow));
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
    private Task WakeAt(DateTimeOffset at)
    {
        if (_wakeAt <= at)
        {
            return Task.CompletedTask;
        }

        _wakeAt = at;
        var due = at - time.GetUtcNow();
        var options = new GrainTimerCreationOptions { DueTime = due > TimeSpan.Zero ? due : TimeSpan.Zero, Period = Timeout.InfiniteTimeSpan };
        _tempoTimer ??= this.RegisterGrainTimer(
            static (self, cancellation) => self.ExpireTempoAsync(cancellation), this, options);
        _tempoTimer.Change(options.DueTime, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    private async Task ExpireTempoAsync(CancellationToken cancellationToken)
    {
        _wakeAt = null;
        await Execute(new Envelope(Guid.CreateVersion7(), Actor.System, new ExpireTempo()), cancellationToken);
        if (_state.Seats.Values.Min(s => s.TempoAt) is { } next)
        {
            // A face that is overdue was not stored as expired: the database is away, and is given time.
            var (due, soonest) = (next + Lesson.TempoWindow, time.GetUtcNow() + TempoRetry);
            Begin(WakeAt(due > soonest ? due : soonest));
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
        if (_state.Opened?.CentreId is not { } centre || !(_tileDue || (_state.IsLive && time.GetElapsedTime(_tileAt) >= TileRenewed)))
        {
            return Task.CompletedTask;
        }

        (_tileDue, _tileAt) = (false, time.GetTimestamp());
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
