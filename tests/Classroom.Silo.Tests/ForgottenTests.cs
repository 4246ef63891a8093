using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;

namespace Classroom.Silo.Tests;

/// <summary>A child's lesson, a backup, the erasure, and the old backup restored: over the real program, its own scripts and a real Postgres.</summary>
public sealed class ForgottenTests
{
    private const string Name = "Нұрсәулеш";
    private const string Secret = "менің құпиям осында";
    private const string Password = "jolbarys-jaz-9";
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task An_old_backup_restored_beside_the_present_keys_shows_no_word_of_the_forgotten()
    {
        await using var database = await TestPostgres.CreateAsync();
        await using var empty = await TestPostgres.CreateAsync();
        using var stick = new TempFolder();
        await using var silo = await SiloProcess.StartAsync(database.ConnectionString, ("Accounts__Admin", "boss:" + Password));
        await using var host = await LessonHost.OpenAsync(silo);
        var (child, ticket, id) = await WriteAsync(host);
        var other = await host.JoinAsync("Арман");
        await other.Client.DoAsync("RaiseHand", new { topic = "Арманның сұрағы" });
        (await LessonAsync(host)).ShouldContain(Secret);

        // A copied database, before anybody was forgotten: no word of any child, and no key that makes a cookie.
        var backup = await ScriptAsync("backup", stick.Path, database.ConnectionString);
        var copied = await TextOfAsync(backup.Trim().Split('\n')[^1]);
        copied.ShouldContain("seat-taken.1");
        foreach (var word in new[] { Name, Secret, "Арман" })
        {
            copied.ShouldNotContain(word);
        }

        var secrets = ProtectionSecrets.Of(await RowsAsync(database.ConnectionString, "select \"Xml\" from protection_keys"), silo.KeysFolder);
        secrets.ShouldNotBeEmpty();
        secrets.ShouldAllBe(s => copied.Contains(s.Sealed, StringComparison.Ordinal) && !copied.Contains(s.Secret, StringComparison.Ordinal));

        using var asked = await host.TeacherHttp.GetAsync(new Uri($"/api/classrooms/{host.ClassroomId}/students/{id}/export", UriKind.Relative));
        asked.StatusCode.ShouldBe(HttpStatusCode.OK);
        var held = (await asked.Content.ReadFromJsonAsync<JsonNode>())!.ToJsonString(Readable);
        held.ShouldContain(Secret);
        held.ShouldContain(Name);
        held.ShouldNotContain("Арман");

        await host.Teacher.DoAsync("ForgetStudent", new { studentId = id, reason = "family" });

        await child.OverAsync();
        child.ClosedWith.ShouldBe("removed");
        await host.Teacher.UntilAsync(t => t.Get("forgotten", id.ToString()) is not null, "that somebody was forgotten");
        (await LessonAsync(host)).ShouldNotContain(Secret);
        await using (var back = await WireClient.ConnectAsync(silo.Url, ticket))
        {
            (await back.CallAsync("Sync", host.ClassroomId, 0))!["refusal"]!["code"]!.GetValue<string>().ShouldBe("was-forgotten");
        }

        using var boss = await AccountClient.SignInAsync(silo.Url, "boss", Password);
        await UntilAsync(async () => !(await boss.GetAsync($"/api/classrooms/{host.ClassroomId}/students/{id}/export")).ToJsonString(Readable).Contains(Secret, StringComparison.Ordinal));
        (await boss.GetAsync("/api/access")).ToJsonString(Readable).ShouldSatisfyAllConditions(
            log => log.ShouldContain("student-exported.1"), log => log.ShouldContain("lesson-exported.1"), log => log.ShouldContain("student-forgotten.1"), log => log.ShouldNotContain(Name));
        await silo.StopAsync();
        (await silo.RunAsync("verify")).Printed.ShouldContain("whole:");

        await ScriptAsync("restore", backup.Trim().Split('\n')[^1], empty.ConnectionString);
        await using var restored = await SiloProcess.StartAsync(empty.ConnectionString, ("Keys__Folder", silo.KeysFolder), ("Accounts__Admin", "boss:" + Password));
        using var http = await restored.BrowserAsync(restored.TeachLink);
        var there = await http.GetStringAsync(new Uri($"/api/classrooms/{host.ClassroomId}/export", UriKind.Relative));
        there.ShouldNotContain(Secret);
        there.ShouldNotContain(Name);
        there.ShouldContain("Арманның сұрағы", Case.Sensitive, "the other child is still there");
        await UntilAsync(async () => (await http.GetStringAsync(new Uri($"/api/classrooms/{host.ClassroomId}/export", UriKind.Relative))).Contains("\"keyGone\"", StringComparison.Ordinal));
        await restored.StopAsync();
        (await restored.RunAsync("verify")).Printed.ShouldContain("whole:");
        silo.Failures.ShouldBeEmpty();
        restored.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_operator_forgets_beside_a_running_server_and_a_child_is_nobody_elses_business()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__Admin", "boss:" + Password));
        await using var host = await LessonHost.OpenAsync(silo);
        var (child, _, id) = await WriteAsync(host);
        var lesson = host.ClassroomId.ToString();
        var unknown = Guid.CreateVersion7().ToString();
        (await silo.RunAsync("student", "list", unknown)).ShouldBe((2, "There is no such lesson.\n"));
        (await silo.RunAsync("student", "list", lesson)).Printed.ShouldContain($"{id}\t{Name}");
        (await silo.RunAsync("student", "access")).Printed.ShouldSatisfyAllConditions(a => a.ShouldContain($"students-listed.1\t{lesson}"), a => a.ShouldNotContain(unknown));
        (await silo.RunAsync("student", "export", lesson, id.ToString())).Printed.ShouldContain(Secret);
        (await silo.RunAsync("student", "forget", lesson, id.ToString())).Code.ShouldBe(2, "without a reason");
        (await silo.RunAsync("student", "forget", lesson, id.ToString(), "--reason", "retention")).Code.ShouldBe(2, "the server's own reason");
        (await silo.RunAsync("student", "forget", lesson, Guid.CreateVersion7().ToString(), "--reason", "family")).Code.ShouldBe(1, "nobody");

        var (code, printed) = await silo.RunAsync("student", "forget", lesson, id.ToString(), "--reason", "family");

        code.ShouldBe(0, printed);
        await host.Teacher.UntilAsync(t => t.Get("forgotten", id.ToString()) is not null, "that somebody was forgotten");
        await child.OverAsync();
        (await silo.RunAsync("student", "list", lesson)).Printed.ShouldNotContain(Name);
        using var stranger = await silo.BrowserAsync();
        (await stranger.GetAsync(new Uri($"/api/classrooms/{lesson}/students/{id}/export", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await host.TeacherHttp.GetAsync(new Uri($"/api/classrooms/{Guid.CreateVersion7()}/students/{id}/export", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await host.TeacherHttp.GetAsync(new Uri("/api/access", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var boss = await AccountClient.SignInAsync(silo.Url, "boss", Password);
        (await boss.PostAsync($"/api/classrooms/{lesson}/students/{id}/forget", new { reason = "retention" })).Code.ShouldBe("bad-value");
        (await boss.PostAsync($"/api/classrooms/{lesson}/students/{Guid.CreateVersion7()}/forget", new { reason = "family" })).Code.ShouldBe("no-such-student");
        (await boss.StatusOfAsync("/api/access?month=now")).ShouldBe(HttpStatusCode.BadRequest);
        silo.Failures.ShouldBeEmpty();
    }

    private static async Task<(WireClient Child, string Ticket, Guid Id)> WriteAsync(LessonHost host)
    {
        var (child, ticket, id) = await host.JoinAsync(Name);
        await host.Teacher.DoAsync("StartLesson", new { });
        var step = host.StepOf("make");
        await host.Teacher.DoAsync("GoToStep", new { stepId = step });
        await child.DoAsync("SaveDraft", new { stepId = step, text = Secret, ownContribution = Secret, reflection = Secret, sources = new[] { Secret } });
        await child.DoAsync("RaiseHand", new { topic = Secret });
        await host.Teacher.UntilAsync(t => t.All("hand").Count == 1, "a hand");
        return (child, ticket, id);
    }

    private static Task<string> LessonAsync(LessonHost host) => host.TeacherHttp.GetStringAsync(new Uri($"/api/classrooms/{host.ClassroomId}/export", UriKind.Relative));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds())
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task<List<string>> RowsAsync(string database, string query)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(query);
        await using var reader = await command.ExecuteReaderAsync();
        var all = new List<string>();
        while (await reader.ReadAsync())
        {
            all.Add(reader.GetString(0));
        }

        return all;
    }

    private static async Task<string> ScriptAsync(string script, string argument, string database)
    {
        var to = new NpgsqlConnectionStringBuilder(database);
        var (code, printed) = await OtherProgram.EndAsync(Path.Combine(Checkout.Folder, "deploy", "postgres", script), [argument], new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PGHOST"] = to.Host!, ["PGPORT"] = to.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), ["PGUSER"] = to.Username!, ["PGDATABASE"] = to.Database!,
        });
        code.ShouldBe(0, printed);
        return printed;
    }

    // All rows of a backup, as text.
    private static async Task<string> TextOfAsync(string backup)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", $"PATH=$PATH:$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1) pg_restore --file=- '{backup}'"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        return text;
    }
}
