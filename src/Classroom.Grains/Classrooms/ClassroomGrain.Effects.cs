using Microsoft.Extensions.Logging;

namespace Classroom.Grains;

/// <summary>What a classroom does about its decisions: other grains, timers, the tutor. Never awaited by the command that caused it.</summary>
public sealed partial class ClassroomGrain : IDisposable
{
    private static readonly TimeSpan EffectRetry = TimeSpan.FromSeconds(1);
    private const int MostTries = 30;
    private static readonly TimeSpan HoldEvery = TimeSpan.FromHours(1);
    private DateTimeOffset _heldAt;
    private CancellationTokenSource _ai = new();

    private IClassroomGrain Self => this.AsReference<IClassroomGrain>();

    private TutorWork Tutor => new(tutor, Self, _state, Id, time, logger, _ai.Token);

    private void Perform(ImmutableArray<Effect> effects)
    {
        foreach (var effect in effects)
        {
            Begin(() => effect switch
            {
                StreamExplanation stream => StartAsync(stream),
                ReleaseStream release => Explanation(release.ExplanationId).Release(),
                StopStream stop => StopAsync(stop.ExplanationId),
                EndAi end => EndAiAsync(end.Explanations),
                AskTutorForPrompts prompts => Tutor.ProposePrompts(prompts.StepId),
                AskTutorForFeedback feedback => Tutor.DraftFeedback(feedback.FeedbackId),
                AskTutorForAnswer answer => Tutor.Answer(answer.ExchangeId),
                AskTutorForDanger danger => Tutor.LookForDanger(danger),
                TellDanger danger => Tutor.TellDanger(danger),
                ScheduleTempoExpiry expiry => ExpireTempoAtAsync(expiry.At),
                DestroyKey destroy => DestroyKeyAsync(destroy.StudentId),
                PlayRehearsal => PlayAsync(),
                TellGroup there => TellAsync(there.With, there.Command),
                ReleaseJoinCode given => ReleaseAsync(new JoinCode(given.JoinCode)),
                ReportEnd end => GrainFactory.GetGrain<ITeacherGrain>(_state.TeacherId).Ended(Id, end.EndedAt),
                _ => throw new InvalidOperationException($"No one performs {effect.GetType().Name}."),
            });
        }
    }

    public void Dispose() => _ai.Dispose();

    private async Task EndAiAsync(ImmutableArray<Guid> explanations)
    {
        var ended = _ai;
        _ai = new();
        // Whatever one call does when it is cancelled, the others are told.
        await Task.WhenAll([ended.CancelAsync(), .. explanations.Select(id => ReachAsync(id, static e => e.EndAi()))]);
        ended.Dispose();
    }

    // The same command each time, which is done once. What is not heard now is told again when this lesson is loaded.
    private async Task TellAsync(Guid with, Command command)
    {
        var told = new Envelope(Guid.CreateVersion7(), Actor.System, command);
        for (var tries = 1; (await GrainFactory.GetGrain<IClassroomGrain>(with).Execute(told, CancellationToken.None)).Refusal is { Code: "try-again" or "not-saved" } && tries < MostTries; tries++)
        {
            await Task.Delay(EffectRetry, time);
        }
    }

    private async Task ReleaseAsync(JoinCode code)
    {
        await GrainFactory.GetGrain<IJoinCodeGrain>(code.Key).Release(code, Id);
        // Reopened under the same code while it was on its way.
        HoldCode(again: true);
    }

    // While the lesson is looked at its code leads to it, whatever the clock has been set to meanwhile.
    private void HoldCode(bool again = false)
    {
        var now = time.GetUtcNow();
        if (_state.JoinCode is { } code && (again || (now - _heldAt).Duration() > HoldEvery))
        {
            _heldAt = now;
            Begin(() => HoldAsync(new JoinCode(code)));
        }
    }

    private async Task HoldAsync(JoinCode code)
    {
        if (!await GrainFactory.GetGrain<IJoinCodeGrain>(code.Key).Lease(code, Id))
        {
            logger.LogError("Lesson {Classroom}: its join code leads to another lesson by now. Ended and reopened, it gets a new one", Id);
        }
    }

    // The id is the browser's: one that another lesson has already is another explanation here.
    private IExplanationGrain Explanation(Guid id) => GrainFactory.GetGrain<IExplanationGrain>(Id, id.ToString());

    /// <summary>After a crash: what was under way is begun again; it is idempotent.</summary>
    private void Resume()
    {
        if (!_state.IsOpen)
        {
            return;
        }

        Begin(Supervise);
        ForgetAgain();
        // The silo may have died between the teacher's word and the cache.
        Begin(() => Task.WhenAll(_state.Explanations.Values.SelectMany(e => e.Discarded).Select(d => tutor.DiscardAsync(d.Text, CancellationToken.None))));
        Perform([.. _state.Discussions.Where(d => d.Value.Status == PromptsStatus.Requested).Select(d => new AskTutorForPrompts(d.Key))]);
        Perform([.. _state.Feedbacks.Values.Where(f => f.Status == FeedbackStatus.Requested).Select(f => new AskTutorForFeedback(f.Id))]);
        Perform([.. _state.Exchanges.Values.Where(e => e.IsPending).Select(e => new AskTutorForAnswer(e.Id))]);
        if (_state.Seats.Values.Min(s => s.TempoAt) is { } first)
        {
            Begin(() => ExpireTempoAtAsync(first + TempoRules.Window));
        }

        if (_state.OtherGroup is { } group && _state.Phase != LessonPhase.Ended)
        {
            Perform([.. _state.Unpaired.Select(b => new TellGroup(group.ClassroomId, new UnpairBoard(b)))]);
        }

        if (_state is { IsRehearsal: true, IsLive: true })
        {
            Perform([new PlayRehearsal()]);
        }

        // The teacher's card, and the code of an ended lesson: both do nothing when it is so already.
        Perform([new ReportEnd(_state.EndedAt)]);
        if (_state.Phase == LessonPhase.Ended)
        {
            Perform([new ReleaseJoinCode(_state.Opened!.JoinCode)]);
        }

        TileChanged();
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
