using Classroom.Tests;

namespace Classroom.Storage.Tests;

/// <summary>At a start an older copy of the keys learns who was forgotten since, from the facts that say so and from no others; the same on both databases, with a key store of each kind.</summary>
public abstract class ForgottenFactsContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 8, 0, 0, TimeSpan.Zero);
    private static readonly Guid Lesson = Guid.Parse("00000000-0000-7000-8000-00000000000a");
    private readonly Guid[] _children = [.. Enumerable.Range(1, 5).Select(i => new Guid(i, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0))];
    private long _version;

    protected TestDatabase Database { get; private set; } = null!;

    protected IKeyStore Keys { get; private set; } = null!;

    protected abstract Task<TestDatabase> MakeAsync();

    protected abstract Task<IKeyStore> MakeKeysAsync();

    /// <summary>How the database finds the facts that are asked for.</summary>
    protected abstract Task<string> PlanAsync(string query);

    public virtual async Task InitializeAsync()
    {
        Database = await MakeAsync();
        await Migrator.MigrateAsync(Database.Settings, default);
        Keys = await MakeKeysAsync();
        await Keys.PrepareAsync(MasterKey.Of(new byte[32]), default);
        foreach (var child in _children[..4])
        {
            await Keys.AddAsync(Lesson, child, [1], Now, default);
        }
    }

    public virtual async Task DisposeAsync() => await Database.DisposeAsync();

    [Fact]
    public async Task Keys_that_came_back_are_destroyed_and_the_others_stay()
    {
        await ForgetAsync(_children[0], Now);
        await ForgetAsync(_children[2], Now);
        await FactAsync($"classroom/{Lesson}", "hand-raised.1", Body(_children[1]), Now);
        await FactAsync("access/2026-11", "student-forgotten.1", $$"""{"lesson":"{{Lesson}}","student":"{{_children[3]}}"}""", Now);
        await FactAsync($"classroom/{Lesson}", "student-forgotten.1", "[\"damaged", Now);

        (await RunAsync()).ShouldBe(2);

        (await PresentAsync()).ShouldBe([_children[1], _children[3]]);
        (await RunAsync()).ShouldBe(0, "it knows them now");
    }

    /// <summary>The power went away between the fact and the key, or another server is about to destroy it.</summary>
    [Fact]
    public async Task Of_whom_it_was_ordered_the_store_knows_and_the_key_is_destroyed_all_the_same()
    {
        await Keys.OrderAsync(new Erasure(Lesson, _children[0], Guid.CreateVersion7(), "{}", "Family", Now), default);
        await ForgetAsync(_children[0], Now);
        await ForgetAsync(_children[1], Now);
        (await RunAsync()).ShouldBe(1);
        (await PresentAsync()).ShouldBe(_children[2..4]);
        (await Keys.OrderedAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_damaged_row_does_not_keep_the_others_from_being_read()
    {
        await FactAsync("classroom/no-lesson", "student-forgotten.1", Body(_children[0]), Now);
        await FactAsync("classroom/", "student-forgotten.1", Body(_children[0]), Now);
        await FactAsync($"classroom/{Lesson}", "student-forgotten.1", "{\"studentId\":\"\\ud800" + new string('0', 35) + "\"}", Now);
        await FactAsync($"classroom/{Lesson}", "student-forgotten.1", "", Now);
        await ForgetAsync(_children[1], Now);
        (await RunAsync()).ShouldBe(1);
        (await PresentAsync()).ShouldBe([_children[0], _children[2], _children[3]]);
        (await RunAsync()).ShouldBe(0);
        (await LostKeys.FindAsync(Database.Settings, Keys, new PersonalFields(new Dictionary<string, IReadOnlyDictionary<string, string>>(), static () => new ActorOwners()), default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_child_that_the_copy_never_knew_is_known_as_forgotten()
    {
        await ForgetAsync(_children[4], Now);
        (await RunAsync()).ShouldBe(1);
        (await Keys.LoadAsync(Lesson, default)).Single(k => k.Child == _children[4]).ShouldSatisfyAllConditions(k => k.Wrapped.ShouldBeNull(), k => k.DestroyedAt.ShouldNotBeNull());
        (await Keys.AddAsync(Lesson, _children[4], [2], Now, default)).Wrapped.ShouldBeNull();
    }

    [Fact]
    public async Task A_start_reads_only_what_was_forgotten_since_the_one_before()
    {
        await ForgetAsync(_children[0], Now);
        await RunAsync();
        // Who reads it again would destroy that one's.
        await Database.RunAsync("update facts set body = @body", ("@body", Body(_children[1])));
        await ForgetAsync(_children[2], Now.AddHours(1));
        (await RunAsync()).ShouldBe(1);
        (await PresentAsync()).ShouldBe([_children[1], _children[3]]);
    }

    [Fact]
    public async Task Who_was_forgotten_while_the_clock_was_behind_is_found_too()
    {
        await ForgetAsync(_children[0], Now);
        await RunAsync();
        await ForgetAsync(_children[1], Now.AddYears(-20));
        (await RunAsync()).ShouldBe(1);
        (await PresentAsync()).ShouldBe([_children[2], _children[3]]);
    }

    [Fact]
    public async Task A_copy_of_the_keys_knows_what_it_knew()
    {
        await ForgetAsync(_children[0], Now);
        await RunAsync();
        var older = await Keys.ForgottenAsync(default);
        await ForgetAsync(_children[1], Now.AddHours(1));
        await Keys.DestroyAsync(Lesson, _children[1], Now, default);
        (await RunAsync()).ShouldBe(0);
        (await Keys.ForgottenAsync(default)).Count.ShouldBe(2);
        await Keys.NoteForgottenAsync(older, default);
        (await Keys.ForgottenAsync(default)).ShouldBe(older);
    }

    [Fact]
    public async Task More_than_a_page_of_them_are_all_destroyed()
    {
        for (var i = 0; i < 1100; i++)
        {
            await ForgetAsync(Guid.CreateVersion7(), Now.AddSeconds(i));
        }

        await ForgetAsync(_children[3], Now.AddSeconds(1));
        (await RunAsync()).ShouldBe(1101);
        (await PresentAsync()).ShouldBe(_children[..3]);
    }

    [Fact]
    public async Task They_are_found_by_the_index()
    {
        foreach (var query in new[] { ForgottenFacts.Later, ForgottenFacts.Counted })
        {
            (await PlanAsync(query)).ShouldContain("facts_forgotten");
        }
    }

    protected Guid Child(int number) => _children[number];

    protected static string Body(Guid child) => $$"""{"studentId":"{{child}}","reason":"family"}""";

    protected Task<int> RunAsync() => ForgottenFacts.DestroyKeysAsync(Database.Settings, Keys, Now, default);

    protected Task ForgetAsync(Guid child, DateTimeOffset at) => FactAsync($"classroom/{Lesson}", "student-forgotten.1", Body(child), at);

    private async Task FactAsync(string stream, string name, string body, DateTimeOffset at)
    {
        object time = Database.Settings.Postgres is null ? SqliteWriter.Text(at) : at;
        object id = Database.Settings.Postgres is null ? Guid.NewGuid().ToString() : Guid.NewGuid();
        await Database.RunAsync(
            "insert into facts (stream, version, command_id, name, actor, at, body, hash) values (@stream, @version, @id, @name, '{}', @at, @body, @hash)",
            ("@stream", stream), ("@version", ++_version), ("@id", id), ("@name", name), ("@at", time), ("@body", body), ("@hash", new byte[32]));
    }

    protected async Task<Guid[]> PresentAsync() =>
        [.. (await Keys.LoadAsync(Lesson, default)).Where(k => k.Wrapped is not null && _children.Contains(k.Child)).Select(k => k.Child).OrderBy(c => Array.IndexOf(_children, c))];
}

public sealed class SqliteForgottenFactsTests : ForgottenFactsContract
{
    protected override Task<TestDatabase> MakeAsync() => TestDatabase.SqliteAsync();

    protected override Task<IKeyStore> MakeKeysAsync() => Task.FromResult<IKeyStore>(new SqliteKeyStore(Path.Combine(Path.GetDirectoryName(Database.File)!, "keys.db")));

    [Theory]
    [InlineData("yesterday")]
    [InlineData("")]
    [InlineData("2026-13-45T99:00:00Z")]
    public async Task A_time_that_is_damaged_does_not_keep_a_start_from_ending_and_hides_nobody_else(string at)
    {
        await ForgetAsync(Child(0), DateTimeOffset.UnixEpoch);
        await Database.RunAsync("update facts set at = @at", ("@at", at));
        await ForgetAsync(Child(1), DateTimeOffset.UnixEpoch.AddYears(56));
        await RunAsync();
        (await PresentAsync()).ShouldNotContain(Child(1));
        await ForgetAsync(Child(2), DateTimeOffset.UnixEpoch.AddYears(57));
        await RunAsync();
        (await PresentAsync()).ShouldNotContain(Child(2));
    }

    protected override async Task<string> PlanAsync(string query)
    {
        await using var connection = SqliteFiles.Open(Database.Settings.Sqlite);
        await using var command = Sql.Of(connection, "explain query plan " + query, ("@until", ""));
        await using var reader = await command.ExecuteReaderAsync();
        (await reader.ReadAsync()).ShouldBeTrue();
        return reader.GetString(3);
    }
}

public sealed class PostgresForgottenFactsTests : ForgottenFactsContract
{
    private TestPostgres _keys = null!;

    public override async Task DisposeAsync()
    {
        await ((PostgresKeyStore)Keys).DisposeAsync();
        await _keys.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override Task<TestDatabase> MakeAsync() => TestDatabase.PostgresAsync();

    protected override async Task<IKeyStore> MakeKeysAsync()
    {
        _keys = await TestPostgres.CreateAsync();
        return new PostgresKeyStore(_keys.ConnectionString);
    }

    // A table of no rows is read through otherwise.
    protected override async Task<string> PlanAsync(string query)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(Database.Settings.Postgres!);
        await ConcurrentIndexes.BuildAsync(source, default);
        await using var connection = await source.OpenConnectionAsync();
        await using var off = Sql.Of(connection, "set enable_seqscan = off; set enable_bitmapscan = off");
        await off.ExecuteNonQueryAsync();
        await using var command = Sql.Of(connection, "explain " + query, ("@until", Parameter));
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }

    private static readonly DateTimeOffset Parameter = DateTimeOffset.UnixEpoch;
}
