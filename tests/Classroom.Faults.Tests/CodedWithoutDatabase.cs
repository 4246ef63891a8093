using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Classroom.Faults.Tests;

/// <summary>Invariant: while Postgres is away no endpoint answers 500, each error carries a code, and the log says it in a line a minute and not one for each request.</summary>
public sealed class CodedWithoutDatabase
{
    private const string Password = "Toqsan-9-jyl";

    [Fact]
    public async Task Every_endpoint_without_postgres_answers_by_a_code_and_signing_in_says_try_again()
    {
        await using var server = await PrivatePostgres.CreateAsync();
        await server.StartAsync();
        await using var silo = await SiloProcess.StartAsync(server.ConnectionString, ("Accounts__Admin", "boss:" + Password), ("Accounts__First", "aigul:" + Password));
        await using var host = await LessonHost.OpenAsync(silo);
        using var anybody = await silo.BrowserAsync();
        var admin = await SignInAsync(silo, "boss");
        using var paired = await anybody.PostAsync(new Uri("/api/board/pair", UriKind.Relative), null);
        var secret = (await paired.Content.ReadFromJsonAsync<JsonNode>())!["secret"]!.GetValue<string>();
        var document = (await anybody.GetFromJsonAsync<JsonNode>("/openapi/v1.json"))!["paths"]!.AsObject();
        var endpoints = document.SelectMany(p => p.Value!.AsObject().Select(m => (Method: m.Key.ToUpperInvariant(), Path: p.Key))).Where(e => e.Path != "/api/logout").ToList();
        endpoints.Count.ShouldBeGreaterThan(14);
        var plan = (await host.TeacherHttp.GetFromJsonAsync<JsonArray>("/api/kits"))![0]!;
        await server.KillAsync();

        var (faults, passing) = (new List<string>(), 0);
        foreach (var (method, path) in endpoints)
        {
            foreach (var (who, http) in new[] { ("anybody", anybody), ("teacher", host.TeacherHttp), ("admin", admin) })
            {
                var address = path.Replace("{id}", host.ClassroomId.ToString(), StringComparison.Ordinal).Replace("{secret}", secret, StringComparison.Ordinal)
                    .Replace("{token}", "nope", StringComparison.Ordinal) + (path == "/api/qr" ? "?text=x" : "");
                using var request = new HttpRequestMessage(new HttpMethod(method), address)
                {
                    // Right for each of them: it must go as far as the database.
                    Content = method == "GET" ? null : JsonContent.Create(new
                    {
                        code = "ABCDEF", nickname = "Құс", language = "kk", level = "simple", userName = "aigul", password = Password, pairing = "123456", commandId = Guid.CreateVersion7(),
                        kitId = (string?)plan["id"], lessonId = (string?)plan["lessons"]![0]!["id"], className = "7Б", atCentre = false, themed = false, device = false,
                    }),
                };
                using var answer = await http.SendAsync(request);
                var (status, text) = ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
                passing += status == 503 ? 1 : 0;
                if (status == 500 || status >= 400 && CodeOf(text) is null || status == 503 && !answer.Headers.Contains("Retry-After"))
                {
                    faults.Add($"{who}: {method} {path}: {status} {text[..Math.Min(text.Length, 120)]}");
                }
            }
        }

        faults.ShouldBeEmpty();
        passing.ShouldBeGreaterThan(8, "hardly anything asked the database");
        foreach (var name in new[] { "aigul", "nobody" })
        {
            using var login = await anybody.PostAsJsonAsync("/api/login", new { userName = name, password = Password });
            ((int)login.StatusCode, CodeOf(await login.Content.ReadAsStringAsync())).ShouldBe((503, "try-again"));
        }

        for (var i = 0; i < 200; i++)
        {
            using var login = await anybody.PostAsJsonAsync("/api/login", new { userName = "aigul", password = Password });
        }

        // A line for each kind in each minute that the test takes, and never one for each request.
        silo.Output.Split('\n').Count(l => l.Contains("/api/login failed for now", StringComparison.Ordinal)).ShouldBeLessThan(50);
        silo.Output.ShouldContain("failed for now");
        silo.Failures.ShouldAllBe(f => !f.Contains("fault of the program", StringComparison.Ordinal));
        await server.StartAsync();
        using var back = await SignInAsync(silo, "aigul");
    }

    private static async Task<HttpClient> SignInAsync(SiloProcess silo, string login)
    {
        var http = await silo.BrowserAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        HttpResponseMessage signedIn;
        while (!(signedIn = await http.PostAsJsonAsync("/api/login", new { userName = login, password = Password }, patience.Token)).IsSuccessStatusCode)
        {
            ((int)signedIn.StatusCode).ShouldBe(503);
            signedIn.Dispose();
        }

        http.DefaultRequestHeaders.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("ortaq=", StringComparison.Ordinal)).Split(';')[0]);
        signedIn.Dispose();
        return http;
    }

    private static string? CodeOf(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject body ? (string?)body["code"] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
