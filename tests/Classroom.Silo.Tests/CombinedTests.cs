using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Classroom.Silo.Tests;

/// <summary>A combined class at the real server: two lessons that know of each other, one door, one board.</summary>
public sealed class CombinedTests : IAsyncLifetime
{
    private SiloProcess _silo = null!;

    public async Task InitializeAsync() => _silo = await SiloProcess.StartAsync();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task A_second_group_is_opened_beside_a_lesson_and_each_knows_the_other()
    {
        await using var third = await LessonHost.OpenAsync(_silo);
        var fourth = await OpenBesideAsync(third, third.ClassroomId);
        await third.Teacher.UntilAsync(t => t.Get("group", fourth.ToString())?["className"]?.GetValue<string>() == "4 «А»", "the second group");
        await using var other = await WireClient.ConnectAsync(_silo.Url, cookie: third.TeacherCookie);
        await other.SyncAsync(fourth);
        other.Get("group", third.ClassroomId.ToString())!["className"]!.GetValue<string>().ShouldBe("7Б");

        (await RefusalAsync(third, third.ClassroomId)).ShouldBe("already-combined");
        (await RefusalAsync(third, fourth)).ShouldBe("already-combined", "it is the second group of another one");
        using var twice = await third.TeacherHttp.PostAsJsonAsync($"/api/classrooms/{third.ClassroomId}/group", new { with = fourth });
        twice.StatusCode.ShouldBe(HttpStatusCode.NoContent, "the same again");
        (await CodeOfAsync(third.TeacherHttp, $"/api/classrooms/{fourth}/group", new { with = fourth })).ShouldBe("bad-id");

        // A kit that was the wrong one: its lesson is ended, and another takes its place.
        (await other.RefusalAsync("EndLesson", new { })).ShouldBe("not-started");
        await other.DoAsync("StartLesson", new { });
        await other.DoAsync("EndLesson", new { });
        var again = await OpenBesideAsync(third, third.ClassroomId);
        await third.Teacher.UntilAsync(t => t.All("group").Single().Id == again.ToString(), "the new second group alone");
    }

    [Fact]
    public async Task What_is_somebody_elses_over_or_a_rehearsal_gets_no_second_group()
    {
        await using var lesson = await LessonHost.OpenAsync(_silo);
        (await RefusalAsync(lesson, Guid.CreateVersion7())).ShouldBe("foreign-classroom");
        (await CodeOfAsync(lesson.TeacherHttp, $"/api/classrooms/{Guid.CreateVersion7()}/group", new { with = lesson.ClassroomId })).ShouldBe("foreign-classroom");
        (await RefusalAsync(lesson, lesson.ClassroomId, rehearse: true)).ShouldBe("rehearsal-alone");
        var rehearsal = await lesson.OpenAnotherAsync(rehearse: true);
        (await RefusalAsync(lesson, rehearsal)).ShouldBe("rehearsal-alone");
        await lesson.Teacher.DoAsync("StartLesson", new { });
        await lesson.Teacher.DoAsync("EndLesson", new { });
        (await RefusalAsync(lesson, lesson.ClassroomId)).ShouldBe("lesson-ended");
        var cards = (await lesson.TeacherHttp.GetFromJsonAsync<JsonArray>("/api/classrooms"))!;
        cards.Count(c => c!["rehearsal"] is null).ShouldBe(1, "nothing was opened beside what was refused");
    }

    [Fact]
    public async Task Either_code_leads_to_the_choice_of_groups_and_no_longer_once_one_is_over()
    {
        await using var third = await LessonHost.OpenAsync(_silo);
        var http = await _silo.BrowserAsync();
        (await GroupsAsync(third.Code)).ShouldBeNull("the class is not combined");
        var fourth = await OpenBesideAsync(third, third.ClassroomId);
        await using var other = await WireClient.ConnectAsync(_silo.Url, cookie: third.TeacherCookie);
        await other.SyncAsync(fourth);
        var code = other.Get("plan")!["joinCode"]!.GetValue<string>();

        (await GroupsAsync(third.Code))!.Select(g => (g!["className"]!.GetValue<string>(), g["code"]!.GetValue<string>())).ShouldBe([("7Б", third.Code), ("4 «А»", code)]);
        (await GroupsAsync(code))!.Select(g => g!["className"]!.GetValue<string>()).ShouldBe(["4 «А»", "7Б"]);

        await other.DoAsync("StartLesson", new { });
        await other.DoAsync("EndLesson", new { });
        (await GroupsAsync(third.Code)).ShouldBeNull("there is one class to come into");

        async Task<JsonArray?> GroupsAsync(string of)
        {
            using var answer = await http.PostAsJsonAsync("/api/join/check", new { code = of });
            return (await answer.Content.ReadFromJsonAsync<JsonNode>())!["groups"]?.AsArray();
        }
    }

    [Fact]
    public async Task A_board_of_one_group_gets_a_ticket_of_the_other_and_nobody_else_does()
    {
        await using var third = await LessonHost.OpenAsync(_silo);
        var (board, ticket) = await third.BoardOfAsync(null, null);
        (await AskAsync(ticket)).Code.ShouldBe("not-combined");
        var fourth = await OpenBesideAsync(third, third.ClassroomId);
        await board.UntilAsync(b => b.All("group").Count == 1, "the other group");
        var given = await AskAsync(ticket);
        given.Code.ShouldBeNull();
        await using var beside = await WireClient.ConnectAsync(_silo.Url, given.Ticket);
        await beside.SyncAsync(fourth);
        beside.Get("plan")!["className"]!.GetValue<string>().ShouldBe("4 «А»");
        (await AskAsync(ticket)).Code.ShouldBeNull("a page that was loaded again asks anew");

        var (_, student, _) = await third.JoinAsync("Дана");
        (await AskAsync(student)).Code.ShouldBe("wrong-role");
        (await CodeOfAsync(third.TeacherHttp, "/api/board/group", new { })).ShouldBe("wrong-role");
        (await CodeOfAsync(await _silo.BrowserAsync(), "/api/board/group", new { })).ShouldBe("not-signed-in");
        await using var alone = await LessonHost.OpenAsync(_silo);
        (await AskAsync((await alone.BoardOfAsync(null, null)).Ticket)).Code.ShouldBe("not-combined", "a board of another lesson");

        // Taken away in one lesson, it is taken away in both, whichever ticket it comes with.
        await using var other = await WireClient.ConnectAsync(_silo.Url, cookie: third.TeacherCookie);
        await other.SyncAsync(fourth);
        other.All("board").Count.ShouldBe(1);
        await third.Teacher.DoAsync("UnpairBoard", new { boardId = third.Teacher.All("board").Single().Id });
        await other.UntilAsync(t => t.All("board").Count == 0, "the other lesson has lost it too");
        (await AskAsync(ticket)).Code.ShouldBe("board-unpaired");
        (await AskAsync(given.Ticket!)).Code.ShouldBe("board-unpaired");
    }

    [Fact]
    public async Task A_board_goes_on_with_the_group_that_goes_on()
    {
        await using var third = await LessonHost.OpenAsync(_silo);
        var (_, ticket) = await third.BoardOfAsync(null, null);
        var (_, late) = await third.BoardOfAsync(null, null);
        var fourth = await OpenBesideAsync(third, third.ClassroomId);
        await using var other = await WireClient.ConnectAsync(_silo.Url, cookie: third.TeacherCookie);
        await other.SyncAsync(fourth);
        await third.Teacher.DoAsync("StartLesson", new { });
        var given = await AskAsync(ticket);
        await third.Teacher.DoAsync("EndLesson", new { });
        (await AskAsync(ticket)).Code.ShouldBeNull("its page was loaded again after the first group's end");
        (await AskAsync(late)).Code.ShouldBe("lesson-ended", "it never showed the other group");
        await other.DoAsync("StartLesson", new { });
        await other.DoAsync("EndLesson", new { });
        (await AskAsync(ticket)).Code.ShouldBe("lesson-ended");
        (await AskAsync(given.Ticket!)).Code.ShouldBe("lesson-ended");
    }

    private async Task<(string? Ticket, string? Code)> AskAsync(string ticket)
    {
        using var http = await _silo.BrowserAsync();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ticket);
        using var answer = await http.PostAsJsonAsync("/api/board/group", new { });
        var body = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        return (body["ticket"]?.GetValue<string>(), body["code"]?.GetValue<string>());
    }

    private static async Task<Guid> OpenBesideAsync(LessonHost host, Guid with)
    {
        using var opened = await BesideAsync(host, with);
        opened.EnsureSuccessStatusCode();
        return (await opened.Content.ReadFromJsonAsync<JsonNode>())!["classroomId"]!.GetValue<Guid>();
    }

    private static async Task<string?> RefusalAsync(LessonHost host, Guid with, bool rehearse = false)
    {
        using var answer = await BesideAsync(host, with, rehearse);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!["code"]?.GetValue<string>();
    }

    private static async Task<HttpResponseMessage> BesideAsync(LessonHost host, Guid with, bool rehearse = false)
    {
        var kit = (await host.TeacherHttp.GetFromJsonAsync<JsonArray>("/api/kits"))!.First(k => k!["id"]!.GetValue<string>() == "ai-literacy")!;
        return await host.TeacherHttp.PostAsJsonAsync("/api/classrooms", new
        {
            kitId = "ai-literacy", lessonId = kit["lessons"]![0]!["id"]!.GetValue<string>(), className = "4 «А»", language = "kk", atCentre = false, rehearse, with,
        });
    }

    private static async Task<string?> CodeOfAsync(HttpClient http, string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(path, body);
        return answer.StatusCode == HttpStatusCode.NoContent ? null : (await answer.Content.ReadFromJsonAsync<JsonNode>())!["code"]?.GetValue<string>();
    }
}
