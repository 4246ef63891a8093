using System.Diagnostics;
using Classroom.Tests;
using Npgsql;

namespace Classroom.Storage.Tests;

/// <summary>What a start finds when it compares the database with the checkpoints, and what a running process finds; the same on both databases.</summary>
public abstract class StoredBeforeContract : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private TestDatabase _database = null!;

    protected abstract Task<TestDatabase> MakeAsync();

    protected abstract string Setting { get; }

    public async Task InitializeAsync()
    {
        _database = await MakeAsync();
        await Migrator.MigrateAsync(_database.Settings, default);
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task The_one_that_was_written_is_the_right_one_also_when_it_holds_more_by_now()
    {
        (await FindAsync()).ShouldBeNull("nothing is known of it");
        await AppendAsync("a", 3, note: true);
        (await FindAsync()).ShouldBeNull();
        await AppendAsync("a", 2, note: false);
        (await FindAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task One_that_lost_its_end_is_older()
    {
        await AppendAsync("a", 5, note: true);
        await _database.RunAsync("delete from facts where version > 3");
        var found = (await FindAsync())!;
        (found.Fault, found.Message.StartsWith($"{Setting}: the database is older than what this server has stored: fact 5 of a", StringComparison.Ordinal)).ShouldBe((DatabaseFault.Older, true), found.Message);
    }

    [Fact]
    public async Task One_that_lost_a_stream_in_its_middle_is_older_too()
    {
        await AppendAsync("a", 2, note: true);
        await AppendAsync("b", 2, note: true);
        await _database.RunAsync("delete from facts where stream = 'a'");
        (await FindAsync())!.Fault.ShouldBe(DatabaseFault.Older);
    }

    [Fact]
    public async Task One_without_a_fact_or_without_a_table_is_missing()
    {
        await AppendAsync("a", 1, note: true);
        await _database.RunAsync("delete from facts");
        (await FindAsync())!.Fault.ShouldBe(DatabaseFault.Missing);
        await _database.RunAsync("drop table facts");
        (await FindAsync())!.Fault.ShouldBe(DatabaseFault.Missing);
    }

    [Fact]
    public async Task Other_facts_in_their_place_are_another_database()
    {
        await AppendAsync("a", 2, note: true);
        await _database.RunAsync("delete from facts");
        await AppendAsync("a", 2, note: false);
        (await FindAsync())!.Fault.ShouldBe(DatabaseFault.Another);
    }

    [Fact]
    public async Task What_cannot_be_read_of_the_checkpoints_says_nothing_and_hides_nothing()
    {
        await AppendAsync("a", 2, note: true);
        Directory.CreateDirectory(_database.Checkpoints);
        var torn = Path.Combine(_database.Checkpoints, "checkpoints-torn.jsonl");
        foreach (var text in new[] { "", "\n", "{", "null", "[]", new string('x', 2_000_000), "{\"sequence\":1" })
        {
            await File.WriteAllTextAsync(torn, text);
            await File.WriteAllTextAsync(Path.Combine(_database.Checkpoints, "newest-torn.json"), text);
            (await FindAsync()).ShouldBeNull();
        }

        await _database.RunAsync("delete from facts where version = 2");
        (await FindAsync())!.Fault.ShouldBe(DatabaseFault.Older, "the files beside them still count");
    }

    [Fact]
    public async Task A_line_that_was_torn_leaves_the_one_before_it()
    {
        await AppendAsync("a", 2, note: true);
        var file = Directory.GetFiles(_database.Checkpoints, CheckpointFile.Pattern).ShouldHaveSingleItem();
        await File.AppendAllTextAsync(file, "{\"sequence\":2,\"ti");
        KnownHead.NewestOf(_database.Checkpoints).ShouldHaveSingleItem().Version.ShouldBe(2);
    }

    [Fact]
    public async Task The_newest_that_was_noted_takes_the_place_of_the_one_before_and_is_missed_when_it_is_gone()
    {
        var file = new CheckpointFile(_database.Checkpoints, _time);
        await AppendAsync(new string('a', 300), 1, note: false, file);
        await AppendAsync("b", 1, note: false, file);
        KnownHead.NewestOf(_database.Checkpoints).ShouldHaveSingleItem().Stream.ShouldBe("b");
        (await FindAsync()).ShouldBeNull();
        await _database.RunAsync("delete from facts where stream = 'b'");
        (await FindAsync())!.Fault.ShouldBe(DatabaseFault.Older);
        file.PutAside();
        (await FindAsync()).ShouldBeNull("an operator has accepted it");
    }

    [Fact]
    public async Task A_process_that_runs_misses_what_it_stored_last_and_is_content_when_it_is_back()
    {
        var changed = new ChangedHeads();
        var own = new OwnDatabase(changed, _database.Settings.Postgres is null ? _database.Settings.Sqlite : null);
        await using var source = _database.Settings.Postgres is { } postgres ? NpgsqlDataSource.Create(postgres) : null;
        IFactLog log = source is null ? new SqliteFactLog(_database.Settings.Sqlite, changed, own) : new PostgresFactLog(source, changed, own);
        await using var _ = (IAsyncDisposable)log;
        own.Begin();
        await own.LookAsync(source, default);
        await log.AppendAsync("a", 0, Guid.CreateVersion7(), [Fact()], default);
        await own.LookAsync(source, default);

        await _database.RunAsync("update facts set stream = 'elsewhere' where stream = 'a'");
        (await Should.ThrowAsync<DatabaseDiffersException>(() => own.LookAsync(source, default))).Fault.ShouldBe(DatabaseFault.Older);
        await Should.ThrowAsync<StorageUnavailableException>(() => log.AppendAsync("b", 0, Guid.CreateVersion7(), [Fact()], default));
        await _database.RunAsync("update facts set stream = 'a' where stream = 'elsewhere'");
        await own.LookAsync(source, default);
        own.Trouble.ShouldBeNull();
        (await log.AppendAsync("b", 0, Guid.CreateVersion7(), [Fact()], default)).Status.ShouldBe(AppendStatus.Appended);
    }

    private static NewFact Fact() => new("test.1", "{}", DateTimeOffset.UnixEpoch, Guid.NewGuid().ToString("N"));

    private Task<DatabaseDiffersException?> FindAsync() => StoredBefore.FindAsync(
        _database.Settings, KnownHead.NewestOf(_database.Checkpoints), TimeSpan.FromMinutes(1), () => throw new InvalidOperationException("too large"), default);

    private async Task AppendAsync(string stream, int facts, bool note, CheckpointFile? newest = null)
    {
        var changed = new ChangedHeads();
        var log = _database.OpenLog(changed);
        await using var _ = (IAsyncDisposable)log;
        var version = 0L;
        await foreach (var fact in log.ReadAsync(stream, 0, default))
        {
            version = fact.Version;
        }

        for (var i = 0; i < facts; i++)
        {
            version = (await log.AppendAsync(stream, version, Guid.CreateVersion7(), [Fact()], default)).Version;
        }

        if (note)
        {
            new CheckpointFile(_database.Checkpoints, _time).Write(changed.Take());
        }

        newest?.WriteNewest(changed.Newest!.Value.Stream, changed.Newest.Value.Head);
    }
}

public sealed class StoredBeforeOnSqlite : StoredBeforeContract
{
    protected override string Setting => "Data:Folder";

    protected override Task<TestDatabase> MakeAsync() => TestDatabase.SqliteAsync();
}

public sealed class StoredBeforeOnPostgres : StoredBeforeContract
{
    protected override string Setting => "ConnectionStrings:Postgres";

    [Fact]
    public async Task Thousands_of_heads_are_looked_for_by_a_handful_of_questions_and_one_that_is_missing_among_them_is_named()
    {
        await using var database = await TestDatabase.PostgresAsync();
        await Migrator.MigrateAsync(database.Settings, default);
        await database.RunAsync("insert into facts (stream, version, command_id, name, actor, at, body, hash) select 's' || i, 1, gen_random_uuid(), 'n.1', '{}', now(), '{}', sha256(i::text::bytea) from generate_series(1, 5000) i");
        List<KnownHead> known = [.. Enumerable.Range(1, 5000).Select(i => new KnownHead($"s{i}", 1, System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(i.ToString(System.Globalization.CultureInfo.InvariantCulture))), DateTimeOffset.UnixEpoch.AddSeconds(i)))];
        var (found, questions) = await AskedAsync();
        found.ShouldBeNull();
        questions.ShouldBeInRange(1, 5);

        await database.RunAsync("delete from facts where stream = 's17'");
        (await AskedAsync()).Found!.Message.ShouldContain("fact 1 of s17 ");

        async Task<(DatabaseDiffersException? Found, int Questions)> AskedAsync()
        {
            using var test = new Activity("test").Start();
            var count = 0;
            using var listener = new ActivityListener
            {
                ShouldListenTo = static source => source.Name == "Npgsql", Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                // Other tests ask at the same time.
                ActivityStopped = activity => count += activity.TraceId == test.TraceId ? 1 : 0,
            };
            ActivitySource.AddActivityListener(listener);
            return (await StoredBefore.FindAsync(database.Settings, known, TimeSpan.FromMinutes(1), static () => { }, default), count);
        }
    }

    protected override Task<TestDatabase> MakeAsync() => TestDatabase.PostgresAsync();
}
