using System.Net;
using System.Net.Http.Json;

namespace Classroom.Silo.Tests;

/// <summary>An admin has a place: the wall, to look at, and the register of incidents. No lesson's content, and no command.</summary>
public sealed class AdminTests
{
    [Fact]
    public async Task An_admin_signs_in_watches_the_wall_and_commands_nothing()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__Admin", "boss:jolbarys-jaz-9"));
        await using var lesson = await LessonHost.OpenAsync(silo, atCentre: true);
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = new Uri(silo.Url) };
        http.DefaultRequestHeaders.Add("X-Ortaq", "1");
        using var signedIn = await http.PostAsJsonAsync("/api/login", new { userName = "boss", password = "jolbarys-jaz-9" });
        signedIn.StatusCode.ShouldBe(HttpStatusCode.OK);
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("ortaq=", StringComparison.Ordinal)).Split(';')[0];

        await using var admin = await WireClient.ConnectAsync(silo.Url, cookie: cookie);
        (await admin.CallAsync("WatchCentre"))!["refusal"].ShouldBeNull();
        await admin.UntilAsync(a => a.Tiles.ContainsKey(lesson.ClassroomId.ToString()), "the lesson on the wall");

        (await admin.RefusalAsync("ClaimHand", new { classroomId = lesson.ClassroomId, studentId = Guid.CreateVersion7() })).ShouldBe("wrong-role");
        (await admin.CallAsync("Sync", lesson.ClassroomId, 0))!["refusal"]!["code"]!.GetValue<string>().ShouldBe("wrong-role");
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        (await http.GetAsync(new Uri("/api/incidents", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await http.GetAsync(new Uri($"/api/classrooms/{lesson.ClassroomId}/export", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
