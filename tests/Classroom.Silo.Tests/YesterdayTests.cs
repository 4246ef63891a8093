using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Classroom.Silo.Tests;

/// <summary>The program starts on a database that an earlier one wrote, and the school goes on where it was.</summary>
public sealed class YesterdayTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_teacher_reads_the_ended_lesson_and_goes_on_with_the_live_one(bool onPostgres)
    {
        await using var postgres = onPostgres ? await TestPostgres.CreateAsync() : null;
        using var folder = new TempFolder();
        if (postgres is null)
        {
            Yesterday.UnpackTo(Path.Combine(folder.Path, "ortaq.db"));
        }
        else
        {
            await postgres.ExecuteAsync(Yesterday.Script());
        }

        await using var silo = await SiloProcess.StartAsync(
            postgres?.ConnectionString, ("Data__Folder", folder.Path), ("Tutor__Prepared__WordDelay", "00:00:00.01"));
        using var http = await silo.BrowserAsync(silo.TeachLink);
        var cards = (await http.GetFromJsonAsync<JsonArray>("/api/classrooms"))!;
        cards.Count.ShouldBe(2, "classrooms of the teacher who signed in");
        Guid IdOf(bool ended) => cards.Single(c => c!["endedAt"] is not null == ended)!["classroomId"]!.GetValue<Guid>();
        var record = (await http.GetFromJsonAsync<JsonNode>($"/api/classrooms/{IdOf(ended: true)}/export"))!["entities"]!.AsArray();
        record.Where(t => (string?)t!["kind"] == "mark").Select(t => (int)t!["value"]!["mark"]!).ShouldBe([5, 4], ignoreOrder: true);
        record.Count(t => (string?)t!["kind"] == "explanation").ShouldBe(5);
        record.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).ShouldContain("Лист делает сахар");

        var live = IdOf(ended: false);
        await using var teacher = await WireClient.ConnectAsync(silo.Url, cookie: await silo.CookieAsync(silo.TeachLink));
        await teacher.SyncAsync(live);
        teacher.All("seat").Select(s => (string?)s.Value["nickname"]).ShouldBe(["Нұрлан", "Вера"], ignoreOrder: true);
        var before = teacher.Seq;
        using var joined = await http.PostAsJsonAsync(
            "/api/join", new { code = (string?)teacher.Get("plan")!["joinCode"], nickname = "Жаңа", language = "kk", level = "simple", themed = false });
        joined.EnsureSuccessStatusCode();
        await teacher.UntilAsync(t => t.All("seat").Count == 3, "the new student");
        await teacher.DoAsync("RevealResults", new { questionId = "warm-up.where-mass" });
        await teacher.DoAsync("EndLesson", new { });
        await teacher.UntilAsync(t => (string?)t.Get("pace")?["phase"] == "ended", "the end");
        teacher.Seq.ShouldBeGreaterThan(before);
        await silo.StopAsync();
        var (code, printed) = await silo.RunAsync("verify");
        code.ShouldBe(0, printed);
        printed.ShouldContain("2 lessons hold what children wrote in the clear");
    }
}
