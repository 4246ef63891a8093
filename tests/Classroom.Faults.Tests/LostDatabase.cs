using System.Net;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Classroom.Faults.Tests;

/// <summary>
/// Invariant: a server whose database is taken away or exchanged while it runs acknowledges nothing, tells the teacher, says on /health/ready what it is,
/// and goes on by itself when the right one is back.
/// </summary>
[Collection(Alone.Name)]
public sealed class LostDatabase
{
    private const int Students = 3;

    [Theory]
    [InlineData("ortaq.db")]
    [InlineData("ortaq.db-wal")]
    [InlineData("ortaq.db-shm")]
    public async Task A_file_that_is_taken_away_is_noticed_before_anything_is_acknowledged_and_its_return_too(string name)
    {
        await using var silo = await SiloProcess.StartAsync();
        var (file, away) = (Path.Combine(silo.Folder, name), Path.Combine(silo.Folder, "away"));
        await StandAsync(
            silo, $"Data:Folder: {name} was taken away", () => Later(() => File.Move(file, away)), () => Later(() => File.Move(away, file)),
            () => Task.FromResult<IFactLog>(new SqliteFactLog(DatabaseSettings.ForFile(silo.SqliteFile).Sqlite)));
    }

    /// <summary>Needs root, as the tests of network namespaces do.</summary>
    [Fact]
    public async Task A_disk_that_is_unmounted_is_noticed_before_anything_is_acknowledged_and_when_it_is_mounted_again_all_goes_on()
    {
        using var folder = new TempFolder();
        var (disk, mount) = (Path.Combine(folder.Path, "disk"), Path.Combine(folder.Path, "mount"));
        Directory.CreateDirectory(disk);
        Directory.CreateDirectory(mount);
        await OtherProgram.RunAsync("mount", ["--bind", disk, mount]);
        try
        {
            await using var silo = await SiloProcess.StartAsync(null, ("Data__Folder", mount));
            await StandAsync(
                silo, "Data:Folder: ortaq.db was taken away", () => OtherProgram.RunAsync("umount", ["--lazy", mount]), () => OtherProgram.RunAsync("mount", ["--bind", disk, mount]),
                () => Task.FromResult<IFactLog>(new SqliteFactLog(DatabaseSettings.ForFile(silo.SqliteFile).Sqlite)));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            await OtherProgram.EndAsync("umount", ["--lazy", mount]);
        }
    }

    [Fact]
    public async Task Keys_that_are_taken_away_are_noticed_before_anything_is_acknowledged_and_their_return_too()
    {
        await using var silo = await SiloProcess.StartAsync();
        var (keys, away) = (Path.Combine(silo.KeysFolder, "keys.db"), Path.Combine(silo.KeysFolder, "away"));
        await StandAsync(
            silo, "Keys:Folder: keys.db was taken away", () => Later(() => File.Move(keys, away)), () => Later(() => File.Move(away, keys)),
            () => Task.FromResult<IFactLog>(new SqliteFactLog(DatabaseSettings.ForFile(silo.SqliteFile).Sqlite)));
        await silo.SaysAsync("Keys:Folder: keys.db was taken away");
    }

    [Fact]
    public async Task An_older_copy_of_the_keys_laid_over_them_is_neither_read_nor_written_until_the_newest_is_back()
    {
        await using var silo = await SiloProcess.StartAsync();
        var (keys, older, newest) = (Path.Combine(silo.KeysFolder, "keys.db"), Path.Combine(silo.Folder, "older"), Path.Combine(silo.Folder, "newest"));
        File.Copy(keys, older);
        await StandAsync(
            silo, "Keys:Folder: keys.db is older than what this server has written into it",
            () => Later(() =>
            {
                File.Copy(keys, newest);
                File.Copy(older, keys, overwrite: true);
            }),
            () => Later(() => File.Copy(newest, keys, overwrite: true)), () => Task.FromResult<IFactLog>(new SqliteFactLog(DatabaseSettings.ForFile(silo.SqliteFile).Sqlite)));
    }

    [Fact]
    public async Task Keys_that_are_deleted_are_not_made_anew_and_the_operator_is_told()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__Admin", "boss:jolbarys-jaz-9"));
        await using var room = await ClassUnderFault.OpenAsync(silo, 1);
        using var admin = await silo.AdminAsync();
        File.Delete(Path.Combine(silo.KeysFolder, "keys.db"));
        await RefusedAsync(room);
        await ReadyAsync(silo, "Keys:Folder: keys.db was taken away");
        await admin.OperatorAsync(said => said["troubles"]!.ToJsonString().Contains("keys-differ", StringComparison.Ordinal), "the operator is told");
        Directory.GetFiles(silo.KeysFolder).Select(Path.GetFileName).ShouldBe(["master.key"], "an empty one was made in its place");
        await silo.KillAsync();
        (await Should.ThrowAsync<InvalidOperationException>(silo.StartAgainAsync)).Message.ShouldContain("There is no keys.db in");
    }

    /// <summary>As after root has laid them there. A folder cannot be opened by anybody, and these tests run as root.</summary>
    [Fact]
    public async Task Keys_that_may_not_be_opened_stop_every_lesson_and_are_no_fault_that_passes()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__Admin", "boss:jolbarys-jaz-9"));
        await using var room = await ClassUnderFault.OpenAsync(silo, 1);
        using var admin = await silo.AdminAsync();
        var (keys, away) = (Path.Combine(silo.KeysFolder, "keys.db"), Path.Combine(silo.KeysFolder, "away"));
        File.Move(keys, away);
        Directory.CreateDirectory(keys);
        await RefusedAsync(room);
        await ReadyAsync(silo, "Keys:Folder: keys.db is there, and cannot be opened or read");
        await admin.OperatorAsync(said => said["troubles"]!.ToJsonString().Contains("keys-differ", StringComparison.Ordinal), "the operator is told");
        Directory.Delete(keys);
        File.Move(away, keys);
        await room.ActAsync(1);
    }

    [Fact]
    public async Task Files_that_are_deleted_are_not_written_into_and_not_made_anew()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__Admin", "boss:jolbarys-jaz-9"));
        await using var room = await ClassUnderFault.OpenAsync(silo, 1);
        using var admin = await silo.AdminAsync();
        await admin.OperatorAsync(static _ => true, "who was in before stays in");
        foreach (var file in Directory.GetFiles(silo.Folder, "ortaq.db*"))
        {
            File.Delete(file);
        }

        await RefusedAsync(room);
        using var account = await admin.PostAsync(new Uri("/api/accounts", UriKind.Relative), Json("""{"userName":"dana","name":"Дана","role":"teacher"}"""));
        account.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await ReadyAsync(silo, "Data:Folder: ortaq.db was taken away");
        await admin.OperatorAsync(said => said.ToJsonString().Contains("database-differs", StringComparison.Ordinal), "the operator is told");
        Directory.GetFiles(silo.Folder, "ortaq.db*").ShouldBeEmpty("an empty one was made in its place");
        await silo.KillAsync();
        await silo.StartAgainAsync();
        silo.IsHeld.ShouldBeTrue("after a restart it is missing still");
    }

    [Fact]
    public async Task A_log_of_the_file_that_is_deleted_before_the_first_commit_takes_nothing_with_it()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using (var before = await ClassUnderFault.OpenAsync(silo, 1))
        {
            await before.ActAsync(2);
        }

        await silo.KillAsync();
        await silo.StartAgainAsync();
        // Sign-ins of before the first commit have it open.
        using var http = await silo.BrowserAsync(silo.TeachLink);
        File.Delete(silo.SqliteFile + "-wal");
        using var opened = await http.PostAsync(new Uri("/api/classrooms", UriKind.Relative), Json("""{"kitId":"photosynthesis","lessonId":"light-and-leaf","className":"7","language":"kk","atCentre":false}"""));
        opened.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await ReadyAsync(silo, "Data:Folder: ortaq.db-wal was taken away");
    }

    [Fact]
    public async Task An_older_file_put_in_its_place_is_neither_read_nor_written()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var room = await ClassUnderFault.OpenAsync(silo, 1);
        var older = Path.Combine(silo.Folder, "older.db");
        (await silo.RunAsync("copy-database", silo.SqliteFile, older)).Code.ShouldBe(0);
        var before = await File.ReadAllBytesAsync(older);
        await room.ActAsync(3);
        File.Move(older, silo.SqliteFile, overwrite: true);
        await RefusedAsync(room);
        await ReadyAsync(silo, "Data:Folder: ortaq.db was taken away, or another was put in its place");
        (await File.ReadAllBytesAsync(silo.SqliteFile)).ShouldBe(before, "something was written into the older one");
    }

    [Fact]
    public async Task Pages_that_are_overwritten_under_it_stop_it_for_good_once_one_is_read()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var room = await ClassUnderFault.OpenAsync(silo, 1);
        await room.ActAsync(3);
        // Its log is written into the file, so that what is read lies there.
        await using (var by = new SqliteConnection(DatabaseSettings.ForFile(silo.SqliteFile).Sqlite + ";Pooling=false"))
        {
            await by.OpenAsync();
            await using var checkpoint = by.CreateCommand();
            checkpoint.CommandText = "pragma wal_checkpoint(truncate)";
            await checkpoint.ExecuteNonQueryAsync();
        }

        await using (var file = new FileStream(silo.SqliteFile, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = 4096;
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, (int)file.Length - 4096).ToArray());
        }

        await ReadyAsync(silo, "Data:Folder: the database is damaged, or another was copied over it");
        await RefusedAsync(room);
    }

    [Fact]
    public async Task A_postgres_database_that_is_dropped_and_made_anew_is_not_written_into()
    {
        await using var server = await PrivatePostgres.CreateAsync();
        await server.StartAsync();
        await server.SqlAsync("create database school");
        var school = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "school" }.ToString();
        await using var silo = await SiloProcess.StartAsync(school);
        await StandAsync(
            silo, "ConnectionStrings:Postgres: the database is not the one that this server has written",
            async () =>
            {
                await server.SqlAsync("alter database school allow_connections false");
                await server.SqlAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'school'");
                await server.SqlAsync("alter database school rename to aside");
                await server.SqlAsync("create database school");
                await Migrator.MigrateAsync(new DatabaseSettings(school, ""), default);
                NpgsqlConnection.ClearAllPools();
            },
            async () =>
            {
                await server.SqlAsync("drop database school with (force)");
                await server.SqlAsync("alter database aside rename to school");
                await server.SqlAsync("alter database school allow_connections true");
            },
            () => Task.FromResult<IFactLog>(new PostgresLogOfItsOwn(school)));
    }

    [Fact]
    public async Task An_older_postgres_that_comes_back_in_its_place_is_not_written_into()
    {
        await using var server = await PrivatePostgres.CreateAsync();
        await server.StartAsync();
        await using var silo = await SiloProcess.StartAsync(server.ConnectionString);
        await using var room = await ClassUnderFault.OpenAsync(silo, 1);
        await server.StopAsync();
        await server.CopyAsync();
        await server.StartAsync();
        await room.ActAsync(5);
        await server.StopAsync();
        await server.RestoreAsync();
        await server.StartAsync();
        await RefusedAsync(room);
        await ReadyAsync(silo, "ConnectionStrings:Postgres: the database is not the one that this server has written");
        await using var log = new PostgresLogOfItsOwn(server.ConnectionString);
        (await Audit.ReadAsync(log, room.Stream)).ShouldNotContain(f => f.Body.Contains(Mark, StringComparison.Ordinal), "the older one was written into");
    }

    [Fact]
    public async Task Facts_taken_out_of_a_postgres_under_open_connections_are_missed_by_the_next_append()
    {
        await using var database = await TestPostgres.CreateAsync();
        await using var silo = await SiloProcess.StartAsync(database.ConnectionString);
        await using var room = await ClassUnderFault.OpenAsync(silo, 1);
        await database.ExecuteAsync("delete from facts where stream like 'classroom/%'");
        await RefusedAsync(room);
        await ReadyAsync(silo, "ConnectionStrings:Postgres: the database is not the one that this server has written");
        await using var log = new PostgresLogOfItsOwn(database.ConnectionString);
        (await Audit.ReadAsync(log, room.Stream)).ShouldBeEmpty("a fact without those before it");
    }

    private const string Mark = "жапырақ-кейін";

    private static StringContent Json(string body) => new(body, System.Text.Encoding.UTF8, "application/json");

    private static Task Later(Action act)
    {
        act();
        return Task.CompletedTask;
    }

    /// <summary>What a child sends now is not acknowledged, and the teacher's page says that nothing is saved.</summary>
    private static async Task RefusedAsync(ClassUnderFault room)
    {
        var reply = await room.Learners[0].Wire.ExecuteAsync("RaiseHand", new { topic = Mark }, Guid.CreateVersion7());
        reply!["refusal"]?["code"]?.GetValue<string>().ShouldBeOneOf("not-saved", "try-again");
        await room.Host.Teacher.UntilAsync(t => !t.Saves, "the teacher is told");
    }

    private static async Task ReadyAsync(SiloProcess silo, string sentence)
    {
        using var http = await silo.BrowserAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var said = "";
        while (sentence == "Healthy" ? said != sentence : !said.StartsWith("ServiceUnavailable Unhealthy\n" + sentence, StringComparison.Ordinal))
        {
            patience.IsCancellationRequested.ShouldBeFalse($"{sentence}, and not: {said}");
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            said = (answer.StatusCode == HttpStatusCode.OK ? "" : $"{answer.StatusCode} ") + await answer.Content.ReadAsStringAsync();
            await Task.Delay(100);
        }
    }

    /// <summary>A class at work, the loss, what is seen of it, and its end.</summary>
    private static async Task StandAsync(SiloProcess silo, string sentence, Func<Task> lose, Func<Task> giveBack, Func<Task<IFactLog>> log)
    {
        await using var room = await ClassUnderFault.OpenAsync(silo, Students);
        await room.ActAsync(2);
        await lose();
        var before = room.Ledger.Acknowledged;
        var acting = room.ActAsync(5);
        await room.Host.Teacher.UntilAsync(t => !t.Saves, "the teacher is told");
        await ReadyAsync(silo, sentence);
        room.Ledger.Acknowledged.ShouldBe(before, "acknowledged into nowhere");
        await giveBack();
        await acting;
        await room.Host.Teacher.UntilAsync(t => t.Saves, "the teacher is told that it is over");
        await ReadyAsync(silo, "Healthy");
        await new Audit(log).CheckAsync(room);
    }
}
