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
    private static readonly TimeSpan EffectRetry = TimeSpan.FromSeconds(1);
    private const int MaxStarts = 30;
    private bool _tileDue;
    private long _tileAt;
    private DateTimeOffset? _tempoExpiry;

    private IClassroomGrain Self => this.AsReference<IClassroomGrain>();

    private TutorWork Tutor => new(tutor, Self, _state, Id, time, logger);

    private void Perform(ImmutableArray<Effect> effects)
    {
        foreach (var effect in effects)
        {
            Begin(() => effect switch
            {
                StreamExplanation stream => StartAsync(stream),
                ReleaseStream release => Explanation(release.ExplanationId).Release(),
                StopStream stop => Explanation(stop.ExplanationId).Stop(),
                AskTutorForPrompts prompts => Tutor.ProposePrompts(prompts.StepId),
                AskTutorForFeedback feedback => Tutor.DraftFeedback(feedback.FeedbackId),
                AskTutorForAnswer answer => Tutor.Answer(answer.ExchangeId),
                ScheduleTempoExpiry expiry => ExpireTempoAtAsync(expiry.At),
                ReleaseJoinCode code => GrainFactory.GetGrain<IJoinCodeGrain>(code.JoinCode).Release(Id),
                ReportEnd end => GrainFactory.GetGrain<ITeacherGrain>(_state.TeacherId).Ended(Id, end.EndedAt),
                _ => throw new InvalidOperationException($"No one performs {effect.GetType().Name}."),
            });
        }
    }

    // One that was not started would run for ever, and stand in the way of every other.
    private async Task StartAsync(StreamExplanation stream)
    {
        var (id, task) = (stream.Order.ExplanationId, new ExplanationTask(
            stream.Number, stream.Order with { ClassroomId = Id }, stream.Starts, _state.TeacherId, Names.Of(_state)));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Explanation(id).Start(task, [.. _observers]);
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                logger.LogWarning(e, "Lesson {Classroom}: explanation {Explanation} did not start; next try in {Seconds} s", Id, id, EffectRetry.TotalSeconds);
            }

            await Task.Delay(EffectRetry, time);
            if (attempt == MaxStarts || _state.Explanations.GetValueOrDefault(id) is not { IsRunning: true })
            {
                return;
            }
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
        Perform([.. _state.Discussions.Where(d => d.Value.Status == PromptsStatus.Requested).Select(d => new AskTutorForPrompts(d.Key))]);
        Perform([.. _state.Feedbacks.Values.Where(f => f.Status == FeedbackStatus.Requested).Select(f => new AskTutorForFeedback(f.Id))]);
        Perform([.. _state.Exchanges.Values.Where(e => e.IsPending).Select(e => new AskTutorForAnswer(e.Id))]);
        if (_state.Seats.Values.Min(s => s.TempoAt) is { } first)
        {
            Begin(() => ExpireTempoAtAsync(first + TempoRules.Window));
        }

        // The teacher's card, and the code of an ended lesson: both do nothing when it is so already.
        Perform([new ReportEnd(_state.EndedAt)]);
        if (_state.Phase == LessonPhase.Ended)
        {
            Perform([new ReleaseJoinCode(_state.Opened!.JoinCode)]);
        }

        TileChanged();
    }

    // The earliest of what was asked for: a later face must not keep an earlier one.
    private Task ExpireTempoAtAsync(DateTimeOffset at)
    {
        if (_tempoExpiry <= at)
        {
            return Task.CompletedTask;
        }

        _tempoExpiry = at;
        var due = at - time.GetUtcNow();
        var options = new GrainTimerCreationOptions { DueTime = due > TimeSpan.Zero ? due : TimeSpan.Zero, Period = Timeout.InfiniteTimeSpan };
        _tempoTimer ??= this.RegisterGrainTimer(
            static (self, cancellation) => self.ExpireTempoAsync(cancellation), this, options);
        _tempoTimer.Change(options.DueTime, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    private async Task ExpireTempoAsync(CancellationToken cancellationToken)
    {
        _tempoExpiry = null;
        await Execute(new Envelope(Guid.CreateVersion7(), Actor.System, new ExpireTempo()), cancellationToken);
        if (_state.Seats.Values.Min(s => s.TempoAt) is { } next)
        {
            // A face that is overdue was not stored as expired: the database is away, and is given time.
            var (due, soonest) = (next + TempoRules.Window, time.GetUtcNow() + EffectRetry);
            Begin(() => ExpireTempoAtAsync(due > soonest ? due : soonest));
        }
    }

    // A lesson reports its tile to the mentors' wall at most once a second.
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

    private void Begin(Func<Task> work) => _ = WatchAsync(work);

    private async Task WatchAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.LogError(e, "Lesson {Classroom}: an effect failed", Id);
        }
    }
}
