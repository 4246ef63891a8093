using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Classroom.Silo.Tests;

/// <summary>
/// Whoever's right is over is cut off by the server, whatever their client does with what it is told: the connection ends, nothing comes after,
/// and neither a call on its way nor a new connection with the old ticket does anything.
/// </summary>
public sealed class RevokedTests(SharedSilo shared) : IClassFixture<SharedSilo>
{
    [Fact]
    public async Task A_removed_child_hears_nothing_more_and_its_ticket_opens_nothing()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var (student, ticket, id) = await lesson.JoinAsync("Тиін");
        var (stays, _, _) = await lesson.JoinAsync("Кірпі");
        await using var second = await WireClient.ConnectAsync(shared.Silo.Url, ticket);
        await second.SyncAsync(lesson.ClassroomId);
        await lesson.Teacher.DoAsync("RemoveStudent", new { studentId = id });
        foreach (var tab in new[] { student, second })
        {
            await tab.OverAsync();
            tab.ClosedWith.ShouldBe("removed");
        }

        var seq = student.Seq;
        await lesson.Teacher.DoAsync("StartLesson", new { });
        await stays.UntilAsync(s => s.Get("pace")!["phase"]!.GetValue<string>() == "live", "the start");
        student.Seq.ShouldBe(seq);

        await using var again = await WireClient.ConnectAsync(shared.Silo.Url, ticket);
        (await CodeAsync(again, "Sync", lesson.ClassroomId, 0)).ShouldBe("no-seat");
        (await again.RefusalAsync("RaiseHand", new { topic = "" })).ShouldBe("not-entered");
        (await CodeAsync(again, "ReadText", Guid.CreateVersion7(), "kk-simple", 0)).ShouldBe("not-entered");
        await lesson.Teacher.UntilAsync(_ => !lesson.Teacher.Present.Contains(id), "that the child is gone");
    }

    /// <summary>Its browser takes nothing any more, so that nothing can be sent to it, the goodbye neither.</summary>
    [Fact]
    public async Task A_removed_child_whose_browser_reads_nothing_is_closed_all_the_same()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var (there, ticket, id) = await lesson.JoinAsync("Суыр");
        await there.DisposeAsync();
        await lesson.Teacher.UntilAsync(t => !t.Present.Contains(id), "nobody");
        await using var deaf = await RawSocket.OpenAsync(shared.Silo.Url, "/hubs/classroom?access_token=" + Uri.EscapeDataString(ticket));
        await deaf.SendTextAsync(RawSocket.Handshake + SocketTests.Call(1, "Sync", lesson.ClassroomId, 0));
        await lesson.Teacher.UntilAsync(t => t.Present.Contains(id), "the one who does not read");
        await lesson.Teacher.DoAsync("RemoveStudent", new { studentId = id });
        await lesson.Teacher.UntilAsync(t => !t.Present.Contains(id), "it to be gone");
        await deaf.ToTheEndAsync();
    }

    [Fact]
    public async Task A_replaced_devices_commands_on_their_way_are_refused()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var (old, _, id) = await lesson.JoinAsync("Елік");
        await lesson.Teacher.DoAsync("StartLesson", new { });
        await AskAsync(lesson, "Елік");
        var deviceId = await RequestAsync(lesson, id);
        // More are on their way than are done before the yes: it is given when the first is answered, and nobody waits for the others.
        var sending = Enumerable.Range(0, OnTheirWay).Select(i => AnsweredAsync(old.RefusalAsync("SetTempo", new { face = 1 + (i % 4) }))).ToList();
        await Task.WhenAny(sending);
        var approved = await lesson.Teacher.DoAsync("ApproveDevice", new { studentId = id, deviceId });
        await old.OverAsync();
        var codes = await Task.WhenAll(sending);
        codes.ShouldContain((string?)null, "the first came before the yes");
        // Whatever the lesson has taken since would stand behind the yes.
        await lesson.Teacher.SyncAsync(lesson.ClassroomId);
        lesson.Teacher.Seq.ShouldBe(approved);
        codes.SkipWhile(c => c is null or "too-fast").ShouldAllBe(c => c == "device-unknown" || c == "not-entered" || c == "too-fast" || c == CutOff);
    }

    private const int OnTheirWay = 40;
    private const string CutOff = "cut off";

    private static async Task<string?> AnsweredAsync(Task<string?> call)
    {
        try
        {
            return await call;
        }
        catch (Exception e) when (e is IOException or System.Net.WebSockets.WebSocketException or InvalidOperationException or OperationCanceledException)
        {
            return CutOff;
        }
    }

    [Fact]
    public async Task A_board_that_is_unpaired_is_closed_and_the_other_stays()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var first = await lesson.BoardAsync();
        await lesson.Teacher.UntilAsync(t => t.All("board").Count == 1, "the first board");
        var id = lesson.Teacher.All("board").Single().Id;
        var second = await lesson.BoardAsync();
        await lesson.Teacher.DoAsync("UnpairBoard", new { boardId = id });
        await first.OverAsync();
        first.ClosedWith.ShouldBe("board-unpaired");
        await lesson.Teacher.DoAsync("StartLesson", new { });
        await second.UntilAsync(b => b.Get("pace")!["phase"]!.GetValue<string>() == "live", "the start");
        first.Get("pace")!["phase"]!.GetValue<string>().ShouldBe("lobby");
    }

    [Fact]
    public async Task A_board_sees_the_end_of_the_lesson_and_nothing_after_it_until_the_lesson_is_open_again()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        using var ticketed = await lesson.TeacherHttp.PostAsync(new Uri($"/api/classrooms/{lesson.ClassroomId}/board-ticket", UriKind.Relative), null);
        var ticket = (await ticketed.Content.ReadFromJsonAsync<JsonNode>())!["ticket"]!.GetValue<string>();
        await using var board = await WireClient.ConnectAsync(shared.Silo.Url, ticket);
        await board.SyncAsync(lesson.ClassroomId);
        await lesson.Teacher.DoAsync("StartLesson", new { });
        await lesson.Teacher.DoAsync("EndLesson", new { });
        await board.OverAsync();
        (board.ClosedWith, board.Get("pace")!["phase"]!.GetValue<string>()).ShouldBe(("lesson-ended", "ended"));

        await using var again = await WireClient.ConnectAsync(shared.Silo.Url, ticket);
        (await CodeAsync(again, "Sync", lesson.ClassroomId, 0)).ShouldBe("lesson-ended");
        using var refused = await lesson.TeacherHttp.PostAsync(new Uri($"/api/classrooms/{lesson.ClassroomId}/board-ticket", UriKind.Relative), null);
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using var reopened = await lesson.TeacherHttp.PostAsJsonAsync($"/api/classrooms/{lesson.ClassroomId}/reopen", new { commandId = Guid.CreateVersion7() });
        reopened.EnsureSuccessStatusCode();
        await again.SyncAsync(lesson.ClassroomId);
    }

    private static async Task<string?> CodeAsync(WireClient client, string method, params object?[] arguments) =>
        (await client.CallAsync(method, arguments))!["refusal"]?["code"]?.GetValue<string>();

    private static async Task<Guid> RequestAsync(LessonHost lesson, Guid student)
    {
        await lesson.Teacher.UntilAsync(t => t.Get("seat", student.ToString())?["requests"] is not null, "the request");
        return lesson.Teacher.Get("seat", student.ToString())!["requests"]![0]!["deviceId"]!.GetValue<Guid>();
    }

    private async Task AskAsync(LessonHost lesson, string nickname)
    {
        using var http = await shared.Silo.BrowserAsync();
        using var asked = await http.PostAsJsonAsync("/api/join", new { code = lesson.Code, nickname, language = "kk", level = "simple", device = true });
        asked.EnsureSuccessStatusCode();
    }
}
