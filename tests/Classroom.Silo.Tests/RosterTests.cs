using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Classroom.Silo.Tests;

/// <summary>The teacher's list of the class: read at the far end of a real HTTP connection, none of its names ever leaves, nor reaches another screen.</summary>
public sealed class RosterTests
{
    private static readonly string[] List = ["Жақсыбекова Дания Ерланқызы", "Құлмағамбетов Санжар", "Бондаренко Тимофей"];
    private static readonly string[] Secrets = ["Жақсыбеков", "Құлмағамбетов", "Бондаренко", "Тимофе", "Санжар", "Ерланқызы"];

    [Fact]
    public async Task A_surname_of_the_list_and_a_former_name_never_leave_the_box()
    {
        await using var model = await ProtocolServer.StartAsync();
        model.Answer = "Жапырақтың жасыл түсі хлорофилл деген заттан шығады. Ал сенің ойыңша, күзде ол зат қайда кетеді?";
        await using var silo = await SiloProcess.StartAsync(null, ("Tutor__Endpoint", model.Endpoint), ("Tutor__Model", "local-model"));
        await using var lesson = await LessonHost.OpenAsync(silo);
        var (student, _, studentId) = await lesson.JoinAsync("Гүлнәр");
        var (friend, _, _) = await lesson.JoinAsync("Иван", "ru");
        var (teacher, board) = (lesson.Teacher, await lesson.BoardAsync());
        await teacher.DoAsync("SetRoster", new { rosterId = Guid.CreateVersion7(), names = List });
        await teacher.UntilAsync(t => t.All("roster").Count == 1, "the list");
        await teacher.DoAsync("StartLesson", new { });
        var step = lesson.StepOf("explain");
        await teacher.DoAsync("GoToStep", new { stepId = step });
        await teacher.DoAsync("SetAiPolicy", new { stepId = step, policy = "ask" });

        // The teacher's own words, a child's question, and each as it is said in a sentence.
        await AskAsync("Құлмағамбетовке жапырақ неге жасыл екенін айтып берейікші");
        await TutorAsync("Мен Жақсыбековамын, Бондаренкомен бірге жапырақ санадық, не жазамыз?");
        await TutorAsync("Сам Тимофей Бондаренко сказал, что лист зелёный. А почему?");

        // What she was called before stays hidden after a new name, and after she was removed.
        await teacher.DoAsync("RenameStudent", new { studentId, nickname = "Жансая" });
        await TutorAsync("Гүлнәр деген мен едім, жапырақ неге сарғаяды?");
        await teacher.DoAsync("RemoveStudent", new { studentId, bar = false });
        await AskAsync("Жансая сұрады: жапырақ неге сарғаяды?");
        await AskAsync("Гүлнәр да сұраған: жапырақ неге түседі?");

        model.Received.ShouldBeGreaterThanOrEqualTo(6);
        var sent = model.Requests.Select(r => Regex.Unescape(r.Body)).ToList();
        foreach (var secret in Secrets.Concat(["Гүлнәр", "Жансая"]))
        {
            sent.ShouldAllBe(b => !b.Contains(secret, StringComparison.OrdinalIgnoreCase), secret);
        }

        // No other screen, no record, no log, and not the database in the clear.
        foreach (var screen in new[] { student, friend, board })
        {
            screen.All("roster").ShouldBeEmpty();
        }

        using var export = await lesson.TeacherHttp.GetAsync(new Uri($"/api/classrooms/{lesson.ClassroomId}/export", UriKind.Relative));
        var record = Regex.Unescape(await export.Content.ReadAsStringAsync());
        record.ShouldContain("explanation");
        record.ShouldNotContain("\"roster\"");
        record.ShouldNotContain("Ерланқызы");
        silo.Output.ShouldNotContain("Жақсыбеков");
        silo.Failures.ShouldBeEmpty();

        async Task AskAsync(string words)
        {
            var id = Guid.CreateVersion7();
            await teacher.DoAsync("RequestExplanation", new { explanationId = id, stepId = step, words, mode = "plain" });
            await teacher.UntilAsync(t => (string?)t.Get("explanation", id.ToString())?["status"] is { } and not "running", "the end");
        }

        async Task TutorAsync(string text)
        {
            var id = Guid.CreateVersion7();
            await student.DoAsync("AskTutor", new { exchangeId = id, stepId = step, text });
            await student.UntilAsync(s => s.Get("exchange", id.ToString()) is { } e && (e["answer"] ?? e["failure"]) is not null, "an answer");
        }
    }

    [Fact]
    public async Task The_list_is_sealed_in_the_database_and_opened_again_after_a_restart()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var lesson = await LessonHost.OpenAsync(silo);
        await lesson.Teacher.DoAsync("SetRoster", new { rosterId = Guid.CreateVersion7(), names = List });
        await silo.KillAsync();
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(silo.SqliteFile)!, "ortaq.db*"))
        {
            System.Text.Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file)).ShouldNotContain("Құлмағамбетов", Case.Insensitive, file);
        }

        await silo.StartAgainAsync();
        await lesson.Teacher.ConnectAgainAsync(silo.Url, cookie: lesson.TeacherCookie);
        await lesson.Teacher.SyncAsync(lesson.ClassroomId);
        await lesson.Teacher.UntilAsync(t => t.All("roster").Count == 1, "the list");
        lesson.Teacher.All("roster")[0].Value.ToJsonString().ShouldContain("names");
    }
}
