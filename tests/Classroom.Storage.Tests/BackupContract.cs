namespace Classroom.Storage.Tests;

/// <summary>A backup is the log as it stood, whole, and can be proved to be. Inherited by each database.</summary>
public abstract class BackupContract : IAsyncLifetime
{
    protected Witnessed Log { get; private set; } = null!;

    /// <summary>An empty place to restore into.</summary>
    protected TestDatabase Other { get; private set; } = null!;

    protected string Stick { get; } = Directory.CreateTempSubdirectory("ortaq stick").FullName;

    protected abstract Task<TestDatabase> MakeAsync();

    /// <returns>The backup's file.</returns>
    protected abstract Task<string> BackUpAsync();

    /// <returns>The complaint; null when it was restored.</returns>
    protected abstract Task<string?> RestoreAsync(string backup, TestDatabase target);

    public async Task InitializeAsync()
    {
        Log = await Witnessed.MakeAsync(await MakeAsync());
        Other = await MakeAsync();
    }

    public async Task DisposeAsync()
    {
        await Log.DisposeAsync();
        await Other.DisposeAsync();
        Directory.Delete(Stick, recursive: true);
    }

    [Fact]
    public async Task A_backup_restored_elsewhere_has_the_same_digest()
    {
        var backup = await BackUpAsync();
        (await RestoreAsync(backup, Other)).ShouldBeNull();
        var (here, there) = (await Log.VerifyAsync(), await Verifier.RunAsync(Other.Settings, Log.Database.Checkpoints, default));
        (there.IsWhole, there.Facts, there.Digest).ShouldBe((true, here.Facts, here.Digest));
    }

    [Fact]
    public async Task A_backup_made_while_facts_are_written_is_whole_and_has_everything_acknowledged_before_it()
    {
        using var enough = new CancellationTokenSource();
        var (begun, length) = (new TaskCompletionSource(), (long)Witnessed.Length);
        var writing = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                await Log.AppendAsync("classroom/a", length);
                length++;
                begun.TrySetResult();
            }
        });
        await begun.Task;
        var before = Interlocked.Read(ref length);
        var backup = await BackUpAsync();
        await enough.CancelAsync();
        await writing;
        // One at least after the backup, and a checkpoint that knows it.
        await Log.AppendAsync("classroom/a", length++);
        Log.Checkpoint();

        (await RestoreAsync(backup, Other)).ShouldBeNull();
        var alone = await Verifier.RunAsync(Other.Settings, null, default);
        alone.IsWhole.ShouldBeTrue();
        alone.Facts.ShouldBeGreaterThanOrEqualTo(24 + before - Witnessed.Length);
        alone.Facts.ShouldBeLessThan(24 + length - Witnessed.Length);

        // With checkpoints that are newer than the backup, an honest restore is told apart in plain words.
        var newer = await Verifier.RunAsync(Other.Settings, Log.Database.Checkpoints, default);
        newer.Findings.ShouldHaveSingleItem().Fault.ShouldBe(Fault.CutOff);
        newer.Notes.ShouldHaveSingleItem().ShouldContain("as after restoring a backup that is older");
        (await Log.VerifyAsync()).IsWhole.ShouldBeTrue();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(20)]
    public async Task A_damaged_backup_is_refused_and_nothing_is_restored(int part)
    {
        var backup = await BackUpAsync();
        var bytes = await File.ReadAllBytesAsync(backup);
        await File.WriteAllBytesAsync(backup, bytes[..(bytes.Length - (bytes.Length / part))]);
        (await RestoreAsync(backup, Other)).ShouldNotBeNull();
        await Should.ThrowAsync<System.Data.Common.DbException>(() => Verifier.RunAsync(Other.Settings, null, default), "still empty");
    }

    [Fact]
    public async Task A_database_that_holds_facts_is_not_overwritten()
    {
        var backup = await BackUpAsync();
        await Log.AppendAsync("classroom/a", Witnessed.Length);
        var before = await Log.VerifyAsync();
        (await RestoreAsync(backup, Log.Database)).ShouldNotBeNull();
        (await Log.VerifyAsync()).Digest.ShouldBe(before.Digest);
    }

    [Fact]
    public async Task A_backup_that_is_not_there_is_said() =>
        (await RestoreAsync(Path.Combine(Stick, "none"), Other)).ShouldNotBeNull().ShouldContain("none");
}

/// <summary>The box's scripts call this; <c>Classroom.Deploy.Tests</c> runs the scripts themselves.</summary>
public sealed class SqliteBackupTests : BackupContract
{
    protected override Task<TestDatabase> MakeAsync() => TestDatabase.SqliteAsync();

    protected override Task<string> BackUpAsync()
    {
        var copy = Path.Combine(Stick, "ortaq.db");
        DatabaseCopy.Make(Log.Database.File, copy);
        return Task.FromResult(copy);
    }

    protected override Task<string?> RestoreAsync(string backup, TestDatabase target)
    {
        try
        {
            DatabaseCopy.Make(backup, target.File);
            return Task.FromResult<string?>(null);
        }
        catch (Exception e) when (e is IOException or Microsoft.Data.Sqlite.SqliteException)
        {
            return Task.FromResult<string?>(e.Message);
        }
    }
}
