using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Classroom.Silo.Tests;

/// <summary>Two or three children on one phone at the real server: joined with one request, acted for by one ticket, and nobody else by it.</summary>
public sealed class SharingTests(SharedSilo shared) : IClassFixture<SharedSilo>
{
    [Fact]
    public async Task Two_names_come_in_with_one_request_and_one_ticket_answers_for_both_or_for_each()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var (dana, _, stranger) = await lesson.JoinAsync("Дана");
        var (reply, phone) = await JoinAsync(lesson, "Айдар", new { nickname = "Сәуле", themed = true });
        var me = reply["studentId"]!.GetValue<Guid>();
        await lesson.Teacher.UntilAsync(t => t.All("seat").Count == 3, "all three");
        var other = phone.Get("me")!["sharing"]![0]!["studentId"]!.GetValue<Guid>();
        lesson.Teacher.Get("seat", other.ToString())!["nickname"]!.GetValue<string>().ShouldBe("Сәуле");
        await using var board = await lesson.BoardAsync();
        board.All("seat").ShouldBeEmpty("a typed name never stands on the board, whatever the browser says of it");

        await lesson.Teacher.DoAsync("StartLesson", new { });
        await lesson.Teacher.DoAsync("AskOwnQuestion", new
        {
            question = new { id = "own", kind = "scale", text = new { kk = "?", ru = "?", en = "?" }, options = Array.Empty<object>(), min = 1, max = 5 },
        });
        (await RefusalAsync(phone, 4, me, other)).ShouldBeNull();
        await lesson.Teacher.UntilAsync(t => t.Get("tally", "own")?["answered"]?.GetValue<int>() == 2, "both are counted");
        (await RefusalAsync(phone, 3, other)).ShouldBeNull();
        await lesson.Teacher.UntilAsync(t => t.Get("answer", $"own/1/{other}")?["scale"]?.GetValue<int>() == 3, "her own");
        (await RefusalAsync(phone, 1, stranger)).ShouldBe("not-on-phone");
        (await RefusalAsync(dana, 1, other)).ShouldBe("not-on-phone");
        foreach (var nobody in new object[] { "x", new object[] { 7, "x", new { } }, 12, new { a = 1 } })
        {
            (await RefusalAsync(phone, 1, nobody)).ShouldBe("not-on-phone");
        }

        lesson.Teacher.Get("answer", $"own/1/{stranger}").ShouldBeNull();
    }

    [Fact]
    public async Task A_name_that_cannot_be_had_is_said_and_nobody_is_seated()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        await lesson.JoinAsync("Дана");
        using var http = await shared.Silo.BrowserAsync();
        using var refused = await http.PostAsJsonAsync("/api/join", Body(lesson, "Айдар", new { nickname = "дана", themed = false }));
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var said = (await refused.Content.ReadFromJsonAsync<JsonNode>())!;
        (said["code"]!.GetValue<string>(), said["args"]!["name"]!.GetValue<string>()).ShouldBe(("nickname-taken", "дана"));
        using var many = await http.PostAsJsonAsync("/api/join", Body(lesson, "Айдар", Enumerable.Range(0, 50).Select(i => (object)new { nickname = "Құс " + i, themed = false }).ToArray()));
        (await many.Content.ReadFromJsonAsync<JsonNode>())!["code"]!.GetValue<string>().ShouldBe("phone-full");
        using var empty = await http.PostAsJsonAsync("/api/join", Body(lesson, "Айдар", new object?[] { null }!));
        (await empty.Content.ReadFromJsonAsync<JsonNode>())!["code"]!.GetValue<string>().ShouldBe("bad-nickname");
        lesson.Teacher.Get("pace")!["joined"]!.GetValue<int>().ShouldBe(1);
    }

    private static async Task<(JsonNode Reply, WireClient Phone)> JoinAsync(LessonHost lesson, string nickname, params object[] others)
    {
        var http = await lesson.Silo.BrowserAsync();
        using var joined = await http.PostAsJsonAsync("/api/join", Body(lesson, nickname, others));
        joined.EnsureSuccessStatusCode();
        var reply = (await joined.Content.ReadFromJsonAsync<JsonNode>())!;
        var phone = await WireClient.ConnectAsync(lesson.Silo.Url, reply["ticket"]!.GetValue<string>());
        await phone.SyncAsync(lesson.ClassroomId);
        return (reply, phone);
    }

    private static object Body(LessonHost lesson, string nickname, params object[] others) =>
        new { code = lesson.Code, nickname, language = "kk", level = "simple", themed = false, others };

    private static Task<string?> RefusalAsync(WireClient phone, int value, params Guid[] children) => RefusalAsync(phone, value, (object)children);

    private static async Task<string?> RefusalAsync(WireClient phone, int value, object children)
    {
        var reply = await phone.CallAsync("Execute", new
        {
            id = Guid.CreateVersion7(), name = "GiveAnswer", fields = new { questionId = "own", options = Array.Empty<string>(), scale = value }, @for = children,
        });
        return reply?["refusal"]?["code"]?.GetValue<string>();
    }
}
