using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Classroom.Silo.Tests;

/// <summary>A phone that children share, at the real server: whoever of them leaves, its one ticket goes on for who stays, and who comes back may bring another.</summary>
public sealed class LeftPhoneTests(SharedSilo shared) : IClassFixture<SharedSilo>
{
    [Theory]
    [InlineData("RemoveStudent")]
    [InlineData("ForgetStudent")]
    [InlineData("ApproveDevice")]
    public async Task The_child_of_the_ticket_leaves_and_the_phone_comes_in_again_as_the_next(string how)
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        using var http = await shared.Silo.BrowserAsync();
        var joined = await JoinAsync(http, lesson, "Айдар", "Сәуле");
        var (ticket, aidar) = (joined["ticket"]!.GetValue<string>(), joined["studentId"]!.GetValue<Guid>());
        await using var phone = await WireClient.ConnectAsync(shared.Silo.Url, ticket);
        await phone.SyncAsync(lesson.ClassroomId);
        var saule = phone.Get("me")!["sharing"]![0]!["studentId"]!.GetValue<Guid>();
        await lesson.Teacher.DoAsync("StartLesson", new { });
        if (how == "ApproveDevice")
        {
            using var other = await shared.Silo.BrowserAsync();
            (await JoinAsync(other, lesson, "Айдар", device: true))["waiting"]!.GetValue<bool>().ShouldBeTrue();
            await lesson.Teacher.UntilAsync(t => t.Get("seat", aidar.ToString())?["requests"] is not null, "the request");
            var asked = lesson.Teacher.Get("seat", aidar.ToString())!["requests"]![0]!["deviceId"]!.GetValue<Guid>();
            await lesson.Teacher.DoAsync(how, new { studentId = aidar, deviceId = asked });
        }
        else
        {
            await lesson.Teacher.DoAsync(how, new { studentId = aidar, reason = "family" });
        }

        await phone.OverAsync();
        phone.ClosedWith.ShouldBeNull("its line was cut, and nobody said that it is over");
        await phone.ConnectAgainAsync(shared.Silo.Url, ticket);
        await phone.SyncAsync(lesson.ClassroomId);
        await phone.UntilAsync(p => p.Get("me")?["studentId"]?.GetValue<Guid>() == saule, "Сәуле's own");
        phone.Get("me")!["sharing"].ShouldBeNull();
        await phone.DoAsync("RaiseHand", new { topic = "" });
        await lesson.Teacher.UntilAsync(t => t.Get("hand", saule.ToString()) is not null, "her hand");
        await lesson.Teacher.UntilAsync(t => t.Present.Contains(saule), "she is here");
        await lesson.Teacher.DoAsync("RemoveStudent", new { studentId = saule });
        await phone.OverAsync();
        phone.ClosedWith.ShouldBe("removed");
    }

    [Fact]
    public async Task The_first_is_turned_away_at_the_door_and_the_other_is_let_in_by_the_same_ticket()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        await lesson.Teacher.DoAsync("SetEntrance", new { asks = true });
        using var http = await shared.Silo.BrowserAsync();
        var joined = await JoinAsync(http, lesson, "Айдар", "Сәуле");
        var aidar = joined["studentId"]!.GetValue<Guid>();
        await using var phone = await WireClient.ConnectAsync(shared.Silo.Url, joined["ticket"]!.GetValue<string>());
        await lesson.Teacher.UntilAsync(t => t.All("entry").Count == 2, "both at the door");
        await lesson.Teacher.DoAsync("TurnAway", new { studentIds = new[] { aidar } });
        (await phone.CallAsync("Sync", lesson.ClassroomId, 0))!["refusal"]!["code"]!.GetValue<string>().ShouldBe("entrance-waiting", "the other one still waits");
        var saule = Guid.Parse(lesson.Teacher.All("entry").Single().Id);
        await lesson.Teacher.DoAsync("Admit", new { studentIds = new[] { saule } });
        await phone.SyncAsync(lesson.ClassroomId);
        phone.Get("me")!["studentId"]!.GetValue<Guid>().ShouldBe(saule);
    }

    [Fact]
    public async Task Who_comes_back_with_a_second_name_is_not_alone_and_reads_why_it_cannot_be()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        await lesson.JoinAsync("Дана");
        // It keeps its cookie.
        using var http = new HttpClient { BaseAddress = new Uri(shared.Silo.Url) };
        http.DefaultRequestHeaders.Add("X-Ortaq", "1");
        var first = await JoinAsync(http, lesson, "Айдар");
        var again = await JoinAsync(http, lesson, "Айдар", "Сәуле");
        again["studentId"]!.GetValue<Guid>().ShouldBe(first["studentId"]!.GetValue<Guid>());
        await using var phone = await WireClient.ConnectAsync(shared.Silo.Url, again["ticket"]!.GetValue<string>());
        await phone.SyncAsync(lesson.ClassroomId);
        phone.Get("me")!["sharing"]!.AsArray().Single()!["nickname"]!.GetValue<string>().ShouldBe("Сәуле");
        (await JoinAsync(http, lesson, "Айдар", "Сәуле"))["ticket"].ShouldNotBeNull("she is there already");
        var refused = await JoinAsync(http, lesson, "Айдар", "Дана");
        (refused["code"]!.GetValue<string>(), refused["args"]!["name"]!.GetValue<string>()).ShouldBe(("nickname-taken", "Дана"));
        lesson.Teacher.Get("pace")!["joined"]!.GetValue<int>().ShouldBe(3);
    }

    private static Task<JsonNode> JoinAsync(HttpClient http, LessonHost lesson, string nickname, bool device = false) => JoinAsync(http, lesson, nickname, null, device);

    private static async Task<JsonNode> JoinAsync(HttpClient http, LessonHost lesson, string nickname, string? other, bool device = false)
    {
        object[]? others = other is null ? null : [new { nickname = other, themed = false }];
        using var joined = await http.PostAsJsonAsync("/api/join", new { code = lesson.Code, nickname, language = "kk", level = "simple", themed = false, device, others });
        return (await joined.Content.ReadFromJsonAsync<JsonNode>())!;
    }
}
