using System.Diagnostics;
using Npgsql;

namespace Classroom.Faults.Tests;

/// <summary>
/// Invariant: while nothing can be stored, nothing is acknowledged, the lesson stays on the screens, the teacher's screen says so within
/// 2 s though the teacher does nothing, and all goes on by itself when the trouble is over.
/// </summary>
[Collection(Alone.Name)]
public sealed class StorageTrouble(ITestOutputHelper output)
{
    private const int Students = 4;

    /// <summary>The bound is the invariant: a teacher sees it before the next sentence is said.</summary>
    private static readonly TimeSpan Announced = TimeSpan.FromSeconds(2);

    /// <summary>The bound is the invariant: what waited is stored within 10 s of the database's return.</summary>
    private static readonly TimeSpan Drained = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_full_disk_under_sqlite_is_told_to_the_teacher_and_nothing_is_acknowledged_or_lost() =>
        await OnSqliteAsync("full disk, SQLite", static disk => disk.Fill());

    [Fact]
    public async Task A_disk_turned_read_only_under_sqlite_is_told_to_the_teacher_and_nothing_is_acknowledged_or_lost() =>
        await OnSqliteAsync("read-only disk, SQLite", static disk => disk.TurnReadOnly());

    [Fact]
    public async Task A_full_disk_under_postgres_is_told_to_the_teacher_and_nothing_is_acknowledged_or_lost()
    {
        await using var server = await PrivatePostgres.CreateAsync();
        // Tables alone: a Postgres whose log has no room left stops by itself, which is another fault.
        await using var disk = await FailingDisk.UnderAsync(Path.Combine(server.Data, "base"));
        await server.StartAsync(disk.Environment);
        await OnPostgresAsync(server, "full disk, Postgres", () => FillAsync(server, disk), () =>
        {
            disk.Recover();
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_read_only_postgres_is_told_to_the_teacher_and_nothing_is_acknowledged_or_lost()
    {
        await using var server = await PrivatePostgres.CreateAsync();
        await server.StartAsync();
        await OnPostgresAsync(
            server, "read-only Postgres", () => ReadOnlyAsync(server, "on"), () => ReadOnlyAsync(server, "off"), "Degraded");
    }

    [Fact]
    public async Task A_postgres_that_does_not_answer_is_told_to_the_teacher_and_nothing_is_acknowledged_or_lost()
    {
        await using var server = await PrivatePostgres.CreateAsync();
        await server.StartAsync();
        await using var elsewhere = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await elsewhere.OpenAsync();
        await OnPostgresAsync(
            server, "Postgres that does not answer",
            () => RunAsync(elsewhere, "begin; lock table facts in exclusive mode"), () => RunAsync(elsewhere, "rollback"));
    }

    [Fact]
    public async Task While_postgres_is_away_the_explanation_goes_on_and_what_is_done_waits_in_order()
    {
        var away = TimeSpan.FromSeconds(Rounds.Of(6, 30));
        await using var server = await PrivatePostgres.CreateAsync();
        await server.StartAsync();
        await using var silo = await SiloProcess.StartAsync(
            server.ConnectionString, ("Tutor__Prepared__WordDelay", Rounds.Long ? "00:00:01" : "00:00:00.3"));
        await using var room = await ClassUnderFault.OpenAsync(silo, 20);
        var board = await room.Host.BoardAsync();
        var explanation = await ExplainAsync(room);
        await board.UntilAsync(b => b.TextOf(explanation, "kk-standard").Length > 10, "the beginning of the explanation");

        await server.KillAsync();
        var (before, known) = (room.Ledger.Acknowledged, board.TextOf(explanation, "kk-standard").Length);
        var acting = room.ActAsync(5);
        await room.Host.Teacher.UntilAsync(t => !t.Saves, "the teacher sees it").WaitAsync(Announced);
        // The length of the outage is the fault itself.
        await Task.Delay(away);

        room.Ledger.Acknowledged.ShouldBe(before, "acknowledged while there was no database");
        room.Ledger.Refusals.ShouldNotBeEmpty();
        room.Ledger.Refusals.ShouldAllBe(code => code == "not-saved");
        var waiting = room.Ledger.All.Count(s => s.Seq is null);
        waiting.ShouldBe(20, "each browser has one command on its way, however long it lasts");
        board.TextOf(explanation, "kk-standard").Length.ShouldBeGreaterThan(known, "the explanation stood still");
        board.IsOpen.ShouldBeTrue();
        await ReadyAsync(silo, "Unhealthy");

        await server.StartAsync();
        var clock = Stopwatch.StartNew();
        await acting.WaitAsync(Drained);
        var drained = clock.Elapsed;
        await room.Host.Teacher.UntilAsync(t => t.Saves, "the teacher sees that it is over").WaitAsync(Drained);
        await board.UntilAsync(b => b.Get("explanation", explanation.ToString())!["status"]!.GetValue<string>() == "finished", "the explanation's end is stored");
        await new Audit(() => Log(server)).CheckAsync(room);
        Rounds.Print(output, $"Postgres away {away.TotalSeconds} s: {waiting} waited, {room.Ledger.Refusals.Count} answered not-saved, 0 acknowledged early, "
            + $"all {room.Ledger.Acknowledged - before} stored in order {drained.TotalSeconds:F1} s after its return; the board went on");
    }

    private static async Task<Guid> ExplainAsync(ClassUnderFault room)
    {
        var (teacher, step, explanation) = (room.Host.Teacher, room.Host.StepOf("explain"), Guid.CreateVersion7());
        await teacher.DoAsync("GoToStep", new { stepId = step });
        await teacher.DoAsync("RequestExplanation", new
        {
            explanationId = explanation, stepId = step, topicId = teacher.Get("step", step)!["topics"]![0]!["id"]!.GetValue<string>(),
            mode = "plain", sentences = Array.Empty<int>(),
        });
        return explanation;
    }

    private async Task OnSqliteAsync(string fault, Action<FailingDisk> fail)
    {
        var folder = Directory.CreateTempSubdirectory("ortaq-disk-data").FullName;
        await using var disk = await FailingDisk.UnderAsync(folder);
        await using (var silo = await SiloProcess.StartAsync(null, [("Data__Folder", folder), .. disk.Environment.Select(v => (v.Key, (string?)v.Value))]))
        {
            await StandAsync(silo, fault, () => Task.FromResult<IFactLog>(new SqliteFactLog(DatabaseSettings.ForFile(silo.SqliteFile).Sqlite)), () =>
            {
                fail(disk);
                return Task.CompletedTask;
            }, () =>
            {
                disk.Recover();
                return Task.CompletedTask;
            }, "Degraded");
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task OnPostgresAsync(PrivatePostgres server, string fault, Func<Task> fail, Func<Task> recover, string? ready = null)
    {
        await using var silo = await SiloProcess.StartAsync(server.ConnectionString);
        await StandAsync(silo, fault, () => Log(server), fail, recover, ready);
    }

    /// <summary>A class at work, the fault, what everybody sees of it, and its end.</summary>
    private async Task StandAsync(SiloProcess silo, string fault, Func<Task<IFactLog>> log, Func<Task> fail, Func<Task> recover, string? ready)
    {
        await using var room = await ClassUnderFault.OpenAsync(silo, Students);
        await room.ActAsync(3);
        var teacher = room.Host.Teacher;
        teacher.Saves.ShouldBeTrue();

        await fail();
        var clock = Stopwatch.StartNew();
        var acting = room.ActAsync(30);
        await teacher.UntilAsync(t => !t.Saves, "the teacher sees it").WaitAsync(Announced);
        var (announced, before) = (clock.Elapsed, room.Ledger.Acknowledged);
        await using var latecomer = await WireClient.ConnectAsync(silo.Url, cookie: room.Host.TeacherCookie);
        await latecomer.SyncAsync(room.Host.ClassroomId);
        await latecomer.UntilAsync(t => !t.Saves, "a teacher's page opened meanwhile shows it too");
        latecomer.All("seat").Count.ShouldBe(Students, "the lesson stays on the screens");
        room.Ledger.Acknowledged.ShouldBe(before, "acknowledged and not stored");
        if (ready is not null)
        {
            await ReadyAsync(silo, ready);
        }

        silo.IsRunning.ShouldBeTrue();

        await recover();
        await acting.WaitAsync(Drained);
        await teacher.UntilAsync(t => t.Saves, "the teacher sees that it is over").WaitAsync(Drained);
        await latecomer.UntilAsync(t => t.Saves, "the other page too");
        await new Audit(log).CheckAsync(room);
        await ReadyAsync(silo, "Healthy");
        Rounds.Print(output, $"{fault}: the teacher saw it after {announced.TotalMilliseconds:F0} ms, nothing acknowledged meanwhile, "
            + $"{room.Ledger.Acknowledged} acknowledged and stored in the end, no restart");
    }

    // Postgres keeps room in its files for a while: facts of the test's own take it, large ones and then small ones.
    private static async Task FillAsync(PrivatePostgres server, FailingDisk disk)
    {
        disk.Fill();
        await using var log = new PostgresLogOfItsOwn(server.ConnectionString);
        var version = 0L;
        foreach (var size in new[] { 2000, 10 })
        {
            var fact = new NewFact("test.1", "{}", DateTimeOffset.UnixEpoch, new string('x', size));
            await Should.ThrowAsync<StorageUnavailableException>(async () =>
            {
                while (true)
                {
                    version = (await log.AppendAsync("filling", version, Guid.CreateVersion7(), [fact], default)).Version;
                }
            });
        }
    }

    private static async Task ReadOnlyAsync(PrivatePostgres server, string value)
    {
        await server.SqlAsync($"alter system set default_transaction_read_only = {value}");
        await server.SqlAsync("select pg_reload_conf()");
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // The tests' own words.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static async Task ReadyAsync(SiloProcess silo, string expected)
    {
        using var http = await silo.BrowserAsync();
        var last = "";
        for (var tries = 0; tries < 50 && last != expected; tries++)
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            last = await answer.Content.ReadAsStringAsync();
            await Task.Delay(100);
        }

        last.ShouldBe(expected);
    }

    private static Task<IFactLog> Log(PrivatePostgres server) => Task.FromResult<IFactLog>(new PostgresLogOfItsOwn(server.ConnectionString));
}
