using Classroom.Tests;

namespace Classroom.Storage.Tests;

/// <summary>The store of the children's keys: what it returns is durable, and what it destroyed stays destroyed.</summary>
public abstract class KeyStoreContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 8, 0, 0, TimeSpan.Zero);
    private static readonly MasterKey Master = MasterKey.Of([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
    private readonly Guid _lesson = Guid.CreateVersion7();
    private readonly Guid _child = Guid.CreateVersion7();

    protected TestDatabase Database { get; private set; } = null!;

    /// <summary>Two on the same keys, as two processes are.</summary>
    protected abstract IKeyStore Open(TestDatabase database);

    protected abstract Task<TestDatabase> MakeAsync();

    private IKeyStore One => Open(Database);

    public async Task InitializeAsync() => Database = await MakeAsync();

    public async Task DisposeAsync() => await Database.DisposeAsync();

    [Fact]
    public async Task A_key_is_added_once_and_the_first_one_stands()
    {
        await One.PrepareAsync(Master, default);
        (await AddAsync(1)).Wrapped.ShouldBe([1]);
        (await AddAsync(2)).Wrapped.ShouldBe([1], "another process was quicker");
        (await One.LoadAsync(_lesson, default)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            k => k.Child.ShouldBe(_child), k => k.Wrapped.ShouldBe([1]), k => k.DestroyedAt.ShouldBeNull());
        (await One.LoadAsync(Guid.CreateVersion7(), default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_destroyed_key_never_comes_back()
    {
        await One.PrepareAsync(Master, default);
        await AddAsync(1);
        await One.DestroyAsync(_lesson, _child, Now, default);
        await One.DestroyAsync(_lesson, _child, Now.AddHours(1), default);
        (await AddAsync(2)).ShouldBe(new StoredKey(_child, null, Now));
        (await One.LoadAsync(_lesson, default)).ShouldBe([new StoredKey(_child, null, Now)]);
    }

    [Fact]
    public async Task A_key_that_never_was_can_be_destroyed_too()
    {
        await One.PrepareAsync(Master, default);
        await One.DestroyAsync(_lesson, _child, Now, default);
        (await AddAsync(2)).Wrapped.ShouldBeNull();
    }

    [Fact]
    public async Task An_order_waits_until_its_key_is_destroyed_and_the_first_one_stands()
    {
        await One.PrepareAsync(Master, default);
        await AddAsync(1);
        var (first, without) = (Order(_child, Now), Order(Guid.CreateVersion7(), Now.AddSeconds(1)));
        await One.OrderAsync(without, default);
        await One.OrderAsync(first, default);
        await One.OrderAsync(first with { Id = Guid.CreateVersion7(), Reason = "Mistake" }, default);

        (await One.OrderedAsync(default)).ShouldBe([first, without]);
        (await One.LoadAsync(_lesson, default)).ShouldHaveSingleItem().Wrapped.ShouldBe([1], "an order alone destroys nothing, and makes no key");

        await One.DestroyAsync(_lesson, _child, Now, default);
        await One.DestroyAsync(without.Lesson, without.Child, Now, default);
        (await One.OrderedAsync(default)).ShouldBeEmpty();
        await One.OrderAsync(first, default);
        (await One.OrderedAsync(default)).ShouldBeEmpty("it is done");
    }

    [Fact]
    public async Task Lessons_with_old_keys_are_found_page_by_page()
    {
        await One.PrepareAsync(Master, default);
        List<Guid> old = [.. Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7()).OrderBy(g => g.ToString(), StringComparer.Ordinal)];
        foreach (var lesson in old)
        {
            await One.AddAsync(lesson, _child, [1], Now, default);
            await One.AddAsync(lesson, Guid.CreateVersion7(), [1], Now, default);
        }

        await One.AddAsync(Guid.CreateVersion7(), _child, [1], Now.AddDays(1), default);
        await One.DestroyAsync(old[1], _child, Now, default);
        var gone = (await One.LoadAsync(old[3], default)).ToList();
        gone.ForEach(k => One.DestroyAsync(old[3], k.Child, Now, default).Wait());
        old.RemoveAt(3);

        var first = await One.LessonsWithKeysOfBeforeAsync(Now.AddHours(1), Guid.Empty, 2, default);
        var rest = await One.LessonsWithKeysOfBeforeAsync(Now.AddHours(1), first[^1], 10, default);
        first.Concat(rest).ShouldBe(old);
        first.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Another_master_key_is_refused_and_the_first_is_taken_again()
    {
        var id = await One.PrepareAsync(Master, default);
        await AddAsync(1);
        (await Should.ThrowAsync<InvalidDataException>(() => One.PrepareAsync(MasterKey.Of(new byte[32]), default))).Message.ShouldContain("another master key");
        (await One.PrepareAsync(Master, default)).ShouldBe(id);
    }

    [Fact]
    public async Task Two_that_begin_at_once_are_one_store()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => One.PrepareAsync(Master, default))));
        ids.Distinct().ShouldHaveSingleItem();
    }

    private Erasure Order(Guid child, DateTimeOffset at) => new(_lesson, child, Guid.CreateVersion7(), "{}", "Family", at);

    private Task<StoredKey> AddAsync(byte key) => One.AddAsync(_lesson, _child, [key], Now, default);
}

public sealed class SqliteKeyStoreTests : KeyStoreContract
{
    protected override IKeyStore Open(TestDatabase database) => new SqliteKeyStore(FileOf(database));

    protected override Task<TestDatabase> MakeAsync() => TestDatabase.SqliteAsync();

    private static string FileOf(TestDatabase database) => Path.Combine(Path.GetDirectoryName(database.File)!, "keys.db");

    [Fact]
    public async Task A_destroyed_key_is_in_no_file_of_it()
    {
        // So long that the row without it cannot lie over all of it.
        var (store, lesson, key) = (Open(Database), Guid.CreateVersion7(), System.Security.Cryptography.RandomNumberGenerator.GetBytes(1000));
        await store.PrepareAsync(MasterKey.Of(new byte[32]), default);
        for (var i = 0; i < 100; i++)
        {
            await store.AddAsync(lesson, Guid.CreateVersion7(), System.Security.Cryptography.RandomNumberGenerator.GetBytes(60), DateTimeOffset.UnixEpoch, default);
        }

        var child = Guid.CreateVersion7();
        await store.AddAsync(lesson, child, key, DateTimeOffset.UnixEpoch, default);
        Holds().ShouldBeTrue("it can be found at all");

        await store.DestroyAsync(lesson, child, DateTimeOffset.UnixEpoch, default);

        Holds().ShouldBeFalse();

        bool Holds() => Directory.GetFiles(Path.GetDirectoryName(Database.File)!).Select(File.ReadAllBytes)
            .Any(file => key.Chunk(50).Any(part => file.AsSpan().IndexOf(part) >= 0));
    }

    [Fact]
    public async Task Nobody_else_may_read_the_file()
    {
        await Open(Database).PrepareAsync(MasterKey.Of(new byte[32]), default);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(FileOf(Database)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}

public sealed class PostgresKeyStoreTests : KeyStoreContract
{
    protected override IKeyStore Open(TestDatabase database) => new PostgresKeyStore(database.Settings.Postgres!);

    protected override Task<TestDatabase> MakeAsync() => TestDatabase.PostgresAsync();

    [Fact]
    public async Task The_database_of_the_facts_is_refused()
    {
        await Migrator.MigrateAsync(Database.Settings, default);
        (await Should.ThrowAsync<InvalidDataException>(() => Open(Database).PrepareAsync(MasterKey.Of(new byte[32]), default))).Message.ShouldContain("the database of the facts");
    }
}
