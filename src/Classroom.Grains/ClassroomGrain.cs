using Classroom.Tutor;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace Classroom.Grains;

/// <summary>
/// One live lesson: loads it, lets the domain decide, stores, announces, performs effects. The rules are in the domain.
/// Invariant: nothing is announced or acknowledged before it is durable. Invariant: no model is awaited in a turn.
/// </summary>
public sealed partial class ClassroomGrain(IFactLog log, ITutor tutor, TimeProvider time, ILogger<ClassroomGrain> logger)
    : Grain, IClassroomGrain
{
    private static readonly TimeSpan ObserverLease = TimeSpan.FromSeconds(90);
    private readonly ObserverManager<IClassroomObserver> _observers = Leases.Of<IClassroomObserver>(ObserverLease, time, logger);
    private LessonLog _log = null!;
    private LessonState _state = LessonState.Empty;
    private Frames _frames = null!;
    private Presence _presence = null!;
    private Saving _saving = null!;

    private Guid Id => this.GetPrimaryKey();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _log = new LessonLog(log, Id, logger);
        _state = await _log.LoadAsync(cancellationToken);
        _frames = new Frames(Id, _state.Seq);
        _presence = new Presence(time, ObserverLease);
        _saving = new Saving(log, time, TellSavingAsync);
        Resume();
    }

    public async Task<Reply> Execute(Envelope envelope, CancellationToken cancellationToken)
    {
        if (_state.Seen.TryGetValue(envelope.CommandId, out var seq))
        {
            return new Reply(seq, null);
        }

        var now = LessonLog.Storable(time.GetUtcNow());
        var decision = Lesson.Decide(_state, envelope, now);
        if (decision.Facts.IsEmpty)
        {
            return new Reply(_state.Seq, decision.Refusal);
        }

        var facts = Lesson.Stamp(_state, envelope, decision, now);
        var worked = _saving.Works;
        try
        {
            var stored = await _saving.WatchAsync(() => _log.AppendAsync(_state, envelope, facts));
            if (stored.Status != AppendStatus.Appended)
            {
                // Another activation has written: this one is stale. The client's retry meets a fresh one.
                logger.LogWarning("Lesson {Classroom}: {Status} at {Seq}, reloading", Id, stored.Status, _state.Seq);
                DeactivateOnIdle();
                await _observers.Notify(o => o.Gone(Id));
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

        var before = _state;
        _state = facts.Aggregate(_state, Lesson.Apply);
        var frames = _frames.Add(View.Announce(before, _state, facts), _state.Seq);
        await _observers.Notify(o => o.Frames(frames));
        Perform(decision.Effects);
        TileChanged();
        _log.SnapshotIfDue(_state);
        return new Reply(_state.Seq, null);
    }

    public Task<Welcome> Enter(Entrance entrance)
    {
        if (RefusalTo(entrance) is { } code)
        {
            return Task.FromResult(new Welcome(new Refusal(code), 0, null, [], ""));
        }

        var audience = entrance.Audience;
        var variant = audience.Kind == AudienceKind.Student ? _state.Seats[audience.StudentId].Variant : _state.BoardVariant;
        var missed = entrance.Seq > 0 ? _frames.Since(audience, entrance.Seq) : null;
        return Task.FromResult(missed is null
            ? new Welcome(null, _state.Seq, WireJson.Encode(View.Of(_state, audience)), [], variant.ToString())
            : new Welcome(null, _state.Seq, null, missed.Value, variant.ToString()));
    }

    public Task<Guid?> SeatOf(string nickname) => Task.FromResult(
        _state.Seats.Values.FirstOrDefault(s => Seating.Plain(s.Nickname) == Seating.Plain(nickname))?.StudentId);

    public async Task<long> Subscribe(IClassroomObserver observer)
    {
        _observers.Subscribe(observer, observer);
        await observer.Saving(Id, _saving.Works);
        foreach (var running in _state.Explanations.Values.Where(e => e.IsRunning))
        {
            await GrainFactory.GetGrain<IExplanationGrain>(running.Order.ExplanationId).Attach(observer);
        }

        return _state.Seq;
    }

    public Task Unsubscribe(IClassroomObserver observer)
    {
        _observers.Unsubscribe(observer);
        return Task.CompletedTask;
    }

    public async Task Present(string process, ImmutableArray<Guid> students)
    {
        if (_presence.Set(process, students) is { } all)
        {
            await _observers.Notify(o => o.Presence(Id, all));
        }
    }

    public Task<TextSlice?> StoredText(Guid explanationId, string variant, int offset, bool isTeacher)
    {
        var explanation = _state.Explanations.GetValueOrDefault(explanationId);
        var told = explanation is null || (explanation.InPreview && !isTeacher) ? null : explanation.Told.GetValueOrDefault(variant);
        var from = Math.Clamp(offset, 0, told?.Text.Length ?? 0);
        return Task.FromResult(told is null ? null : new TextSlice(from, told.Text[from..], told.Ends));
    }

    private string? RefusalTo(Entrance entrance) => !_state.IsOpen ? "no-such-classroom" : entrance.Audience.Kind switch
    {
        AudienceKind.Teacher => entrance.By.Role == Role.Teacher && entrance.By.Id == _state.TeacherId ? null : "foreign-classroom",
        AudienceKind.Board => entrance.By.Role is Role.Board ? null : "wrong-role",
        AudienceKind.Student when entrance.By.Role == Role.Student && entrance.By.Id == entrance.Audience.StudentId =>
            !_state.Seats.TryGetValue(entrance.By.Id, out var seat) ? "no-seat"
            : seat.DeviceId == entrance.DeviceId ? null
            : seat.WaitingDevice == entrance.DeviceId ? "device-waiting" : "device-unknown",
        _ => "wrong-role",
    };
}
