using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Classroom.Silo.Tests;

/// <summary>Photos of works at the real server: who sends, who looks, what is left of the file, and what is erased.</summary>
public sealed class PhotoTests(SharedSilo shared) : IClassFixture<SharedSilo>
{
    [Fact]
    public async Task A_childs_photo_is_the_teachers_once_it_is_handed_in_and_nobody_elses()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var (dana, ticket, id) = await lesson.JoinAsync("Дана");
        var (_, other, _) = await lesson.JoinAsync("Арман");
        var (_, board) = await lesson.BoardOfAsync(null, null);
        var step = await MakeAsync(lesson);
        var photo = Guid.CreateVersion7();
        await OkAsync(SendAsync(lesson, ticket, photo, step));
        await OkAsync(SendAsync(lesson, ticket, photo, step), "again: the same");
        await dana.UntilAsync(d => d.Get("photo", photo.ToString()) is not null, "the photo");
        lesson.Teacher.Get("photo", photo.ToString()).ShouldBeNull();
        (await CodeAsync(AskAsync(lesson, HttpMethod.Get, null, photo))).ShouldBe("no-such-photo", "it is the child's own until it is handed in");
        await ReadAsync(lesson, ticket, photo);
        (await CodeAsync(AskAsync(lesson, HttpMethod.Get, other, photo))).ShouldBe("no-such-photo");
        (await CodeAsync(AskAsync(lesson, HttpMethod.Get, board, photo))).ShouldBe("wrong-role");
        (await CodeAsync(SendAsync(lesson, other, photo, step))).ShouldBe("bad-id");
        (await CodeAsync(AskAsync(lesson, HttpMethod.Delete, other, photo))).ShouldBe("no-such-photo");
        (await CodeAsync(AskAsync(lesson, HttpMethod.Delete, null, photo))).ShouldBe("wrong-role", "a teacher takes nothing out of a child's work");
        (await CodeAsync(SendAsync(lesson, null, Guid.CreateVersion7(), step))).ShouldBe("wrong-role");
        using var nobody = await shared.Silo.BrowserAsync();
        (await nobody.GetAsync(Path(lesson, photo))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        await dana.DoAsync("SaveDraft", new { stepId = step, text = "", ownContribution = "", reflection = "ойландым", sources = Array.Empty<string>() });
        await dana.DoAsync("HandIn", new { stepId = step });
        await lesson.Teacher.UntilAsync(t => t.Get("photo", photo.ToString()) is not null, "the photo, with the work");
        await ReadAsync(lesson, null, photo);
        (await CodeAsync(AskAsync(lesson, HttpMethod.Delete, ticket, photo))).ShouldBe("already-handed-in");
        var held = await lesson.TeacherHttp.GetFromJsonAsync<JsonNode>($"/api/classrooms/{lesson.ClassroomId}/students/{id}/export");
        Encoding.Latin1.GetString(Convert.FromBase64String(held!["photos"]![0]!["bytes"]!.GetValue<string>())).ShouldNotContain(Photograph.Secret);

        await lesson.Teacher.DoAsync("ForgetStudent", new { studentId = id, reason = "family" });
        await lesson.Teacher.UntilAsync(t => t.Get("photo", photo.ToString()) is null, "that it is gone");
        (await CodeAsync(AskAsync(lesson, HttpMethod.Get, null, photo))).ShouldBe("no-such-photo");
        (await CodeAsync(AskAsync(lesson, HttpMethod.Get, ticket, photo))).ShouldBe("was-forgotten");
        (await CodeAsync(SendAsync(lesson, ticket, Guid.CreateVersion7(), step))).ShouldBe("no-seat");
        shared.Silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_no_photo_is_refused_by_a_code()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var (_, ticket, _) = await lesson.JoinAsync("Дана");
        var step = await MakeAsync(lesson);
        foreach (var bytes in new byte[][] { [], [0xFF], "hello"u8.ToArray(), Photograph.Taken()[..60], [0xFF, 0xD8, 0xFF, 0xD9] })
        {
            (await CodeAsync(SendAsync(lesson, ticket, Guid.CreateVersion7(), step, bytes))).ShouldBe("photo-broken");
        }

        (await CodeAsync(SendAsync(lesson, ticket, Guid.CreateVersion7(), step, new byte[Api.Photos.MaxBytes + 1]))).ShouldBe("photo-too-big");
        (await CodeAsync(SendAsync(lesson, ticket, Guid.CreateVersion7(), step, Photograph.Taken(9000, 10)))).ShouldBe("bad-value");
        (await CodeAsync(SendAsync(lesson, ticket, Guid.CreateVersion7(), "s99"))).ShouldBe("no-task");
        (await CodeAsync(SendAsync(lesson, ticket, Guid.Empty, step))).ShouldBe("bad-value");
        (await CodeAsync(SendAsync(lesson, ticket, Guid.CreateVersion7(), step, child: Guid.CreateVersion7()))).ShouldBe("not-on-phone");
        (await CodeAsync(AskAsync(lesson, HttpMethod.Delete, ticket, Guid.CreateVersion7()))).ShouldBe("no-such-photo");
        for (var i = 0; i < 3; i++)
        {
            await OkAsync(SendAsync(lesson, ticket, Guid.CreateVersion7(), step));
        }

        (await CodeAsync(SendAsync(lesson, ticket, Guid.CreateVersion7(), step))).ShouldBe("too-many");
        await using var elsewhere = await LessonHost.OpenAsync(shared.Silo);
        (await CodeAsync(SendAsync(elsewhere, ticket, Guid.CreateVersion7(), step))).ShouldBe("wrong-role");
        shared.Silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_on_one_phone_have_one_each_and_what_is_taken_out_is_gone()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        using var http = await shared.Silo.BrowserAsync();
        using var joined = await http.PostAsJsonAsync(
            "/api/join", new { code = lesson.Code, nickname = "Айдар", language = "kk", level = "simple", themed = false, others = new[] { new { nickname = "Сәуле", themed = false } } });
        var reply = (await joined.Content.ReadFromJsonAsync<JsonNode>())!;
        var (ticket, me) = (reply["ticket"]!.GetValue<string>(), reply["studentId"]!.GetValue<Guid>());
        await using var phone = await WireClient.ConnectAsync(shared.Silo.Url, ticket);
        await phone.SyncAsync(lesson.ClassroomId);
        var mate = phone.Get("me")!["sharing"]![0]!["studentId"]!.GetValue<Guid>();
        var step = await MakeAsync(lesson);
        var photo = Guid.CreateVersion7();
        await OkAsync(SendAsync(lesson, ticket, photo, step, null, me, mate));
        await phone.UntilAsync(p => p.All("photo").Count == 2, "one each");
        var theirs = Guid.Parse(phone.All("photo").Single(p => p.Value["studentId"]!.GetValue<Guid>() == mate).Id);
        await ReadAsync(lesson, ticket, theirs);
        using var removed = await AskAsync(lesson, HttpMethod.Delete, ticket, theirs, $"?for={mate}");
        removed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await phone.UntilAsync(p => p.All("photo").Count == 1, "the other one");
        (await CodeAsync(AskAsync(lesson, HttpMethod.Get, ticket, theirs))).ShouldBe("no-such-photo");
        await ReadAsync(lesson, ticket, photo);
        shared.Silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_device_that_waits_for_the_teachers_yes_puts_nothing_into_a_childs_work()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        await lesson.JoinAsync("Дана");
        using var http = await shared.Silo.BrowserAsync();
        using var asked = await http.PostAsJsonAsync("/api/join", new { code = lesson.Code, nickname = "Дана", language = "kk", level = "simple", themed = false, device = true });
        var ticket = (await asked.Content.ReadFromJsonAsync<JsonNode>())!["ticket"]!.GetValue<string>();
        var (step, photo) = (await MakeAsync(lesson), Guid.CreateVersion7());
        (await CodeAsync(SendAsync(lesson, ticket, photo, step))).ShouldBe("device-unknown");
        (await CodeAsync(AskAsync(lesson, HttpMethod.Delete, ticket, photo))).ShouldBe("device-unknown");
        (await CodeAsync(AskAsync(lesson, HttpMethod.Get, ticket, photo))).ShouldBe("device-waiting");
        shared.Silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_the_child_of_the_ticket_has_left_the_phone_the_other_ones_photos_are_its_own()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        using var http = await shared.Silo.BrowserAsync();
        using var joined = await http.PostAsJsonAsync(
            "/api/join", new { code = lesson.Code, nickname = "Айдар", language = "kk", level = "simple", themed = false, others = new[] { new { nickname = "Сәуле", themed = false } } });
        var reply = (await joined.Content.ReadFromJsonAsync<JsonNode>())!;
        var (ticket, first) = (reply["ticket"]!.GetValue<string>(), reply["studentId"]!.GetValue<Guid>());
        await lesson.Teacher.UntilAsync(t => t.All("seat").Count == 2, "both");
        var mate = Guid.Parse(lesson.Teacher.All("seat").Single(s => s.Id != first.ToString()).Id);
        var step = await MakeAsync(lesson);
        await lesson.Teacher.DoAsync("ForgetStudent", new { studentId = first, reason = "family" });
        var photo = Guid.CreateVersion7();
        await OkAsync(SendAsync(lesson, ticket, photo, step));
        await ReadAsync(lesson, ticket, photo);
        var held = await lesson.TeacherHttp.GetFromJsonAsync<JsonNode>($"/api/classrooms/{lesson.ClassroomId}/students/{mate}/export");
        held!["photos"]!.AsArray().Count.ShouldBe(1);
        using var removed = await AskAsync(lesson, HttpMethod.Delete, ticket, photo);
        removed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        held = await lesson.TeacherHttp.GetFromJsonAsync<JsonNode>($"/api/classrooms/{lesson.ClassroomId}/students/{mate}/export");
        held!["photos"]!.AsArray().Count.ShouldBe(0);
        await OkAsync(SendAsync(lesson, ticket, photo, step), "what was taken out may come back");
        await ReadAsync(lesson, ticket, photo);
        shared.Silo.Failures.ShouldBeEmpty();
    }

    private static async Task<string> MakeAsync(LessonHost lesson)
    {
        var step = lesson.StepOf("make");
        await lesson.Teacher.DoAsync("StartLesson", new { });
        await lesson.Teacher.DoAsync("GoToStep", new { stepId = step });
        return step;
    }

    private static Uri Path(LessonHost lesson, Guid photo, string query = "") => new($"/api/classrooms/{lesson.ClassroomId}/photos/{photo}{query}", UriKind.Relative);

    private static Task<HttpResponseMessage> SendAsync(LessonHost lesson, string? ticket, Guid photo, string step, byte[]? bytes = null, params Guid[] child) =>
        AskAsync(lesson, HttpMethod.Put, ticket, photo, $"?step={step}{(child.Length > 0 ? "&for=" + string.Join(',', child) : "")}", bytes ?? Photograph.Taken());

    // Without a ticket the teacher asks.
    private static async Task<HttpResponseMessage> AskAsync(LessonHost lesson, HttpMethod method, string? ticket, Guid photo, string query = "", byte[]? bytes = null)
    {
        using var request = new HttpRequestMessage(method, Path(lesson, photo, query));
        if (bytes is not null)
        {
            request.Content = new ByteArrayContent(bytes);
            request.Content.Headers.ContentType = new("image/jpeg");
        }

        if (ticket is null)
        {
            return await lesson.TeacherHttp.SendAsync(request);
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ticket);
        using var http = await lesson.Silo.BrowserAsync();
        return await http.SendAsync(request);
    }

    private static async Task ReadAsync(LessonHost lesson, string? ticket, Guid photo)
    {
        using var answer = await AskAsync(lesson, HttpMethod.Get, ticket, photo);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync()).ShouldNotContain(Photograph.Secret);
    }

    private static async Task OkAsync(Task<HttpResponseMessage> sending, string? why = null)
    {
        using var answer = await sending;
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent, why);
    }

    private static async Task<string?> CodeAsync(Task<HttpResponseMessage> asking)
    {
        using var answer = await asking;
        answer.IsSuccessStatusCode.ShouldBeFalse();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())?["code"]?.GetValue<string>();
    }
}
