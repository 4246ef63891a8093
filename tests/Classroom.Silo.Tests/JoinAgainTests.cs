using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Classroom.Silo.Tests;

/// <summary>Invariant: an answer to joining that was lost on the way costs no child its seat or its name; asking again with the same id gives the same seat.</summary>
public sealed class JoinAgainTests
{
    [Fact]
    public async Task The_same_id_is_the_same_seat_and_another_id_is_another_child()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var lesson = await LessonHost.OpenAsync(silo);
        var id = Guid.NewGuid();

        // Nothing of the first answer arrived, its cookie neither.
        var (first, again) = (await JoinAsync(silo, lesson, "Елік", id), await JoinAsync(silo, lesson, "Елік", id));

        again.Status.ShouldBe(HttpStatusCode.OK);
        again.Body["studentId"]!.GetValue<Guid>().ShouldBe(first.Body["studentId"]!.GetValue<Guid>());
        await using var wire = await WireClient.ConnectAsync(silo.Url, again.Body["ticket"]!.GetValue<string>());
        await wire.SyncAsync(lesson.ClassroomId);
        await wire.DoAsync("RaiseHand", new { topic = "" });
        await lesson.Teacher.UntilAsync(t => t.All("seat").Count == 1, "one seat");
        foreach (var other in (Guid?[])[Guid.NewGuid(), Guid.Empty, null])
        {
            (await JoinAsync(silo, lesson, "Елік", other)).Body["code"]!.GetValue<string>().ShouldBe("nickname-taken");
        }
    }

    [Fact]
    public async Task An_id_is_of_one_lesson_and_of_one_name()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var lesson = await LessonHost.OpenAsync(silo);
        await using var other = await LessonHost.OpenAsync(silo);
        var id = Guid.NewGuid();
        var here = await JoinAsync(silo, lesson, "Елік", id);
        var there = await JoinAsync(silo, other, "Елік", id);
        there.Body["studentId"]!.GetValue<Guid>().ShouldNotBe(here.Body["studentId"]!.GetValue<Guid>());
        here.Body["studentId"]!.GetValue<Guid>().ShouldNotBe(id);

        // A seat is not renamed by asking.
        (await JoinAsync(silo, lesson, "Суыр", id)).Body["studentId"]?.GetValue<Guid>().ShouldBe(here.Body["studentId"]!.GetValue<Guid>());
        await lesson.Teacher.UntilAsync(t => t.All("seat").Count == 1, "one seat");
        lesson.Teacher.All("seat")[0].Value["nickname"]!.GetValue<string>().ShouldBe("Елік");
    }

    [Fact]
    public async Task A_request_for_a_seat_that_is_asked_again_is_one_request()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var lesson = await LessonHost.OpenAsync(silo);
        var (wire, _, student) = await lesson.JoinAsync("Елік");
        await using var _ = wire;
        var id = Guid.NewGuid();
        foreach (var round in Enumerable.Range(0, 3))
        {
            var asked = await JoinAsync(silo, lesson, "Елік", id, device: true);
            asked.Status.ShouldBe(HttpStatusCode.OK, $"{round}: {asked.Body}");
            asked.Body["waiting"]!.GetValue<bool>().ShouldBeTrue();
        }

        await lesson.Teacher.UntilAsync(t => t.Get("seat", student.ToString()) is { } seat && seat["requests"] is JsonArray { Count: > 0 }, "a request");
        lesson.Teacher.Get("seat", student.ToString())!["requests"]!.AsArray().Count.ShouldBe(1);
    }

    private static async Task<(HttpStatusCode Status, JsonNode Body)> JoinAsync(SiloProcess silo, LessonHost lesson, string nickname, Guid? id, bool device = false)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        http.DefaultRequestHeaders.Add("X-Ortaq", "1");
        using var response = await http.PostAsJsonAsync(
            silo.Url + "/api/join", new { code = lesson.Code, nickname, language = "kk", level = "simple", themed = false, device, id });
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
