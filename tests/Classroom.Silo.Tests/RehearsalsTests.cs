using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Classroom.Silo.Api;
using Classroom.Silo.Hosting.Telemetry;
using Classroom.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Classroom.Silo.Tests;

/// <summary>A teacher's rehearsals beside the one at hand, and what of them is counted: nothing.</summary>
public sealed class RehearsalsTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 27, 9, 0, 0, TimeSpan.Zero);
    private readonly ConcurrentQueue<Guid> _reached = new();

    [Fact]
    public async Task Only_those_from_before_end_so_of_two_that_begin_at_once_one_stays()
    {
        var (before, first, second) = (Card(1), Card(2), Card(3));
        var (real, over) = (Card(1, rehearsal: null), Card(1) with { EndedAt = At });

        await EndBeforeAsync(first, second, first, real, over, before);
        _reached.ShouldBe([before.ClassroomId]);
        await EndBeforeAsync(second, second, first, real, over, before);
        _reached.Skip(1).ShouldBe([first.ClassroomId, before.ClassroomId], ignoreOrder: true);
    }

    [Fact]
    public async Task One_that_is_not_in_the_list_ends_none()
    {
        await EndBeforeAsync(Card(4), Card(3), Card(2));

        _reached.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_that_does_not_answer_and_one_that_refuses_fail_nothing_and_keep_no_other()
    {
        var (mine, silent, refusing, last) = (Card(4), Card(3), Card(2), Card(1));
        var logged = new KeptLines();

        await Rehearsals.EndBeforeAsync(() => Task.FromResult<ImmutableArray<ClassroomCard>>([mine, silent, refusing, last]), mine.ClassroomId, id =>
        {
            _reached.Enqueue(id);
            return id == silent.ClassroomId ? throw new TimeoutException("no answer") : Task.FromResult(id == refusing.ClassroomId ? Reply.Refused("not-saved") : new Reply(7, null));
        }, logged);

        _reached.ShouldBe([silent.ClassroomId, refusing.ClassroomId, last.ClassroomId], ignoreOrder: true);
        logged.Lines.Count(l => l.Contains(silent.ClassroomId.ToString(), StringComparison.Ordinal)).ShouldBe(1);
        logged.Lines.Count(l => l.Contains($"{refusing.ClassroomId} was to end and goes on: not-saved", StringComparison.Ordinal)).ShouldBe(1);
        logged.Lines.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_fails_nothing()
    {
        await Rehearsals.EndBeforeAsync(() => throw new StorageUnavailableException("away"), Guid.Empty, _ => Task.FromResult(new Reply(1, null)), NullLogger.Instance);
    }

    [Fact]
    public async Task Home_looks_at_those_that_run_and_none_keeps_another_from_it()
    {
        var (one, two, real, over) = (Card(4), Card(3), Card(2, rehearsal: null), Card(1) with { EndedAt = At });

        await Rehearsals.WakeAsync([one, two, real, over], id =>
        {
            _reached.Enqueue(id);
            return id == one.ClassroomId ? Task.FromException(new TimeoutException("no answer")) : Task.CompletedTask;
        }, NullLogger.Instance);

        _reached.ShouldBe([one.ClassroomId, two.ClassroomId], ignoreOrder: true);
    }

    [Fact]
    public async Task Lessons_are_counted_and_rehearsals_are_not()
    {
        var (counted, mine) = (new ConcurrentQueue<string>(), new AsyncLocal<bool> { Value = true });
        using var listener = new MeterListener { InstrumentPublished = (instrument, l) => Listen(instrument, l) };
        // Other tests count in this process too; a counter calls on the thread that counts.
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => (mine.Value ? counted : new()).Enqueue(instrument.Name));
        listener.Start();
        var log = new MeasuredLog(new Taking());

        await AppendAsync("lesson-started.1", """{"stepId":"s1","rehearsal":true}""");
        await AppendAsync("lesson-ended.1", """{"rehearsal":true}""");
        counted.ShouldBeEmpty();
        await AppendAsync("lesson-started.1", """{"stepId":"\u0022rehearsal\u0022:true"}""");
        await AppendAsync("lesson-ended.1", "{}");
        await AppendAsync("lesson-ended.1", """{"rehearsal":false}""");
        counted.ShouldBe(["ortaq.lessons.started", "ortaq.lessons.ended", "ortaq.lessons.ended"]);

        Task AppendAsync(string name, string body) => log.AppendAsync("classroom/x", 0, Guid.Empty, [new NewFact(name, "{}", At, body)], CancellationToken.None);

        static void Listen(Instrument instrument, MeterListener l)
        {
            if (instrument.Name.StartsWith("ortaq.lessons.", StringComparison.Ordinal))
            {
                l.EnableMeasurementEvents(instrument);
            }
        }
    }

    private Task EndBeforeAsync(ClassroomCard but, params ClassroomCard[] cards) => Rehearsals.EndBeforeAsync(() => Task.FromResult(cards.ToImmutableArray()), but.ClassroomId, id =>
    {
        _reached.Enqueue(id);
        return Task.FromResult(new Reply(7, null));
    }, NullLogger.Instance);

    private static ClassroomCard Card(int minute, bool? rehearsal = true) => new(Guid.CreateVersion7(), new("С", "У", "L"), "7", At.AddMinutes(minute), null, rehearsal);

    private sealed class KeptLines : Microsoft.Extensions.Logging.ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> Lines => _lines;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => true;

        public void Log<TState>(
            Microsoft.Extensions.Logging.LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception));
    }

    // Stores nothing and says that it did.
    private sealed class Taking : IFactLog
    {
        public int Waiting => 0;

        public Task<AppendResult> AppendAsync(string stream, long expectedVersion, Guid commandId, IReadOnlyList<NewFact> facts, CancellationToken cancellationToken) =>
            Task.FromResult(new AppendResult(AppendStatus.Appended, expectedVersion + facts.Count));

        public IAsyncEnumerable<StoredFact> ReadAsync(string stream, long after, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task SaveSnapshotAsync(string stream, StoredSnapshot snapshot, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<StoredSnapshot?> LoadSnapshotAsync(string stream, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
