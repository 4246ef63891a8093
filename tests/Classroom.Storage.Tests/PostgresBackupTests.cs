namespace Classroom.Storage.Tests;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class PostgresBackupTests : BackupContract
{
    protected override Task<TestDatabase> MakeAsync() => TestDatabase.PostgresAsync();

    protected override async Task<string> BackUpAsync()
    {
        var (code, printed) = await PostgresScripts.RunAsync("backup", Stick, Log.Database.Settings.Postgres!, ("ORTAQ_CHECKPOINTS", Log.Database.Checkpoints));
        code.ShouldBe(0, printed);
        return printed.Trim();
    }

    protected override async Task<string?> RestoreAsync(string backup, TestDatabase target)
    {
        var (code, printed) = await PostgresScripts.RunAsync("restore", backup, target.Settings.Postgres!);
        return code == 0 ? null : printed;
    }

    [Fact]
    public async Task The_checkpoints_that_go_with_a_backup_fit_it()
    {
        var backup = await BackUpAsync();
        await Log.AppendAsync("classroom/a", Witnessed.Length);
        Log.Checkpoint();
        (await RestoreAsync(backup, Other)).ShouldBeNull();
        var found = await Verifier.RunAsync(Other.Settings, backup + ".checkpoints", default);
        (found.IsWhole, found.Checkpoints).ShouldBe((true, 2));
    }

    [Fact]
    public async Task A_database_that_a_server_was_started_on_is_not_empty()
    {
        var backup = await BackUpAsync();
        await Migrator.MigrateAsync(Other.Settings, default);
        (await RestoreAsync(backup, Other)).ShouldNotBeNull().ShouldContain("not empty");
    }

    [Fact]
    public async Task A_database_without_facts_is_not_worth_a_backup()
    {
        var (code, printed) = await PostgresScripts.RunAsync("backup", Stick, Other.Settings.Postgres!);
        code.ShouldBe(1);
        printed.ShouldContain("is it the right one?");
        Directory.GetFileSystemEntries(Stick).ShouldBeEmpty("nothing half made is left");
    }

    [Fact]
    public async Task A_server_that_is_away_is_said_and_leaves_nothing()
    {
        var (code, printed) = await PostgresScripts.RunAsync("backup", Stick, Log.Database.Settings.Postgres!, ("PGPORT", "1"));
        code.ShouldBe(1);
        printed.ShouldContain("the database was not copied");
        Directory.GetFileSystemEntries(Stick).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_newest_thirty_are_kept()
    {
        for (var day = 1; day <= 31; day++)
        {
            var old = Path.Combine(Stick, $"ortaq-202601{day:00}-150000.dump");
            await File.WriteAllTextAsync(old, "");
            Directory.CreateDirectory(old + ".checkpoints");
            File.SetLastWriteTimeUtc(old, new DateTime(2026, 1, day, 15, 0, 0, DateTimeKind.Utc));
        }

        var backup = await BackUpAsync();
        var kept = Directory.GetFiles(Stick).Order(StringComparer.Ordinal).ToList();
        (kept.Count, Path.GetFileName(kept[0]), kept[^1]).ShouldBe((30, "ortaq-20260103-150000.dump", backup));
        Directory.GetDirectories(Stick).Length.ShouldBe(30);
    }

    [Theory]
    [InlineData("geheim", "geheim")]
    [InlineData("p%40ss%2Fw%C3%B6rd", "p@ss/wörd")]
    public async Task A_password_in_the_url_reaches_the_server_and_no_command_line(string written, string meant)
    {
        // A program of the same name that notes how it was called, then does the work.
        var (bin, to) = (Directory.CreateDirectory(Path.Combine(Stick, "bin")).FullName, new Npgsql.NpgsqlConnectionStringBuilder(Log.Database.Settings.Postgres));
        foreach (var program in new[] { "pg_dump", "psql", "pg_restore" })
        {
            var stub = Path.Combine(bin, program);
            await File.WriteAllTextAsync(stub, $"""
                #!/bin/sh
                echo "$0 $*" >>"{bin}/called"
                printf %s "$PGPASSWORD" >"{bin}/password"
                for real in $(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1) /usr/bin; do [ ! -x "$real/{program}" ] || exec "$real/{program}" "$@"; done
                """);
            File.SetUnixFileMode(stub, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var path = bin + ":" + Environment.GetEnvironmentVariable("PATH");
        var (code, printed) = await PostgresScripts.RunAsync(
            "backup", Stick, "Host=nowhere;Username=nobody;Database=nothing", ("PATH", path), ("ORTAQ_DATABASE_URL", Url(Log.Database)));
        code.ShouldBe(0, printed);
        (code, var restored) = await PostgresScripts.RunAsync(
            "restore", printed.Trim(), "Host=nowhere;Username=nobody;Database=nothing", ("PATH", path), ("ORTAQ_DATABASE_URL", Url(Other)));
        code.ShouldBe(0, restored);
        (await File.ReadAllTextAsync(Path.Combine(bin, "password"))).ShouldBe(meant);
        (await File.ReadAllTextAsync(Path.Combine(bin, "called"))).ShouldNotContain(written);
        (await Verifier.RunAsync(Other.Settings, null, default)).Digest.ShouldBe((await Log.VerifyAsync()).Digest);

        string Url(TestDatabase database) =>
            $"postgresql://{to.Username}:{written}@{to.Host}:{to.Port}/{new Npgsql.NpgsqlConnectionStringBuilder(database.Settings.Postgres).Database}?connect_timeout=20";
    }
}
