using Classroom.Tests;
using Microsoft.Data.Sqlite;

namespace Classroom.Storage.Tests;

/// <summary>keys.db is taken away, exchanged or overwritten under a process that has it open: what comes after is not stored, and all goes on when it is back.</summary>
public sealed class KeyFileTests : IDisposable
{
    private static readonly MasterKey Master = MasterKey.Of(new byte[32]);
    private readonly TempFolder _folder = new();
    private readonly Guid _lesson = Guid.CreateVersion7();

    private string Path => System.IO.Path.Combine(_folder.Path, "keys.db");

    private string Aside => System.IO.Path.Combine(_folder.Path, "aside.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_that_is_taken_away_is_not_made_anew_and_its_return_is_noticed()
    {
        var store = await OpenAsync();
        var child = await AddAsync(store);
        File.Move(Path, Aside);
        await RefusedAsync(store, DatabaseFault.Missing, "Keys:Folder: keys.db was taken away");
        File.Exists(Path).ShouldBeFalse("an empty one was made");
        File.Move(Aside, Path);
        await store.RequireAsync(default);
        (await store.LoadAsync(_lesson, default)).ShouldHaveSingleItem().Child.ShouldBe(child);
        await AddAsync(store);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_older_copy_in_its_place_is_neither_read_nor_written(bool overwritten)
    {
        var store = await OpenAsync();
        await AddAsync(store);
        File.Copy(Path, Aside);
        await AddAsync(store);
        File.Copy(Path, Path + ".newest");
        await PutAsync(Aside, overwritten);
        var before = await File.ReadAllBytesAsync(Path);
        await RefusedAsync(store, DatabaseFault.Older, "Keys:Folder: keys.db is older than what this server has written into it");
        (await File.ReadAllBytesAsync(Path)).ShouldBe(before);
        await PutAsync(Path + ".newest", overwritten);
        await store.RequireAsync(default);
        (await store.LoadAsync(_lesson, default)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_older_copy_in_which_as_much_was_changed_since_is_another_one()
    {
        var store = await OpenAsync();
        await AddAsync(store);
        File.Copy(Path, Aside);
        await AddAsync(store);
        var elsewhere = new SqliteKeyStore(Aside);
        await AddAsync(elsewhere);
        await PutAsync(Aside, overwritten: true);
        await RefusedAsync(store, DatabaseFault.Older, "Keys:Folder: keys.db is older");
    }

    [Fact]
    public async Task Another_boxes_keys_in_its_place_are_not_taken_for_its_own()
    {
        var store = await OpenAsync();
        var others = new SqliteKeyStore(Aside);
        await others.PrepareAsync(Master, default);
        for (var i = 0; i < 3; i++)
        {
            await AddAsync(others);
        }

        await PutAsync(Aside, overwritten: true);
        await RefusedAsync(store, DatabaseFault.Another, "Keys:Folder: keys.db is not the one");
    }

    [Theory]
    [InlineData("")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public async Task What_is_no_key_store_is_not_written_into(string content)
    {
        var store = await OpenAsync();
        await AddAsync(store);
        await File.WriteAllTextAsync(Path, content);
        await RefusedAsync(store, DatabaseFault.Damaged, "Keys:Folder: keys.db is not the one that this server has opened: it is damaged");
        (await File.ReadAllTextAsync(Path)).ShouldBe(content);
    }

    /// <summary>As one is that root has laid there, for a server that is not root. A folder cannot be opened by anybody.</summary>
    [Fact]
    public async Task One_that_may_not_be_opened_is_a_fault_that_is_named_and_not_one_that_passes()
    {
        var store = await OpenAsync();
        await AddAsync(store);
        File.Move(Path, Aside);
        Directory.CreateDirectory(Path);
        await RefusedAsync(store, DatabaseFault.Damaged, "Keys:Folder: keys.db is there, and cannot be opened or read (may the server read it?)");
        Directory.Delete(Path);
        File.Move(Aside, Path);
        await AddAsync(store);
    }

    [Fact]
    public async Task A_writer_that_does_not_end_is_waited_for_elsewhere_than_on_the_callers_thread()
    {
        var store = new SqliteKeyStore(Path) { Patience = 60, StateOf = Changing() };
        await store.PrepareAsync(Master, default);
        await using var writer = await ExclusiveAsync();
        var look = store.RequireAsync(default);
        look.IsCompleted.ShouldBeFalse("the caller had to wait");
        await EndAsync(writer);
        await look;
    }

    [Fact]
    public async Task A_writer_that_does_not_end_is_a_fault_that_passes()
    {
        var store = new SqliteKeyStore(Path) { Patience = 1, StateOf = Changing() };
        await store.PrepareAsync(Master, default);
        using var keys = new ChildKeys(store, Master, new ManualTime());
        await using var writer = await ExclusiveAsync();
        (await Should.ThrowAsync<SqliteException>(() => store.RequireAsync(default))).SqliteErrorCode.ShouldBe(SQLitePCL.raw.SQLITE_BUSY);
        (await Should.ThrowAsync<StorageUnavailableException>(() => keys.RequireAsync(default))).IsOfKeys.ShouldBeTrue();
        await EndAsync(writer);
        await store.RequireAsync(default);
    }

    /// <summary>Else a writer that waits for it to end, and a look that waits for that writer, wait for each other.</summary>
    [Fact]
    public async Task It_is_looked_at_when_nothing_reads_it_any_more()
    {
        var store = new LockingKeyStore(Path);
        await store.PrepareAsync(Master, default);
        store.Locked.ShouldBe(1);
        await store.AddAsync(_lesson, Guid.CreateVersion7(), [1], DateTimeOffset.UnixEpoch, default);
        store.Locked.ShouldBe(2);
        (await store.DestroyAsync([(_lesson, Guid.CreateVersion7()), (_lesson, Guid.CreateVersion7())], DateTimeOffset.UnixEpoch, default)).ShouldBe(2);
        store.Locked.ShouldBe(3);
    }

    [Fact]
    public async Task A_lessons_turn_does_not_wait_in_the_driver()
    {
        var store = new LockingKeyStore(Path);
        await store.PrepareAsync(Master, default);
        store.OpenedOn.Clear();
        using var keys = new ChildKeys(store, Master, new ManualTime());
        var (child, turn) = (Guid.CreateVersion7(), new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);
        await await Task.Factory.StartNew(AskAsync, CancellationToken.None, TaskCreationOptions.None, turn);
        store.OpenedOn.Count.ShouldBeGreaterThanOrEqualTo(5);
        store.OpenedOn.ShouldAllBe(on => on == TaskScheduler.Default);

        async Task AskAsync()
        {
            TaskScheduler.Current.ShouldBe(turn);
            await keys.LoadAsync(_lesson, default);
            await keys.KeyAsync(_lesson, child, default);
            await keys.ProbeAsync(default);
            await keys.OrderAsync(new Erasure(_lesson, child, Guid.CreateVersion7(), "{}", "Family", DateTimeOffset.UnixEpoch), default);
            await keys.DestroyAsync(_lesson, child, default);
        }
    }

    /// <summary>What changes it within one step of the file system's clock leaves it with the same time.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(49, true)]
    [InlineData(50, false)]
    [InlineData(-49, true)]
    [InlineData(-50, false)]
    public async Task A_file_that_was_changed_just_now_is_looked_into_at_each_call(int ageInMilliseconds, bool isLookedInto)
    {
        var time = new ManualTime();
        var changed = time.GetUtcNow().AddMilliseconds(-ageInMilliseconds);
        var state = (new FileIdentity(1, 1), changed.ToUnixTimeSeconds(), (uint)(changed.Millisecond * 1_000_000));
        var store = new SqliteKeyStore(Path) { Time = time, StateOf = _ => state };
        await store.PrepareAsync(Master, default);
        await File.WriteAllTextAsync(Path, "damaged");
        if (isLookedInto)
        {
            await Should.ThrowAsync<DatabaseDiffersException>(() => store.RequireAsync(default));
        }
        else
        {
            await store.RequireAsync(default);
        }
    }

    [Fact]
    public async Task What_another_process_writes_into_it_is_no_trouble()
    {
        var (store, other) = (await OpenAsync(), await OpenAsync());
        await AddAsync(store);
        await AddAsync(other);
        await other.DestroyAsync(_lesson, Guid.CreateVersion7(), DateTimeOffset.UnixEpoch, default);
        await store.RequireAsync(default);
        await AddAsync(store);
        await other.RequireAsync(default);
    }

    [Fact]
    public async Task A_lesson_is_not_stored_while_it_is_away_and_is_when_it_is_back()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await Migrator.MigrateAsync(database.Settings, default);
        var stored = database.OpenLog(new());
        await using var closing = (IAsyncDisposable)stored;
        using var keys = new ChildKeys(await OpenAsync(), Master, new ManualTime());
        var log = new SealedLog(stored, keys, new PersonalFields(new Dictionary<string, IReadOnlyDictionary<string, string>>(), static () => new ActorOwners()));
        var stream = $"classroom/{_lesson}";
        File.Move(Path, Aside);
        var refused = await Should.ThrowAsync<StorageUnavailableException>(() => AppendAsync(stream));
        refused.ShouldSatisfyAllConditions(r => r.IsOfKeys.ShouldBeTrue(), r => r.Message.ShouldStartWith("Keys:Folder: keys.db was taken away"));
        (await AppendAsync("teacher/1")).Status.ShouldBe(AppendStatus.Appended, "nothing of a child");
        File.Move(Aside, Path);
        (await AppendAsync(stream)).Status.ShouldBe(AppendStatus.Appended);

        Task<AppendResult> AppendAsync(string to) => log.AppendAsync(to, 0, Guid.CreateVersion7(), [new NewFact("n.1", "{}", DateTimeOffset.UnixEpoch, "{}")], default);
    }

    // At each call it was changed again.
    private static Func<string, (FileIdentity, long, uint)?> Changing()
    {
        var changes = 0L;
        return _ => (new FileIdentity(1, 1), Interlocked.Increment(ref changes), 0);
    }

    private Task<SqliteConnection> ExclusiveAsync() => LockingKeyStore.ExclusiveAsync(Path);

    private static async Task EndAsync(SqliteConnection writer)
    {
        await using var end = Sql.Of(writer, "rollback");
        await end.ExecuteNonQueryAsync();
    }

    private async Task<SqliteKeyStore> OpenAsync()
    {
        var store = new SqliteKeyStore(Path);
        await store.PrepareAsync(Master, default);
        return store;
    }

    private async Task<Guid> AddAsync(SqliteKeyStore store)
    {
        var child = Guid.CreateVersion7();
        (await store.AddAsync(_lesson, child, [1], DateTimeOffset.UnixEpoch, default)).Wrapped.ShouldBe([1]);
        return child;
    }

    // In place, as `cp` does, or under the name, as `mv` does.
    private async Task PutAsync(string file, bool overwritten)
    {
        if (!overwritten)
        {
            File.Move(file, Path, overwrite: true);
            return;
        }

        var bytes = await File.ReadAllBytesAsync(file);
        await using var into = new FileStream(Path, FileMode.Truncate);
        await into.WriteAsync(bytes);
    }

    private async Task RefusedAsync(SqliteKeyStore store, DatabaseFault fault, string sentence)
    {
        foreach (var ask in new Func<Task>[] { () => store.RequireAsync(default), () => AddAsync(store), () => store.LoadAsync(_lesson, default), () => store.ProbeAsync(DateTimeOffset.UnixEpoch, default) })
        {
            var refused = await Should.ThrowAsync<DatabaseDiffersException>(ask);
            refused.Fault.ShouldBe(fault, refused.Message);
            refused.Message.ShouldStartWith(sentence);
        }
    }
}
