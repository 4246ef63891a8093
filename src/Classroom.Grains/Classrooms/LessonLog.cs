using System.Text;
using Microsoft.Extensions.Logging;

namespace Classroom.Grains;

/// <summary>A lesson's stream in the log: loading it, and appending what was decided.</summary>
internal sealed class LessonLog(IFactLog log, Guid classroomId, ILogger logger)
{
    private const int SnapshotEvery = 200;
    private readonly string _stream = $"classroom/{classroomId}";

    // Lessons that go at one pace, a whole school's, are not all encoded at one moment.
    private readonly long _offset = (uint)classroomId.GetHashCode() % SnapshotEvery;
    private long _snapshotAt;
    private Task _saving = Task.CompletedTask;

    /// <summary>A time as every database keeps it, in whole microseconds: what is announced now is what is read back after a crash.</summary>
    public static DateTimeOffset Storable(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));

    /// <summary>Students whose facts could not be read, though no fact says that they were forgotten.</summary>
    public ImmutableArray<Guid> Unreadable { get; private set; } = [];

    public async Task<LessonState> LoadAsync(CancellationToken cancellationToken)
    {
        var state = LessonState.Empty;
        if (await log.LoadSnapshotAsync(_stream, cancellationToken) is { } snapshot && LessonSnapshot.TryDecode(snapshot.Format, snapshot.Body, out var saved)
            && snapshot.Gone?.Any(id => ForgettingRules.Knows(saved, id)) != true)
        {
            (state, _snapshotAt) = (saved, snapshot.Version);
        }

        var unreadable = new HashSet<Guid>();
        await foreach (var stored in log.ReadAsync(_stream, state.Seq, cancellationToken))
        {
            state = Lesson.Apply(state, new RecordedFact(
                new FactMeta(stored.Version, stored.CommandId, FactCatalogue.DecodeActor(Encoding.UTF8.GetBytes(stored.Actor)), stored.At),
                FactCatalogue.Decode(stored.Name, Encoding.UTF8.GetBytes(stored.Body))));
            if (stored.Unreadable is { } student)
            {
                unreadable.Add(student);
            }
        }

        Unreadable = [.. unreadable.Where(id => !state.Forgotten.ContainsKey(id))];
        return Unreadable.Aggregate(state, ForgettingRules.WithoutUnreadable);
    }

    public Task<AppendResult> AppendAsync(LessonState state, Envelope envelope, ImmutableArray<RecordedFact> facts)
    {
        // Not cancellable: once under way, a fact is stored or refused, never in doubt.
        return log.AppendAsync(_stream, state.Seq, envelope.CommandId, [.. facts.Select(f => new NewFact(
            FactCatalogue.NameOf(f.Fact.GetType()), Encoding.UTF8.GetString(FactCatalogue.EncodeActor(f.Meta.By)), f.Meta.At,
            Encoding.UTF8.GetString(FactCatalogue.Encode(f.Fact)), f.Fact.ChildIn(state, f.Meta.By)))], CancellationToken.None);
    }

    /// <summary>
    /// Keeps activation fast. Nobody waits for it, since a state does not change: it is encoded and saved outside the grain's turn. One that
    /// fails costs only time at the next activation.
    /// </summary>
    public void SnapshotIfDue(LessonState state)
    {
        if ((state.Seq + _offset) / SnapshotEvery > (_snapshotAt + _offset) / SnapshotEvery && _saving.IsCompleted)
        {
            _snapshotAt = state.Seq;
            _saving = Task.Run(() => SaveAsync(state));
        }
    }

    /// <summary>Ends when no snapshot of an earlier state is on its way to the database.</summary>
    public Task Saved => _saving;

    /// <summary>At once, and after one that is under way.</summary>
    public Task SnapshotAsync(LessonState state)
    {
        _snapshotAt = state.Seq;
        return _saving = _saving.ContinueWith(_ => SaveAsync(state), TaskScheduler.Default).Unwrap();
    }

    private async Task SaveAsync(LessonState state)
    {
        try
        {
            await log.SaveSnapshotAsync(_stream, new StoredSnapshot(state.Seq, LessonSnapshot.Format, LessonSnapshot.Encode(state)), CancellationToken.None);
        }
        catch (Exception e) when (e is System.Data.Common.DbException or IOException or InvalidOperationException or StorageUnavailableException)
        {
            logger.LogWarning(e, "Snapshot of {Stream} at {Seq} was not saved", _stream, state.Seq);
        }
    }
}
