using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Classroom.Silo.Tests;

/// <summary>A sentence of an explanation read aloud by the server: by its number, to who may read it, and nothing else.</summary>
public sealed class SpokenTextTests
{
    [Fact]
    public async Task A_sentence_is_spoken_once_for_all_and_to_its_readers_alone()
    {
        using var folder = new TempFolder();
        await using var silo = await SiloProcess.StartAsync(null, ("Tutor__Prepared__WordDelay", "00:00:00"), ("Speech__Program", VoiceProgram.In(folder.Path)));
        await using var lesson = await LessonHost.OpenAsync(silo);
        var (dana, ticket, _) = await lesson.JoinAsync("Дана");
        var (_, other, _) = await lesson.JoinAsync("Арман");
        var (_, board) = await lesson.BoardOfAsync(null, null);
        var explanation = await ExplainAsync(lesson, dana);

        using var answer = await AskAsync(lesson, ticket, $"{explanation}/kk-simple/0/speech?epoch=1");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("audio/wav");
        var sound = await answer.Content.ReadAsByteArrayAsync();
        (sound[20], BitConverter.ToInt32(sound, 24), sound.Length).ShouldBe(((byte)7, 11025, 44 + 2205), "mu-law, half the samples");
        using var again = await AskAsync(lesson, other, $"{explanation}/kk-simple/0/speech?epoch=1");
        (await again.Content.ReadAsByteArrayAsync()).ShouldBe(sound);
        var heard = await File.ReadAllTextAsync(VoiceProgram.HeardIn(folder.Path));
        dana.TextOf(explanation, "kk-simple").ShouldStartWith(heard.Trim(), Case.Sensitive, "the lesson's own words, and once");

        (await CodeAsync(lesson, ticket, $"{explanation}/kk-simple/999/speech?epoch=1")).ShouldBe("no-such-sentence");
        (await CodeAsync(lesson, ticket, $"{explanation}/kk-simple/-1/speech?epoch=1")).ShouldBe("no-such-sentence");
        (await CodeAsync(lesson, ticket, $"{explanation}/kk-simple/0/speech?epoch=2")).ShouldBe("no-such-sentence");
        (await CodeAsync(lesson, ticket, $"{Guid.CreateVersion7()}/kk-simple/0/speech")).ShouldBe("no-such-sentence");
        (await CodeAsync(lesson, ticket, $"{explanation}/kk-loud/0/speech")).ShouldBe("bad-id");
        (await CodeAsync(lesson, board, $"{explanation}/kk-simple/0/speech")).ShouldBe("wrong-role");
        (await CodeAsync(lesson, null, $"{explanation}/kk-simple/0/speech")).ShouldBe("wrong-role", "a teacher listens to no phone");
        await using var elsewhere = await LessonHost.OpenAsync(silo);
        (await CodeAsync(elsewhere, ticket, $"{explanation}/kk-simple/0/speech")).ShouldBe("wrong-role");
        using var nobody = await silo.BrowserAsync();
        (await nobody.GetAsync(PathOf(lesson, $"{explanation}/kk-simple/0/speech"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_was_removed_hears_nothing_and_a_mate_goes_on_by_the_ticket_of_who_left()
    {
        using var folder = new TempFolder();
        await using var silo = await SiloProcess.StartAsync(null, ("Tutor__Prepared__WordDelay", "00:00:00"), ("Speech__Program", VoiceProgram.In(folder.Path)));
        await using var lesson = await LessonHost.OpenAsync(silo);
        var (dana, alone, danaId) = await lesson.JoinAsync("Дана");
        using var http = await silo.BrowserAsync();
        using var joined = await http.PostAsJsonAsync(
            "/api/join", new { code = lesson.Code, nickname = "Айдар", language = "kk", level = "simple", themed = false, others = new[] { new { nickname = "Сәуле", themed = false } } });
        var reply = (await joined.Content.ReadFromJsonAsync<JsonNode>())!;
        var (ticket, first) = (reply["ticket"]!.GetValue<string>(), reply["studentId"]!.GetValue<Guid>());
        var explanation = await ExplainAsync(lesson, dana);
        await lesson.Teacher.DoAsync("RemoveStudent", new { studentId = danaId });
        await lesson.Teacher.DoAsync("RemoveStudent", new { studentId = first });

        (await CodeAsync(lesson, alone, $"{explanation}/kk-simple/0/speech?epoch=1")).ShouldBe("no-seat");
        using var answer = await AskAsync(lesson, ticket, $"{explanation}/kk-simple/0/speech?epoch=1");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        silo.Failures.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("exit 1", 503, "try-again")]
    [InlineData("cat > /dev/null; head -c 44 tone.wav", 204, null)]
    public async Task What_fails_is_asked_again_and_what_has_no_sound_is_no_failure(string does, int status, string? code)
    {
        using var folder = new TempFolder();
        var program = VoiceProgram.In(folder.Path);
        await File.WriteAllTextAsync(program + "2", $"#!/bin/sh\ncd '{folder.Path}'\n[ -z \"$Speech__Program\" ] || exit 1\ncase \"$*\" in\n--voices=*) printf 'Pty Language\\n 5 voice\\n' ;;\n*) {does} ;;\nesac\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program + "2", UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        await using var silo = await SiloProcess.StartAsync(null, ("Tutor__Prepared__WordDelay", "00:00:00"), ("Speech__Program", program + "2"));
        await using var lesson = await LessonHost.OpenAsync(silo);
        var (dana, ticket, _) = await lesson.JoinAsync("Дана");
        var explanation = await ExplainAsync(lesson, dana);
        for (var i = 0; i < 2; i++)
        {
            using var answer = await AskAsync(lesson, ticket, $"{explanation}/kk-simple/0/speech");
            ((int)answer.StatusCode).ShouldBe(status);
            (code is null ? null : (await answer.Content.ReadFromJsonAsync<JsonNode>())?["code"]?.GetValue<string>()).ShouldBe(code);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-such-program-here")]
    public async Task Where_nothing_speaks_it_is_said_by_a_code(string program)
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Tutor__Prepared__WordDelay", "00:00:00"), ("Speech__Program", program));
        await using var lesson = await LessonHost.OpenAsync(silo);
        var (dana, ticket, _) = await lesson.JoinAsync("Дана");
        var explanation = await ExplainAsync(lesson, dana);

        (await CodeAsync(lesson, ticket, $"{explanation}/kk-simple/0/speech")).ShouldBe("no-voice");
        var codes = new List<string?>();
        for (var i = 0; i < 45; i++)
        {
            codes.Add(await CodeAsync(lesson, ticket, $"{explanation}/kk-simple/0/speech"));
        }

        codes.ShouldContain("too-fast");
        silo.Failures.ShouldBeEmpty();
    }

    private static async Task<Guid> ExplainAsync(LessonHost lesson, WireClient reader)
    {
        var (explanation, step) = (Guid.CreateVersion7(), lesson.StepOf("explain"));
        await lesson.Teacher.DoAsync("StartLesson", new { });
        await lesson.Teacher.DoAsync("GoToStep", new { stepId = step });
        await lesson.Teacher.UntilAsync(t => t.Get("step", step)?["topics"] is not null, "the topics");
        await lesson.Teacher.DoAsync("RequestExplanation", new { explanationId = explanation, stepId = step, topicId = lesson.Teacher.Get("step", step)!["topics"]![0]!["id"]!.GetValue<string>(), sentences = Array.Empty<int>(), mode = "plain" });
        await reader.UntilAsync(r => r.Get("explanation", explanation.ToString())?["status"]?.GetValue<string>() == "finished", "the end of the explanation");
        return explanation;
    }

    private static Uri PathOf(LessonHost lesson, string path) => new($"/api/classrooms/{lesson.ClassroomId}/explanations/{path}", UriKind.Relative);

    // Without a ticket the teacher asks.
    private static async Task<HttpResponseMessage> AskAsync(LessonHost lesson, string? ticket, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, PathOf(lesson, path));
        if (ticket is null)
        {
            return await lesson.TeacherHttp.SendAsync(request);
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ticket);
        using var http = await lesson.Silo.BrowserAsync();
        return await http.SendAsync(request);
    }

    private static async Task<string?> CodeAsync(LessonHost lesson, string? ticket, string path)
    {
        using var answer = await AskAsync(lesson, ticket, path);
        answer.IsSuccessStatusCode.ShouldBeFalse();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())?["code"]?.GetValue<string>();
    }
}
