using Classroom.Tutor;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace Classroom.Grains;

/// <summary>
/// One live lesson: loads it, lets the rules decide, stores, announces, performs effects. The rules are in <c>Classroom.Lessons</c>.
/// Invariant: nothing is announced or acknowledged before it is durable. Invariant: no model is awaited in a turn.
/// </summary>
public sealed partial class ClassroomGrain(IFactLog log, ITutor tutor, TimeProvider time, ILogger<ClassroomGrain> logger)
    : Grain, IClassroomGrain
{
    private static readonly TimeSpan ObserverLease = TimeSpan.FromSeconds(90);
    private readonly ObserverManager<IClassroomObserver> _observers = ObserverLeases.Of<IClassroomObserver>(ObserverLease, time, logger);
    private LessonLog _log = null!;
    private LessonState _state = LessonState.Empty;
    private PatchHistory _patches = null!;
    private Presence _presence = null!;
    private SavingStatus _saving = null!;

    private Guid Id => this.GetPrimaryKey();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _log = new LessonLog(log, Id, logger);
        _state = await _log.LoadAsync(cancellationToken);
        _patches = new PatchHistory(Id, _state.Seq);
        _presence = new Presence(time, ObserverLease);
        _saving = new SavingStatus(log, time, AnnounceSavingAsync);
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
                await _observers.Notify(o => o.Deactivated(Id));
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
        var batch = _patches.Add(View.Changes(before, _state, facts), _state.Seq);
        await _observers.Notify(o => o.Patches(batch));
        Perform(decision.Effects);
        TileChanged();
        _log.SnapshotIfDue(_state);
        return new Reply(_state.Seq, null);
    }

    public Task<SyncResponse> Sync(SyncRequest request)
    {
        if (RefusalTo(request) is { } code)
        {
            return Task.FromResult(new SyncResponse(new Refusal(code), 0, null, [], ""));
        }

        var audience = request.Audience;
        var variant = audience.Kind == AudienceKind.Student ? _state.Seats[audience.StudentId].Variant : _state.BoardVariant;
        var missed = request.Seq > 0 ? _patches.Since(audience, request.Seq) : null;
        return Task.FromResult(missed is null
            ? new SyncResponse(null, _state.Seq, LessonJson.Encode(View.Of(_state, audience)), [], variant.ToString())
            : new SyncResponse(null, _state.Seq, null, missed.Value, variant.ToString()));
    }

    public Task<Guid?> SeatOf(string nickname) => Task.FromResult(
        _state.Seats.Values.FirstOrDefault(s => SeatsRules.Plain(s.Nickname) == SeatsRules.Plain(nickname))?.StudentId);

    public async Task<long> Subscribe(IClassroomObserver observer)
    {
        var isNew = !_observers.Contains(observer);
        _observers.Subscribe(observer, observer);
        await observer.Saving(Id, _saving.Works);
        if (isNew && !_presence.All.IsEmpty)
        {
            await observer.Presence(Id, _presence.All);
        }

        foreach (var running in _state.Explanations.Values.Where(e => e.IsRunning))
        {
            await Explanation(running.Order.ExplanationId).Attach(observer);
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
        if (_presence.Set(process, students))
        {
            await _observers.Notify(o => o.Presence(Id, _presence.All));
        }
    }

    public Task<TextSlice> ReadText(Guid explanationId, string variant, int offset, bool isTeacher)
    {
        if (!_state.Explanations.TryGetValue(explanationId, out var explanation) || (explanation.InPreview && !isTeacher))
        {
            return Task.FromResult(TextSlice.Nothing);
        }

        if (!explanation.Completed.TryGetValue(variant, out var text))
        {
            return explanation.IsRunning ? Explanation(explanationId).Read(variant, offset) : Task.FromResult(TextSlice.Nothing);
        }

        var from = Math.Clamp(offset, 0, text.Text.Length);
        return Task.FromResult(new TextSlice(explanation.Number, explanation.EpochOf(variant), from, text.Text[from..], text.SentenceEnds));
    }

    private string? RefusalTo(SyncRequest request) => !_state.IsOpen ? "no-such-classroom" : request.Audience.Kind switch
    {
        AudienceKind.Teacher => request.By.Role == Role.Teacher && request.By.Id == _state.TeacherId ? null : "foreign-classroom",
        AudienceKind.Board => request.By.Role is Role.Board ? null : "wrong-role",
        AudienceKind.Student when request.By.Role == Role.Student && request.By.Id == request.Audience.StudentId =>
            !_state.Seats.TryGetValue(request.By.Id, out var seat) ? "no-seat"
            : seat.DeviceId == request.DeviceId ? null
            : seat.WaitingDevice == request.DeviceId ? "device-waiting" : "device-unknown",
        _ => "wrong-role",
    };
}
