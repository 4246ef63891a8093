using Classroom.Silo.Hosting;
using Classroom.Silo.Operator;
using Classroom.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;

namespace Classroom.Silo.Tests;

/// <summary>What a pause is, by a clock that the test moves, in a real database.</summary>
public sealed class PausesTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly DatabaseSettings _database;
    private readonly SqliteFactLog _log;
    private readonly Pauses _pauses;

    public PausesTests()
    {
        _database = DatabaseSettings.ForFile(Path.Combine(_folder.Path, "ortaq.db"));
        _log = new SqliteFactLog(_database.Sqlite);
        _pauses = new Pauses(
            new PauseStore(_database), Answering.With<IClusterMembershipService>((_, _) => throw new InvalidOperationException("Nobody asks.")),
            new IndexBuilder(_time, NullLogger<IndexBuilder>.Instance), _time, NullLogger<Pauses>.Instance);
    }

    [Fact]
    public async Task An_answer_within_three_seconds_is_no_pause_and_a_later_one_is()
    {
        var (calm, paused) = (await StartedAsync(), await StartedAsync());
        Call(calm, Pauses.Limit);
        Call(paused, Pauses.Limit + TimeSpan.FromTicks(1));
        (await ShareAsync()).ShouldBe(new SteadyShare(2, 1));
    }

    [Fact]
    public async Task Tries_that_were_not_stored_are_one_wait_from_the_first_and_a_browsers_hurry_is_none()
    {
        var (lesson, hasty) = (await StartedAsync(), await StartedAsync());
        var (command, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var refusal in new[] { "try-again", "not-entered", "not-saved" })
        {
            Call(lesson, TimeSpan.FromSeconds(1), command, refusal);
        }

        (await ShareAsync()).Paused.ShouldBe(0, "nobody has waited longer than three seconds");
        Call(lesson, TimeSpan.FromSeconds(1), command);
        foreach (var refusal in new[] { "too-fast", "not-entered", "device-waiting", "too-fast", null })
        {
            Call(hasty, TimeSpan.FromSeconds(1), other, refusal);
        }

        (await ShareAsync()).Paused.ShouldBe(1);

        // The wait is over: the same command again is a new one.
        var again = await StartedAsync();
        Call(again, TimeSpan.FromSeconds(1), command);
        (await ShareAsync()).Paused.ShouldBe(1);
    }

    [Fact]
    public async Task What_a_browser_says_counts_for_a_minute_after_a_process_ended()
    {
        var (before, after, late) = (await StartedAsync(), await StartedAsync(), await StartedAsync());
        _time.Advance(Pauses.AfterAnEnd);
        Call(before, TimeSpan.Zero, waited: TimeSpan.FromSeconds(10));
        _pauses.ProcessEnded();
        Call(after, TimeSpan.FromSeconds(2), waited: TimeSpan.FromSeconds(1.5));
        _time.Advance(Pauses.AfterAnEnd);
        Call(late, TimeSpan.Zero, waited: TimeSpan.FromSeconds(10));
        (await ShareAsync()).ShouldBe(new SteadyShare(3, 1));
    }

    [Fact]
    public async Task What_cannot_be_stored_is_kept_until_it_can_and_what_was_before_the_start_does_not_count()
    {
        var lobby = Guid.CreateVersion7();
        Call(lobby, TimeSpan.FromSeconds(9));
        await Should.ThrowAsync<System.Data.Common.DbException>(() => _pauses.StoreAsync(CancellationToken.None));
        _pauses.Waiting.ShouldBe(1);
        _time.Advance(TimeSpan.FromSeconds(1));
        await StartedAsync(lobby);
        (await ShareAsync()).ShouldBe(new SteadyShare(1, 0));
        _pauses.Waiting.ShouldBe(0);

        // A lesson of the day before is one of the week.
        _time.Advance(TimeSpan.FromDays(2));
        (await ShareAsync()).Lessons.ShouldBe(0);
        _pauses.Week.ShouldBe(new SteadyShare(1, 0));
    }

    [Fact]
    public async Task Two_processes_that_saw_the_same_pause_make_one()
    {
        var lesson = await StartedAsync();
        var store = new PauseStore(_database);
        await store.AddAsync(lesson, _time.GetUtcNow(), TimeSpan.FromSeconds(9), CancellationToken.None);
        await store.AddAsync(lesson, _time.GetUtcNow().AddDays(-1), TimeSpan.FromSeconds(4), CancellationToken.None);
        (await ShareAsync()).ShouldBe(new SteadyShare(1, 1));
    }

    [Fact]
    public async Task A_rehearsal_is_no_lesson_of_the_promise()
    {
        var (real, rehearsal) = (await StartedAsync(), await StartedAsync(body: """{"stepId":"s2","rehearsal":true}"""));
        Call(real, Pauses.Limit * 2);
        Call(rehearsal, Pauses.Limit * 2);
        (await ShareAsync()).ShouldBe(new SteadyShare(1, 1));
    }

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        _pauses.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private void Call(Guid lesson, TimeSpan takes, Guid command = default, string? refusal = null, TimeSpan? waited = null)
    {
        var arrived = _time.GetTimestamp();
        _time.Advance(takes);
        _pauses.Answered(lesson, command, arrived, refusal, waited);
    }

    private async Task<Guid> StartedAsync(Guid? lesson = null, string body = "{}")
    {
        await Migrator.MigrateAsync(_database, CancellationToken.None);
        var id = lesson ?? Guid.CreateVersion7();
        await _log.AppendAsync($"classroom/{id}", 0, Guid.CreateVersion7(), [new NewFact("lesson-started.1", "teacher", _time.GetUtcNow(), body)], CancellationToken.None);
        return id;
    }

    private async Task<SteadyShare> ShareAsync()
    {
        await _pauses.StoreAsync(CancellationToken.None);
        await _pauses.LookAsync(CancellationToken.None);
        return _pauses.Day!;
    }
}
