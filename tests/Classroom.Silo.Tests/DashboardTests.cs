using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Classroom.Silo.Tests;

/// <summary>Orleans' dashboard is an admin's, on the program's own port, and not there unless somebody turned it on.</summary>
public sealed class DashboardTests
{
    // Its page, what the page loads and what it asks.
    private static readonly string[] Paths =
    [
        "/operator/orleans", "/operator/orleans/", "/operator/orleans/index.min.js", "/operator/orleans/index.css", "/operator/orleans/favicon.ico",
        "/operator/orleans/DashboardCounters", "/operator/orleans/ClusterStats", "/operator/orleans/Trace", "/operator/orleans/TopGrainMethods", "/operator/orleans/nothing",
    ];

    [Fact]
    public async Task It_opens_to_an_admin_and_to_nobody_else()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Orleans__Dashboard", "true"), ("Accounts__Admin", "boss:jolbarys-jaz-9"));
        await using var lesson = await LessonHost.OpenAsync(silo);
        var (_, ticket, _) = await lesson.JoinAsync("Тұлпар");
        using var anonymous = await silo.BrowserAsync();
        using var teacher = await silo.BrowserAsync(silo.TeachLink);
        using var mentor = await silo.BrowserAsync(silo.MentorLink);
        using var student = await silo.BrowserAsync();
        student.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ticket);
        foreach (var path in Paths)
        {
            (await StatusAsync(anonymous, path)).ShouldBe(HttpStatusCode.Unauthorized, path);
            foreach (var http in new[] { teacher, mentor, student })
            {
                // What is nothing is nothing for everybody who is signed in.
                (await StatusAsync(http, path)).ShouldBe(path.EndsWith("/nothing", StringComparison.Ordinal) ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden, path);
            }
        }

        using var admin = await AdminAsync(silo);
        (await admin.GetStringAsync(new Uri("/operator/orleans/", UriKind.Relative))).ShouldContain("Orleans Dashboard");
        (await admin.GetStringAsync(new Uri("/operator/orleans/DashboardCounters", UriKind.Relative))).ShouldContain("ClassroomGrain");

        // What grains hold and what the program logs stays with those whose it is.
        foreach (var path in new[] { $"/operator/orleans/GrainState?grainId={lesson.ClassroomId}&grainType=Classroom.Grains.ClassroomGrain", "/operator/orleans/Trace" })
        {
            using var answer = await admin.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            (answer.StatusCode, await answer.Content.ReadAsStringAsync()).ShouldBe((HttpStatusCode.NotFound, """{"code":"not-found","args":{}}"""), path);
        }
    }

    [Fact]
    public async Task It_is_not_there_unless_it_was_turned_on()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__Admin", "boss:jolbarys-jaz-9"));
        using var admin = await AdminAsync(silo);
        foreach (var path in Paths)
        {
            (await StatusAsync(admin, path)).ShouldBe(HttpStatusCode.NotFound, path);
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode;
    }

    private static async Task<HttpClient> AdminAsync(SiloProcess silo)
    {
        var http = await silo.BrowserAsync();
        using var signedIn = await http.PostAsJsonAsync("/api/login", new { userName = "boss", password = "jolbarys-jaz-9" });
        http.DefaultRequestHeaders.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("ortaq=", StringComparison.Ordinal)).Split(';')[0]);
        return http;
    }
}
