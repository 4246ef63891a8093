namespace Classroom.Storage.Tests;

/// <summary>How the chain comes to be: over random appends, and over the facts of an older database. Inherited by each database.</summary>
public abstract class ChainContract : IAsyncLifetime
{
    protected TestDatabase Database { get; private set; } = null!;

    protected abstract Task<TestDatabase> MakeAsync();

    public async Task InitializeAsync() => Database = await MakeAsync();

    public async Task DisposeAsync() => await Database.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(20261122)]
    public async Task The_chain_holds_over_random_appends_of_two_processes_and_is_the_same_on_both_databases(int seed)
    {
        await using var twin = await TestDatabase.SqliteAsync();
        (await FillAsync(Database, seed)).Digest.ShouldBe((await FillAsync(twin, seed)).Digest);
    }

    [Fact]
    public async Task Times_are_stored_as_they_are_hashed_in_whole_microseconds()
    {
        await Migrator.MigrateAsync(Database.Settings, default);
        var at = new DateTimeOffset(2026, 9, 1, 9, 30, 15, 123, 456, TimeSpan.FromHours(5)).AddTicks(7);
        var log = Database.OpenLog(new());
        await using var _ = (IAsyncDisposable)log;
        await log.AppendAsync("a", 0, Guid.CreateVersion7(), [new NewFact("n.1", "{}", at, "{}")], default);
        await foreach (var fact in log.ReadAsync("a", 0, default))
        {
            fact.At.ShouldBe(at.AddTicks(-7));
        }

        (await Verifier.RunAsync(Database.Settings, null, default)).IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task A_database_of_schema_3_is_chained_by_its_migration_and_goes_on()
    {
        const int Length = 1203;
        await OldSchema.MakeAsync(Database);
        for (var i = 0; i < Length; i++)
        {
            // Streams that end within a page, at its end, and that go over several.
            await OldSchema.AddAsync(Database, i < 200 ? $"classroom/{i}" : i < 500 ? "classroom/x" : "student/y", i < 200 ? 1 : i < 500 ? i - 199 : i - 499);
        }

        var early = await Should.ThrowAsync<InvalidOperationException>(() => Verifier.RunAsync(Database.Settings, null, default));
        early.Message.ShouldContain("schema 3");
        await Migrator.MigrateAsync(Database.Settings, default);
        var found = await Verifier.RunAsync(Database.Settings, null, default);
        (found.IsWhole, found.Streams, found.Facts).ShouldBe((true, 202, Length), string.Join('\n', found.Findings));
        var log = Database.OpenLog(new());
        await using var _ = (IAsyncDisposable)log;
        (await log.AppendAsync("classroom/x", 300, Guid.CreateVersion7(), [new NewFact("n.1", "{}", DateTimeOffset.UnixEpoch, "{}")], default))
            .ShouldBe(new AppendResult(AppendStatus.Appended, 301));
        (await log.AppendAsync("classroom/x", 301, OldSchema.CommandOf("classroom/x", 7), [], default)).ShouldBe(new AppendResult(AppendStatus.Repeated, 7));
        (await Verifier.RunAsync(Database.Settings, null, default)).IsWhole.ShouldBeTrue();
        await Database.RunAsync("update facts set body = '[]' where stream = 'student/y' and version = 600");
        (await Verifier.RunAsync(Database.Settings, null, default)).Findings.ShouldHaveSingleItem().ToString().ShouldStartWith("student/y 600: edited");
    }

    [Fact]
    public async Task A_fact_without_its_hash_is_not_taken()
    {
        await OldSchema.MakeAsync(Database);
        await Migrator.MigrateAsync(Database.Settings, default);
        await Should.ThrowAsync<System.Data.Common.DbException>(() => OldSchema.AddAsync(Database, "a", 1), "an old process beside the new ones");
    }

    [Fact]
    public void The_hash_is_made_of_these_bytes_for_ever()
    {
        // Computed by hand, outside this program: python3 hashlib over the encoding that FactHash documents.
        var at = new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);
        var hash = FactHash.Of(FactHash.None, "classroom/a", 1, new Guid("01990000-0000-7000-8000-000000000001"), "n.1", "{}", at, "{\"t\":\"ж\"}");
        Convert.ToHexStringLower(hash).ShouldBe("f35eb88015a08211c571f7971a1c6a0587faa0fafaffe51a3128319bb1f1c11f");
    }

    private static async Task<Verification> FillAsync(TestDatabase database, int seed)
    {
        await Migrator.MigrateAsync(database.Settings, default);
        var (random, versions, changed) = (new Random(seed), new long[7], new ChangedHeads());
        IFactLog[] logs = [database.OpenLog(changed), database.OpenLog(new())];
        for (var round = 0; round < 60; round++)
        {
            var log = logs[random.Next(2)];
            await Task.WhenAll(Enumerable.Range(0, versions.Length).Where(_ => random.Next(3) > 0).ToList().Select(async stream =>
            {
                var facts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => new NewFact(
                    "n." + random.Next(3), "{}", DateTimeOffset.UnixEpoch.AddTicks(random.NextInt64(1L << 60)), Text(random))).ToList();
                var id = new Guid(random.Next(), 0, 0, new byte[8]);
                versions[stream] = (await log.AppendAsync(Name(stream), versions[stream], id, facts, default)).Version;
            }));
        }

        foreach (var log in logs)
        {
            await ((IAsyncDisposable)log).DisposeAsync();
        }

        new CheckpointFile(database.Checkpoints, TimeProvider.System).Write(changed.Take());
        var found = await Verifier.RunAsync(database.Settings, database.Checkpoints, default);
        found.Findings.ShouldBeEmpty();
        found.Facts.ShouldBe(versions.Sum());
        return found;
    }

    // Names that sort differently by culture, by UTF-16 and by bytes.
    private static string Name(int stream) => new[] { "a", "B", "ә", "a-b", "a/b", "\ufffd", "\U0001f600" }[stream];

    private static string Text(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => char.ConvertFromUtf32(random.Next(1, 0xd800))));
}

public sealed class PostgresChainTests : ChainContract
{
    protected override Task<TestDatabase> MakeAsync() => TestDatabase.PostgresAsync();
}

public sealed class SqliteChainTests : ChainContract
{
    protected override Task<TestDatabase> MakeAsync() => TestDatabase.SqliteAsync();
}
