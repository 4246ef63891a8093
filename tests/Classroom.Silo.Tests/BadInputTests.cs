using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Classroom.Silo.Tests;

/// <summary>Empty, huge, wrong, twice, out of order: each gets a clear code, and nothing is logged as an error.</summary>
public sealed class BadInputTests(SharedSilo shared) : IClassFixture<SharedSilo>
{
    [Fact]
    public async Task Malformed_arguments_are_refused_by_code()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var (student, _, _) = await lesson.JoinAsync("Барыс");
        await lesson.Teacher.DoAsync("StartLesson", new { });
        (await student.RefusalAsync("RaiseHand", new { topic = "x" }, "not-a-guid")).ShouldBe("bad-id");
        (await student.RefusalAsync("RaiseHand", new { topic = "x" }, 7)).ShouldBe("bad-id");
        (await student.RefusalAsync("RaiseHand", null)).ShouldBe("bad-json");
        (await student.RefusalAsync("RaiseHand", "text")).ShouldBe("bad-json");
        (await student.RefusalAsync("RaiseHand", new { topic = 5 })).ShouldBe("bad-json");
        (await student.RefusalAsync("RaiseHand", new { topic = new string('x', 5000) })).ShouldBe("too-long");
        (await student.RefusalAsync("RaiseHand", new { })).ShouldBe("too-long");
        (await student.RefusalAsync("PressConfusion", new { explanationId = "zzz", variant = "kk-simple", sentence = 0 })).ShouldBe("bad-json");
        (await student.RefusalAsync("PressConfusion", new { explanationId = Guid.CreateVersion7(), variant = "xx", sentence = 0 })).ShouldBe("no-such-explanation");
        (await student.RefusalAsync("ChangePreferences", new { language = "tlh", level = "simple" })).ShouldBe("bad-json");
        (await student.RefusalAsync("ChangePreferences", new { language = 1, level = 2 })).ShouldBe("bad-json");
        (await student.RefusalAsync("SetTempo", new { face = 9 })).ShouldBe("bad-value");
        (await student.RefusalAsync("GiveAnswer", new { questionId = "nope" })).ShouldBe("no-such-question");
        (await student.RefusalAsync("HandIn", new { stepId = (string?)null })).ShouldBe("no-task");
        (await lesson.Teacher.RefusalAsync("GoToStep", new { stepId = "nope" })).ShouldBe("no-such-step");
        (await lesson.Teacher.RefusalAsync("GiveMark", new { studentId = Guid.CreateVersion7(), stepId = "x", mark = 5 })).ShouldBe("no-such-student");
        (await lesson.Teacher.RefusalAsync("AskOwnQuestion", new { question = (object?)null })).ShouldBe("bad-value");
        (await lesson.Teacher.RefusalAsync("StartLesson", new { })).ShouldBe("already-started");
        (await student.CallAsync("Sync", "nope", 0))!["refusal"]!["code"]!.GetValue<string>().ShouldBe("bad-id");
        (await student.CallAsync("Sync", lesson.ClassroomId, -5))!["refusal"]!["code"]!.GetValue<string>().ShouldBe("bad-id");
        (await student.CallAsync("ReadText", lesson.ClassroomId, "kk-best", 0))!["refusal"]!["code"]!.GetValue<string>().ShouldBe("bad-id");
        shared.Silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_method_is_an_error_to_the_caller_and_nothing_to_the_server()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var error = await Should.ThrowAsync<InvalidOperationException>(() => lesson.Teacher.CallAsync("DropTables", 1));
        error.Message.ShouldBe(Realtime.CodedErrors.UnknownMethod);
        (await Should.ThrowAsync<InvalidOperationException>(() => lesson.Teacher.CallAsync("Execute"))).Message.ShouldBe(Realtime.CodedErrors.BadArguments);
        (await Should.ThrowAsync<InvalidOperationException>(() => lesson.Teacher.CallAsync("ReadText", new { }, 7))).Message.ShouldBe(Realtime.CodedErrors.BadArguments);
        (await lesson.Teacher.RefusalAsync("UnlockLobby", new { })).ShouldBeNull();
        shared.Silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_oversize_message_closes_the_offender_only()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var (student, _, _) = await lesson.JoinAsync("Құлан");
        var (neighbour, _, _) = await lesson.JoinAsync("Сұңқар");
        await Should.ThrowAsync<Exception>(() => student.CallAsync("Execute", new { id = Guid.CreateVersion7(), name = "RaiseHand", fields = new { topic = new string('x', 40_000) } }));
        (await neighbour.RefusalAsync("RaiseHand", new { topic = "x" })).ShouldBeNull();
        shared.Silo.Failures.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "bad-nickname")]
    [InlineData("   ", "bad-nickname")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefghij", "bad-nickname")]
    [InlineData("<script>", "bad-sign")]
    [InlineData("12345", "bad-nickname")]
    public async Task A_bad_nickname_is_refused(string nickname, string code)
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        (await JoinErrorAsync(lesson.Code, nickname)).ShouldBe(code);
    }

    [Fact]
    public async Task A_taken_nickname_is_refused_whatever_its_case_and_spaces()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        await lesson.JoinAsync("Ақ қоян");
        (await JoinErrorAsync(lesson.Code, "АҚ   ҚОЯН")).ShouldBe("nickname-taken");
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("ZZZZZZ")]
    [InlineData("' or 1=1 --")]
    [InlineData("кодсыз")]
    public async Task Wrong_codes_all_get_the_same_answer(string? code) => (await JoinErrorAsync(code, "Үкі")).ShouldBe("code-not-found");

    [Fact]
    public async Task A_code_of_an_ended_lesson_gets_the_answer_of_a_wrong_one()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var code = lesson.Code;
        await lesson.Teacher.DoAsync("StartLesson", new { });
        await lesson.Teacher.DoAsync("EndLesson", new { });
        // The lease is given back beside the command; the code stops working once it is.
        string? error;
        do
        {
            error = await JoinErrorAsync(code, "Тырна");
        }
        while (error == "lesson-ended");
        error.ShouldBe("code-not-found");
    }

    [Fact]
    public async Task A_locked_lobby_lets_nobody_in_and_a_removed_student_is_told()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var (student, ticket, id) = await lesson.JoinAsync("Тиін");
        await lesson.Teacher.DoAsync("LockLobby", new { });
        (await JoinErrorAsync(lesson.Code, "Кірпі")).ShouldBe("lobby-locked");
        await lesson.Teacher.DoAsync("RemoveStudent", new { studentId = id });
        await student.UntilAsync(s => s.ClosedWith == "removed", "the removal");
        await student.OverAsync();
        await using var again = await WireClient.ConnectAsync(shared.Silo.Url, ticket);
        (await again.CallAsync("Sync", lesson.ClassroomId, 0))!["refusal"]!["code"]!.GetValue<string>().ShouldBe("no-seat");
    }

    [Fact]
    public async Task A_new_device_waits_for_the_teachers_yes_and_the_old_one_is_out()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var (old, _, id) = await lesson.JoinAsync("Елік");
        using var http = await shared.Silo.BrowserAsync();
        using var asked = await http.PostAsJsonAsync("/api/join", new { code = lesson.Code, nickname = "елік", language = "kk", level = "simple", device = true });
        var reply = (await asked.Content.ReadFromJsonAsync<JsonNode>())!;
        reply["waiting"]!.GetValue<bool>().ShouldBeTrue();
        reply["studentId"]!.GetValue<Guid>().ShouldBe(id);
        await using var device = await WireClient.ConnectAsync(shared.Silo.Url, reply["ticket"]!.GetValue<string>());
        (await device.CallAsync("Sync", lesson.ClassroomId, 0))!["refusal"]!["code"]!.GetValue<string>().ShouldBe("device-waiting");
        await lesson.Teacher.UntilAsync(t => t.Get("seat", id.ToString())!["requests"] is not null, "the request");
        var deviceId = lesson.Teacher.Get("seat", id.ToString())!["requests"]![0]!["deviceId"]!.GetValue<Guid>();
        await lesson.Teacher.DoAsync("ApproveDevice", new { studentId = id, deviceId });
        await old.UntilAsync(s => s.ClosedWith == "replaced", "the old device to be closed");
        await device.SyncAsync(lesson.ClassroomId);
        device.Get("me")!["nickname"]!.GetValue<string>().ShouldBe("Елік");
    }

    [Fact]
    public async Task A_board_is_paired_by_its_code_once()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        using var http = await shared.Silo.BrowserAsync();
        using var begun = await http.PostAsync(new Uri("/api/board/pair", UriKind.Relative), null);
        var pairing = (await begun.Content.ReadFromJsonAsync<JsonNode>())!;
        var poll = new Uri("/api/board/pair/" + pairing["secret"]!.GetValue<string>(), UriKind.Relative);
        (await http.GetAsync(poll)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NoContent);
        var path = $"/api/classrooms/{lesson.ClassroomId}/board";
        (await lesson.TeacherHttp.PostAsJsonAsync(path, new { pairing = "000000" })).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await lesson.TeacherHttp.PostAsJsonAsync(path, new { pairing = pairing["pairing"]!.GetValue<string>() })).StatusCode.ShouldBe(System.Net.HttpStatusCode.NoContent);
        (await (await http.GetAsync(poll)).Content.ReadFromJsonAsync<JsonNode>())!["classroomId"]!.GetValue<Guid>().ShouldBe(lesson.ClassroomId);
        (await http.GetAsync(poll)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    private async Task<string?> JoinErrorAsync(string? code, string nickname)
    {
        using var http = await shared.Silo.BrowserAsync();
        using var answer = await http.PostAsJsonAsync("/api/join", new { code, nickname, language = "kk", level = "simple" });
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())?["code"]?.GetValue<string>();
    }
}
