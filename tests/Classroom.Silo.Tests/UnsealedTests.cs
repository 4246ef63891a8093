using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Classroom.Silo.Tests;

/// <summary>A lesson that was stored before children's words were sealed: of who is forgotten nothing is shown or handed out, and what is not erased is said.</summary>
public sealed class UnsealedTests
{
    private const string Name = "Айгерім";
    private static readonly string[] Words = [Name, "Қосымша мысал жаздым", "Рақмет, толықтырамын", "Жақсы бақылау", "Толықтырдым", "Көмек керек сияқты"];
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_is_forgotten_is_in_nothing_that_is_read_and_what_stays_in_the_table_is_said(bool onPostgres)
    {
        await using var postgres = onPostgres ? await TestPostgres.CreateAsync() : null;
        using var folder = new TempFolder();
        await FillAsync(postgres, folder.Path);
        await using var silo = await SiloProcess.StartAsync(postgres?.ConnectionString, ("Data__Folder", folder.Path), ("Accounts__Admin", "boss:jolbarys-jaz-9"));
        using var teacher = await silo.BrowserAsync(silo.TeachLink);
        var lesson = await EndedAsync(teacher);
        var listed = (await silo.RunAsync("student", "list", lesson.ToString())).Printed;
        var (child, other) = (IdOf(listed, Name), IdOf(listed, "Иван"));
        using var boss = await silo.AdminAsync();
        var before = await ExportAsync(boss, lesson, child);
        Words.ShouldAllBe(w => before.Contains(w, StringComparison.Ordinal));
        (await boss.OperatorAsync(s => s["erasing"] is not null, "erasures"))["erasing"]!.ToJsonString().ShouldBe("""{"waiting":0,"unsealedLessons":2}""");

        using var forgotten = await boss.PostAsJsonAsync($"/api/classrooms/{lesson}/students/{child}/forget", new { reason = "family" });
        (await forgotten.Content.ReadFromJsonAsync<JsonNode>())!["unsealed"]!.GetValue<bool>().ShouldBeTrue();
        (await silo.RunAsync("student", "forget", lesson.ToString(), other.ToString(), "--reason", "mistake")).Printed.ShouldContain("stored before sealing");

        await boss.OperatorAsync(s => (int?)s["erasing"]?["waiting"] == 0, "all are carried out");
        await NothingIsLeftAsync();
        await silo.StopAsync();
        var (code, printed) = await silo.RunAsync("verify");
        code.ShouldBe(0, printed);
        printed.ShouldContain("2 lessons hold what children wrote in the clear, from before it was sealed");
        await silo.StartAgainAsync();
        await NothingIsLeftAsync();
        silo.Failures.ShouldBeEmpty();

        // The database of before, beside the present keys.
        await using var empty = onPostgres ? await TestPostgres.CreateAsync() : null;
        using var restored = new TempFolder();
        await FillAsync(empty, restored.Path);
        await using var old = await SiloProcess.StartAsync(
            empty?.ConnectionString, ("Data__Folder", restored.Path), ("Keys__Folder", silo.KeysFolder), ("Accounts__Admin", "boss:jolbarys-jaz-9"));
        using var again = await old.BrowserAsync(old.TeachLink);
        Gone(await again.GetStringAsync(new Uri($"/api/classrooms/{lesson}/export", UriKind.Relative)));
        Gone((await old.RunAsync("student", "export", lesson.ToString(), child.ToString())).Printed);

        async Task NothingIsLeftAsync()
        {
            Gone(await ExportAsync(boss, lesson, child));
            var record = await teacher.GetStringAsync(new Uri($"/api/classrooms/{lesson}/export", UriKind.Relative));
            Gone(record);
            record.ShouldContain("Дана А.", Case.Sensitive, "the others stay");
            Gone((await silo.RunAsync("student", "list", lesson.ToString())).Printed);
            Gone((await silo.RunAsync("student", "export", lesson.ToString(), child.ToString())).Printed);
        }
    }

    [Fact]
    public async Task A_key_store_that_does_not_answer_is_said_where_an_operator_looks_and_newcomers_come_in_when_it_is_back()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__Admin", "boss:jolbarys-jaz-9"));
        await using var host = await LessonHost.OpenAsync(silo);
        using var boss = await silo.AdminAsync();
        await silo.OfKeysAsync("alter table child_keys rename to away");
        await boss.OperatorAsync(s => s["troubles"]!.AsArray().Any(t => (string?)t!["code"] == "keys-away"), "it is away");
        using var http = await silo.BrowserAsync();
        (await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative))).ShouldStartWith("Degraded");

        await silo.OfKeysAsync("alter table away rename to child_keys");
        await boss.OperatorAsync(s => s["troubles"]!.AsArray().Count == 0, "it is back");
        await host.JoinAsync("Арман");
        (await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative))).ShouldStartWith("Healthy");
    }

    [Fact]
    public async Task An_order_that_nobody_carries_out_is_on_the_operators_page_and_who_looked_is_listed()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__Admin", "boss:jolbarys-jaz-9"));
        await using var host = await LessonHost.OpenAsync(silo);
        var (_, _, id) = await host.JoinAsync("Нұрсәулеш");
        using var boss = await silo.AdminAsync();
        await ExportAsync(boss, host.ClassroomId, id);
        await silo.OfKeysAsync("create trigger held before update of destroyed_at on child_keys begin select raise(abort, 'held by a test'); end");
        await host.Teacher.DoAsync("ForgetStudent", new { studentId = id, reason = "family" });
        await boss.OperatorAsync(s => (int?)s["erasing"]?["waiting"] == 1, "one waits");
        await silo.OfKeysAsync("update child_keys set ordered_at = ordered_at - 61000");
        await boss.OperatorAsync(s => s["troubles"]!.AsArray().Any(t => (string?)t!["code"] == "erasure-late"), "it is late");

        await silo.OfKeysAsync("drop trigger held");
        await boss.OperatorAsync(s => (int?)s["erasing"]?["waiting"] == 0 && s["troubles"]!.AsArray().Count == 0, "it is carried out");
        (await silo.RunAsync("student", "export", host.ClassroomId.ToString(), id.ToString())).Code.ShouldBe(0);
        var (code, printed) = await silo.RunAsync("student", "access");
        code.ShouldBe(0, printed);
        var lines = printed.Split('\n');
        foreach (var (by, act) in new[] { ("boss", "student-exported.1"), ("student command", "student-exported.1"), ("", "student-forgotten.1") })
        {
            lines.ShouldContain(l => l.Contains($"{by}\t{act}\t{host.ClassroomId}\t{id}", StringComparison.Ordinal));
        }

        printed.ShouldNotContain("Нұрсәулеш");
        (await silo.RunAsync("student", "access", "--month", "2001-01")).ShouldBe((0, ""));
        (await silo.RunAsync("student", "access", "--month", "now")).Code.ShouldBe(2);
    }

    private static void Gone(string said)
    {
        foreach (var word in Words)
        {
            said.ShouldNotContain(word);
        }
    }

    private static async Task FillAsync(TestPostgres? postgres, string folder)
    {
        if (postgres is null)
        {
            Yesterday.UnpackTo(Path.Combine(folder, "ortaq.db"));
        }
        else
        {
            await postgres.ExecuteAsync(Yesterday.Script());
        }
    }

    private static Guid IdOf(string listed, string name) => Guid.Parse(listed.Split('\n').Single(l => l.EndsWith("\t" + name, StringComparison.Ordinal)).Split('\t')[0]);

    private static async Task<Guid> EndedAsync(HttpClient teacher) =>
        (await teacher.GetFromJsonAsync<JsonArray>("/api/classrooms"))!.Single(c => c!["endedAt"] is not null)!["classroomId"]!.GetValue<Guid>();

    private static async Task<string> ExportAsync(HttpClient boss, Guid lesson, Guid child) =>
        (await boss.GetFromJsonAsync<JsonNode>($"/api/classrooms/{lesson}/students/{child}/export"))!.ToJsonString(Readable);
}
