using Classroom.Tests;
using Npgsql;

namespace Classroom.Storage.Tests;

/// <summary>Yesterday's Postgres is brought to this schema, and gets its indexes, beside somebody whose append takes long: nobody else waits for it.</summary>
public sealed class ConcurrentIndexTests : IAsyncLifetime
{
    // Nothing is measured: who is stopped would wait for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private TestDatabase _database = null!;
    private NpgsqlDataSource _source = null!;
    private NpgsqlConnection _slow = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.PostgresAsync();
        await _database.RunAsync(Yesterday.Script());
        _source = NpgsqlDataSource.Create(_database.Settings.Postgres!);
        _slow = await _source.OpenConnectionAsync();
        await using var append = new NpgsqlCommand(
            "begin; insert into facts (stream, version, command_id, name, actor, at, body, hash) values ('slow', 1, gen_random_uuid(), 'n.1', '{}', now(), '{}', sha256(''))", _slow);
        await append.ExecuteNonQueryAsync();
        await Migrator.MigrateAsync(_database.Settings, default).WaitAsync(Patience);
    }

    public async Task DisposeAsync()
    {
        await _slow.DisposeAsync();
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Appends_go_on_while_they_are_built()
    {
        (await ValidAsync()).ShouldBeEmpty("a migration has built one");
        var building = ConcurrentIndexes.BuildAsync(_source, default);
        await BuilderWaitsAsync();
        await using var log = new PostgresFactLog(_source);
        var appended = await log.AppendAsync("beside", 0, Guid.CreateVersion7(), [new NewFact("n.1", "{}", DateTimeOffset.UnixEpoch, "{}")], default).WaitAsync(Patience);
        appended.Status.ShouldBe(AppendStatus.Appended);
        (await ConcurrentIndexes.BuildAsync(_source, default).WaitAsync(Patience)).ShouldBeFalse("another is at it");
        building.IsCompleted.ShouldBeFalse();
        await EndSlowAsync();
        (await building).ShouldBeTrue();
        (await ValidAsync()).ShouldBe(["facts_centre", "facts_forgotten", "facts_lesson_started"]);
        (await ConcurrentIndexes.BuildAsync(_source, default)).ShouldBeTrue("all are there");
    }

    [Fact]
    public async Task What_a_process_left_half_built_is_built_anew()
    {
        using var stop = new CancellationTokenSource();
        var building = ConcurrentIndexes.BuildAsync(_source, stop.Token);
        await BuilderWaitsAsync();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => building);
        (await _database.TextsAsync("select indexrelid::regclass::text from pg_index where not indisvalid")).ShouldBe(["facts_centre"]);
        await EndSlowAsync();
        (await ConcurrentIndexes.BuildAsync(_source, default)).ShouldBeTrue();
        (await ValidAsync()).ShouldBe(["facts_centre", "facts_forgotten", "facts_lesson_started"]);
    }

    private async Task EndSlowAsync()
    {
        await using var end = new NpgsqlCommand("rollback", _slow);
        await end.ExecuteNonQueryAsync();
    }

    private async Task BuilderWaitsAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while ((await _database.TextsAsync("select query from pg_stat_activity where datname = current_database() and query like 'create index %' and wait_event_type = 'Lock'")).Count == 0)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private Task<List<string>> ValidAsync() => _database.TextsAsync(
        "select indexrelid::regclass::text from pg_index where indisvalid and indexrelid::regclass::text in ('facts_centre', 'facts_forgotten', 'facts_lesson_started') order by 1");
}
