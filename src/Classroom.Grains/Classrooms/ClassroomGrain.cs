using Classroom.Tutor;
using Microsoft.Extensions.Logging;

namespace Classroom.Grains;

/// <summary>
/// One live lesson: loads it, lets the rules decide, stores, announces, performs effects. The rules are in <c>Classroom.Lessons</c>.
/// Invariant: nothing is announced or acknowledged before it is durable. Invariant: no model is awaited in a turn.
/// </summary>
public sealed partial class ClassroomGrain(IFactLog log, ChildKeys keys, ITutor tutor, ISiloStatusOracle silos, TimeProvider time, ILogger<ClassroomGrain> logger)
    : Grain, IClassroomGrain
{
    private static readonly TimeSpan ObserverLease = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan GoodbyeTakes = TimeSpan.FromSeconds(1);
    private Announcer<IClassroomObserver, Announcement> _observers = null!;
    private LessonLog _log = null!;
    private LessonState _state = LessonState.Empty;
    private PatchHistory _patches = null!;
    private Presence _presence = null!;
    private SavingStatus _saving = null!;
    private StoringPace _pace = null!;

    private Guid Id => this.GetPrimaryKey();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _log = new LessonLog(log, Id, logger);
        _state = await _log.LoadAsync(cancellationToken);
        _patches = new PatchHistory(_state.Seq);
        _observers = new(ObserverLease, time, logger, (observer, batch) => observer.Announce(Id, batch));
        _presence = new Presence(silos, time, ObserverLease);
        _saving = new SavingStatus(log, keys, time, AnnounceSavingAsync);
        _pace = new StoringPace(time);
        Resume();
    }

    /// <summary>Whoever shows this lesson asks the next activation at once, wherever that is: nobody waits for a renewal.</summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _observers.Announce(new ActivationOver());
        return _observers.Idle.WaitAsync(GoodbyeTakes, TimeProvider.System, cancellationToken).ContinueWith(static _ => { }, TaskScheduler.Current);
    }

    public async Task<Reply> Execute(Envelope envelope, CancellationToken cancellationToken)
    {
        if (_state.Seen.TryGetValue(envelope.CommandId, out var seen) && seen.IsOf(envelope.By))
        {
            return new Reply(seen.Seq, null);
        }

        var now = LessonLog.Storable(time.GetUtcNow());
        var decision = Lesson.Decide(_state, envelope, now, text => Doubt.IsDoubted(text, Names.Of(_state)), Distress.Look, tutor.HasModel);
        if (decision.Facts.IsEmpty)
        {
            Perform(decision.Effects);
            return new Reply(_state.Seq, decision.Refusal);
        }

        var by = Lesson.SpeakerOf(_state, envelope.By, envelope.DeviceId);
        if (!_pace.Allows(_state, by, decision.Facts))
        {
            return Reply.Refused("too-fast");
        }

        var facts = Lesson.Stamp(_state, envelope, decision, now);
        var worked = _saving.Works;
        try
        {
            var stored = await _saving.WatchAsync(() => StoreAsync(envelope, facts));
            if (stored.Status != AppendStatus.Appended)
            {
                // Another activation has written: this one is stale. The client's retry meets a fresh one.
                logger.LogWarning("Lesson {Classroom}: {Status} at {Seq}, reloading", Id, stored.Status, _state.Seq);
                DeactivateOnIdle();
                return stored.Status == AppendStatus.Repeated ? new Reply(stored.Version, null) : Reply.Refused("try-again");
            }
        }
        catch (StorageUnavailableException e)
        {
            // In full when it begins; a class that tries again for minutes adds a line each.
            logger.Log(
                worked ? LogLevel.Error : LogLevel.Warning, worked ? e : null, "Lesson {Classroom}: {Command} was not stored", Id, envelope.Command.GetType().Name);
            return Reply.Refused("not-saved");
        }

        _pace.Take(_state, by, decision.Facts);
        var before = _state;
        _state = facts.Aggregate(_state, Lesson.Apply);
        if (facts.Any(static f => f.Fact is StudentForgotten))
        {
            _patches.Forget();
        }

        var batch = _patches.Add(View.Changes(before, _state, facts), _state.Seq);
        _observers.Announce(batch);
        if (!_state.Helpers.IsEmpty)
        {
            // Somebody may sit in another room now.
            AnnouncePresence();
        }

        Perform(decision.Effects);
        TileChanged();
        _log.SnapshotIfDue(_state);
        return new Reply(_state.Seq, null);
    }

    public Task<long> Subscribe(IClassroomObserver observer)
    {
        HoldCode();
        _observers.Subscribe(observer);
        _observers.Announce(observer, new VersionNow(_state.Seq));
        _observers.Announce(observer, new SavingNow(_saving.Works));
        _observers.Announce(observer, _presence.Now(_state));
        foreach (var running in _state.Explanations.Values.Where(e => e.IsRunning))
        {
            // Not awaited: one whose silo has just died would hold the lesson up. Who misses a chunk meanwhile sees the hole, and reads.
            Begin(() => Explanation(running.Order.ExplanationId).Attach(observer));
        }

        return Task.FromResult(_state.Seq);
    }

    public Task Unsubscribe(IClassroomObserver observer)
    {
        _observers.Unsubscribe(observer);
        return Task.CompletedTask;
    }
}
