using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Classroom.Silo.Tests;

/// <summary><c>Classroom.Silo verify</c> over what a real lesson has written, on each database.</summary>
public sealed class VerifyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lesson_is_whole_while_it_runs_and_after_it_and_an_edit_is_named(bool onPostgres)
    {
        await using var postgres = onPostgres ? await TestPostgres.CreateAsync() : null;
        await using var silo = await SiloProcess.StartAsync(postgres?.ConnectionString);
        await using var host = await LessonHost.OpenAsync(silo);
        await host.JoinAsync("Айгерім");
        await host.Teacher.DoAsync("StartLesson", new { });
        var (code, printed) = await silo.RunAsync("verify");
        code.ShouldBe(0, printed);
        printed.ShouldContain("There are no checkpoints in");

        await host.DisposeAsync();
        await silo.StopAsync();
        var checkpoints = Path.Combine(silo.Folder, "checkpoints");
        Directory.GetFiles(checkpoints, "checkpoints-*.jsonl").Length.ShouldBe(1, "written at a graceful stop");
        (code, printed) = await silo.RunAsync("verify");
        code.ShouldBe(0, printed);
        printed.ShouldStartWith("whole: ");
        printed.ShouldContain(" 1 checkpoints in 1 files, digest ");

        var stream = $"classroom/{host.ClassroomId}";
        await using (DbConnection connection = postgres is null
            ? new SqliteConnection("Data Source=" + Path.Combine(silo.Folder, "ortaq.db")) : new NpgsqlConnection(postgres.ConnectionString))
        {
            await connection.OpenAsync();
            await using var edit = connection.CreateCommand();
#pragma warning disable CA2100 // The stream's name is made here.
            edit.CommandText = $"update facts set body = body || ' ' where stream = '{stream}' and version = 2";
#pragma warning restore CA2100
            (await edit.ExecuteNonQueryAsync()).ShouldBe(1);
        }

        (code, printed) = await silo.RunAsync("verify", "--checkpoints", checkpoints);
        code.ShouldBe(1, printed);
        printed.ShouldStartWith($"broken: {stream} 2: edited");
        printed.ShouldContain("BROKEN: ");
    }

    [Theory]
    [InlineData("Data:Folder", "nowhere")]
    [InlineData("ConnectionStrings:Postgres", "Host=127.0.0.1;Port=1;Timeout=2")]
    [InlineData("checkpoints", "nowhere")]
    public async Task What_cannot_be_read_is_neither_whole_nor_broken(string setting, string value)
    {
        await using var silo = await SiloProcess.StartAsync();
        var (code, printed) = await silo.RunAsync("verify", $"--{setting}", value);
        code.ShouldBe(2, printed);
        printed.ShouldContain("The log could not be verified: ");
        Directory.Exists(Path.Combine(silo.Folder, "nowhere")).ShouldBeFalse();
    }
}
