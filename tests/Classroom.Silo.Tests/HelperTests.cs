using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Classroom.Silo.Realtime;

namespace Classroom.Silo.Tests;

/// <summary>The helper of a room over the real server: her link, what reaches her, and what a link is not good for.</summary>
public sealed class HelperTests(SharedSilo shared) : IClassFixture<SharedSilo>
{
    [Fact]
    public async Task She_comes_by_the_link_and_is_told_of_her_room_alone()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var teacher = lesson.Teacher;
        await teacher.DoAsync("AddRoom", new { name = "204" });
        var (far, _, farId) = await lesson.JoinAsync("Дана", room: 2);
        var (near, _, nearId) = await lesson.JoinAsync("Ернар", room: 1);
        var (helper, _, id) = await lesson.HelperAsync(2);
        await helper.DoAsync("ComeAsHelper", new { name = "Әлия" });
        await teacher.UntilAsync(t => t.Get("helper", id.ToString())?["name"]?.GetValue<string>() == "Әлия" && t.Present.Contains(id), "the teacher sees that she is there");
        await helper.UntilAsync(h => h.Present.SequenceEqual([farId]), "who is connected in her room");
        var (board, _) = await lesson.BoardOfAsync(2, null);
        var boardId = Guid.Parse(teacher.All("board").Single().Id);
        await helper.UntilAsync(h => h.Present.Order().SequenceEqual(new[] { farId, boardId }.Order()), "and its board");
        teacher.Present.ShouldNotContain(boardId);

        await far.DoAsync("RaiseHand", new { topic = "көмек керек" });
        await near.DoAsync("RaiseHand", new { topic = "басқа бөлме" });
        await helper.UntilAsync(h => h.Get("child", farId.ToString())?["hand"] is not null, "a hand of her room");
        await helper.DoAsync("ClaimHand", new { studentId = farId });
        await far.UntilAsync(f => f.Get("hand", farId.ToString())?["claimedName"]?.GetValue<string>() == "Әлия", "who comes, on the child's phone");
        await teacher.UntilAsync(t => t.Get("hand", farId.ToString())?["claimedName"]?.GetValue<string>() == "Әлия", "and at the console");
        (await helper.RefusalAsync("ClaimHand", new { studentId = nearId })).ShouldBe("other-room");

        await teacher.DoAsync("StartLesson", new { });
        var step = lesson.StepOf("explain");
        await teacher.DoAsync("GoToStep", new { stepId = step });
        var question = teacher.Get("step", step)!["questions"]![0]!;
        var questionId = question["id"]!.GetValue<string>();
        await teacher.DoAsync("AskQuestion", new { questionId });
        await helper.UntilAsync(h => h.Get("child", farId.ToString())?["answered"]?.GetValue<bool>() == false, "who has not answered");
        await far.DoAsync("GiveAnswer", new { questionId, options = new[] { question["options"]![0]!["id"]!.GetValue<string>() } });
        await helper.UntilAsync(h => h.Get("child", farId.ToString())?["answered"]?.GetValue<bool>() == true, "who has");
        await helper.DoAsync("CountHands", new { questionId, counts = new[] { new { key = question["options"]![0]!["id"]!.GetValue<string>(), count = 2 } }, room = 1 });
        await teacher.UntilAsync(t => t.Get("tally", questionId)?["hands"]?[0]?["room"]?.GetValue<int>() == 2, "hands of her room, whatever she says");

        // Ernar comes to her room, and Dana leaves it.
        await teacher.DoAsync("MoveToRoom", new { studentId = nearId, room = 2 });
        await helper.UntilAsync(h => h.Present.Contains(nearId) && h.Get("child", nearId.ToString()) is not null, "who sits there now");
        await teacher.DoAsync("MoveToRoom", new { studentId = farId, room = 1 });
        await helper.UntilAsync(h => !h.Present.Contains(farId) && h.Get("child", farId.ToString()) is null, "nothing of who has left");
        await far.UntilAsync(f => f.Get("hand", farId.ToString()) is { } hand && hand["claimedName"] is null, "nobody of another room goes to it");
        helper.All("helped").Concat(helper.All("child")).Count().ShouldBe(2);
        new[] { "seat", "hand", "answer", "tally", "question", "step", "plan", "pace", "room", "board", "heat", "work", "entry" }.SelectMany(helper.All).ShouldBeEmpty();
        helper.Gaps.ShouldBe(0);
        board.IsOpen.ShouldBeTrue();
        shared.Silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_older_link_a_closed_room_and_a_lesson_that_is_over_open_nothing()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var teacher = lesson.Teacher;
        await teacher.DoAsync("AddRoom", new { name = "204" });
        await teacher.DoAsync("AddRoom", new { name = "205" });
        var (old, oldTicket, _) = await lesson.HelperAsync(2);
        var (next, _, nextId) = await lesson.HelperAsync(2);
        await old.OverAsync();
        old.ClosedWith.ShouldBe("helper-dismissed");
        (await SyncAsync(oldTicket, lesson.ClassroomId)).ShouldBe("helper-dismissed");
        next.IsOpen.ShouldBeTrue();
        await teacher.DoAsync("DismissHelper", new { helperId = nextId });
        await next.OverAsync();
        next.ClosedWith.ShouldBe("helper-dismissed");

        var (closed, closedTicket, _) = await lesson.HelperAsync(2);
        var (late, lateTicket, _) = await lesson.HelperAsync(3);
        await teacher.DoAsync("CloseRoom", new { room = 2 });
        await closed.OverAsync();
        (await SyncAsync(closedTicket, lesson.ClassroomId)).ShouldBe("helper-dismissed");
        await teacher.DoAsync("StartLesson", new { });
        await teacher.DoAsync("EndLesson", new { });
        await late.OverAsync();
        late.ClosedWith.ShouldBe("lesson-ended");
        (await SyncAsync(lateTicket, lesson.ClassroomId)).ShouldBe("lesson-ended");
        shared.Silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_is_good_for_one_lesson_and_for_nothing_that_is_not_a_helpers()
    {
        await using var one = await LessonHost.OpenAsync(shared.Silo);
        await using var two = await LessonHost.OpenAsync(shared.Silo);
        await one.Teacher.DoAsync("AddRoom", new { name = "204" });
        var (child, childTicket, childId) = await one.JoinAsync("Дана", room: 2);
        var (helper, ticket, id) = await one.HelperAsync(2);
        (await SyncAsync(ticket, two.ClassroomId)).ShouldBe("foreign-classroom");
        (await child.RefusalAsync("ComeAsHelper", new { name = "Дана" })).ShouldBe("wrong-role");
        (await child.RefusalAsync("DismissHelper", new { helperId = id })).ShouldBe("wrong-role");
        (await child.RefusalAsync("InviteHelper", new { helperId = childId })).ShouldBe("wrong-role");
        (await one.Teacher.RefusalAsync("InviteHelper", new { helperId = childId })).ShouldBe("wrong-role", "the server makes links");
        (await one.Teacher.RefusalAsync("ComeAsHelper", new { name = "Айгүл" })).ShouldBe("wrong-role");
        (await helper.RefusalAsync("ClaimHand", new { studentId = childId })).ShouldBe("helper-nameless");
        await helper.DoAsync("ComeAsHelper", new { name = "Әлия" });
        (await helper.RefusalAsync("ComeAsHelper", new { name = "Басқа" })).ShouldBe("helper-named");
        foreach (var command in new[] { "RemoveStudent", "RenameStudent", "MoveToRoom", "TurnAway", "RefuseDevice", "EndLesson", "CountLost", "GiveAnswer", "InviteHelper", "DismissHelper" })
        {
            (await helper.RefusalAsync(command, new { studentId = childId })).ShouldBe("wrong-role", command);
        }

        // A ticket with one letter changed, and a child's in the place of a helper's.
        var forged = ticket[..^3] + (ticket[^3] == 'A' ? 'B' : 'A') + ticket[^2..];
        await Should.ThrowAsync<Exception>(() => WireClient.ConnectAsync(shared.Silo.Url, forged));
        await using var asChild = await WireClient.ConnectAsync(shared.Silo.Url, childTicket);
        (await asChild.CallAsync("Sync", one.ClassroomId, 0))!["refusal"].ShouldBeNull();
        asChild.All("child").ShouldBeEmpty();

        var http = await shared.Silo.BrowserAsync();
        foreach (var path in new[] { "/api/classrooms", "/api/kits", $"/api/classrooms/{one.ClassroomId}/export", $"/api/classrooms/{one.ClassroomId}/photos/{childId}", "/api/operator", "/api/accounts" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ticket);
            using var answer = await http.SendAsync(request);
            ((int)answer.StatusCode).ShouldBeOneOf([401, 403, 404], path);
        }

        shared.Silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Forty_tabs_of_one_link_are_sixteen()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        await lesson.Teacher.DoAsync("AddRoom", new { name = "204" });
        var (_, ticket, _) = await lesson.HelperAsync(2);
        var tabs = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
        {
            try
            {
                var tab = await WireClient.ConnectAsync(shared.Silo.Url, ticket);
                await tab.SyncAsync(lesson.ClassroomId);
                return tab;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                return null;
            }
        }));
        tabs.Count(t => t is not null).ShouldBe(Allowances.MaxOfASeat - 1, "one is open already");
        foreach (var tab in tabs.OfType<WireClient>())
        {
            await tab.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("https://evil.example", 2, "bad-value")]
    [InlineData("", 2, "bad-value")]
    [InlineData("javascript:alert(1)", 2, "bad-value")]
    [InlineData("own/page?a=b", 2, "bad-value")]
    [InlineData("own", 9, "no-such-room")]
    [InlineData("own", -1, "no-such-room")]
    public async Task A_link_leads_to_this_server_and_a_room_that_is_there(string origin, int room, string code)
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        await lesson.Teacher.DoAsync("AddRoom", new { name = "204" });
        using var answer = await lesson.TeacherHttp.PostAsJsonAsync(
            $"/api/classrooms/{lesson.ClassroomId}/helper-link", new { origin = origin.Replace("own", shared.Silo.Url, StringComparison.Ordinal), room });
        answer.StatusCode.ShouldNotBe(HttpStatusCode.OK);
        (await answer.Content.ReadFromJsonAsync<JsonNode>())!["code"]!.GetValue<string>().ShouldBe(code);
    }

    [Fact]
    public async Task A_teacher_makes_links_for_her_own_lesson_and_each_is_drawn()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        await lesson.Teacher.DoAsync("AddRoom", new { name = "204" });
        var body = new { origin = shared.Silo.Url, room = 2 };
        using (var foreign = await lesson.TeacherHttp.PostAsJsonAsync($"/api/classrooms/{Guid.CreateVersion7()}/helper-link", body))
        {
            foreign.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        using var answer = await lesson.TeacherHttp.PostAsJsonAsync($"/api/classrooms/{lesson.ClassroomId}/helper-link", body);
        var made = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        made["link"]!.GetValue<string>().ShouldStartWith($"{shared.Silo.Url}/helper#ticket=");
        made["qr"]!.GetValue<string>().ShouldStartWith("<svg");
        lesson.Teacher.Get("helper", made["helperId"]!.GetValue<string>())!["room"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task She_is_back_after_the_server_was_killed()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var lesson = await LessonHost.OpenAsync(silo);
        await lesson.Teacher.DoAsync("AddRoom", new { name = "204" });
        var (child, childTicket, childId) = await lesson.JoinAsync("Дана", room: 2);
        var (helper, ticket, _) = await lesson.HelperAsync(2);
        await helper.DoAsync("ComeAsHelper", new { name = "Әлия" });
        await silo.KillAsync();
        await silo.StartAgainAsync();
        await helper.ConnectAgainAsync(silo.Url, ticket);
        await helper.SyncAsync(lesson.ClassroomId);
        await child.ConnectAgainAsync(silo.Url, childTicket);
        await child.SyncAsync(lesson.ClassroomId);
        await child.DoAsync("RaiseHand", new { topic = "" });
        await helper.UntilAsync(h => h.Get("child", childId.ToString())?["hand"] is not null && h.Present.SequenceEqual([childId]), "the hand, and who is there");
        helper.Get("helped")!["name"]!.GetValue<string>().ShouldBe("Әлия");
        await helper.DoAsync("ClaimHand", new { studentId = childId });
    }

    private async Task<string?> SyncAsync(string ticket, Guid classroom)
    {
        await using var client = await WireClient.ConnectAsync(shared.Silo.Url, ticket);
        return (await client.CallAsync("Sync", classroom, 0))!["refusal"]?["code"]?.GetValue<string>();
    }
}
