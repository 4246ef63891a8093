using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Classroom.Silo.Tests;

/// <summary>Invariant: whatever comes over HTTP, an error is never a 500 and always a code that the client has words for. Over the real server, by its own list of endpoints.</summary>
public sealed partial class CodedErrorsTests(CodedErrorsTests.Server server) : IClassFixture<CodedErrorsTests.Server>
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH"];

    /// <summary>What the document does not list.</summary>
    private static readonly string[] Others = ["GET /oidc/sign-in", "POST /hubs/classroom/negotiate", "GET /hubs/classroom", "GET /health/ready", "GET /nothing", "POST /nothing", "GET /j", "GET /assets/nothing.js"];

    private static readonly (string Name, Func<HttpContent?> Make)[] Bodies =
    [
        ("none", () => null),
        ("empty", () => Json("")),
        ("null", () => Json("null")),
        ("a list", () => Json("[]")),
        ("a number", () => Json("7")),
        ("half", () => Json("{\"code\":")),
        ("other types", () => Json("{\"code\":7,\"nickname\":{},\"userName\":[],\"password\":{},\"pairing\":9999999999999999999999,\"proof\":\"x\",\"kitId\":[],\"commandId\":\"no\",\"themed\":\"yes\",\"device\":1}")),
        ("empty values", () => Json("{\"code\":\"\",\"nickname\":\"\",\"userName\":\"\",\"password\":\"\",\"pairing\":\"\",\"proof\":{},\"kitId\":\"\",\"lessonId\":\"\",\"className\":\"\",\"language\":\"\"}")),
        ("lone surrogates and NUL", () => Json("{\"code\":\"\\ud800\",\"nickname\":\"\\u0000\",\"userName\":\"\\udc00\",\"password\":\"\\ud800\",\"pairing\":\"\\u0000\",\"kitId\":\"\\u0000\"}")),
        ("deep", () => Json(new string('[', 20_000))),
        ("not UTF-8", () => Bytes([0x7b, 0x22, 0x63, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0xc0, 0x22, 0x7d], "application/json")),
        ("huge", () => Json("{\"code\":\"" + new string('x', 70_000) + "\"}")),
        ("a form", () => Bytes("code=x"u8.ToArray(), "application/x-www-form-urlencoded")),
        ("text", () => Bytes("{}"u8.ToArray(), "text/plain")),
        ("another charset", () => Bytes("{}"u8.ToArray(), "application/json; charset=utf-7")),
        ("no type", () => Bytes("{}"u8.ToArray(), null)),
    ];

    private static readonly string[] Queries = ["", "?days=x", "?days=99999999999", "?days=-1", "?language=%ff", "?language=tlh", "?text=%ff%fe", "?text=" + new string('x', 301), "?to=http://evil.example"];
    private static readonly string[] Ids = ["nope", "00000000-0000-0000-0000-000000000000", "%ff", "%F0%9F%90%A6"];

    [Theory]
    [InlineData("anonymous")]
    [InlineData("teacher")]
    [InlineData("mentor")]
    [InlineData("admin")]
    public async Task Bad_input_at_every_endpoint_is_refused_by_a_code(string role)
    {
        var words = await WordsAsync();
        using var http = await server.AsAsync(role);
        var (faults, asked) = (new List<string>(), new Dictionary<string, int>(StringComparer.Ordinal));
        // Signing out would make everybody after it nobody.
        foreach (var endpoint in (await server.EndpointsAsync()).Where(e => role == "anonymous" || !(e.EndsWith("/api/logout", StringComparison.Ordinal) || e.EndsWith("/sign-out-everywhere", StringComparison.Ordinal))))
        {
            var (method, path) = (endpoint.Split(' ')[0], endpoint.Split(' ')[1]);
            foreach (var address in path.Contains('{', StringComparison.Ordinal) ? Ids.Select(id => Parameter().Replace(path, id)) : Queries.Select(q => path + q))
            {
                // The body's turn is for the first address alone: each is another question.
                foreach (var (name, make) in method == "POST" && (address == path || address.Contains("0000", StringComparison.Ordinal)) ? Bodies : Bodies[..1])
                {
                    await AskAsync(method, address, name, make());
                }
            }

            foreach (var other in Methods)
            {
                await AskAsync(other, Parameter().Replace(path, Ids[1]), "as it is", other == "GET" ? null : Json("{}"));
            }
        }

        faults.ShouldBeEmpty();
        ((string?)(await http.GetFromJsonAsync<JsonNode>("/api/session"))!["role"]).ShouldBe(role, "it was asked in this role to the end");
        asked.Keys.ShouldBeSubsetOf(["2", "3", "400", "401", "403", "404", "405", "409", "413", "415", "429"]);
        // Nobody's way to what there is not ends before it is looked for: everything is closed that was not opened by name.
        foreach (var status in role == "anonymous" ? ["400", "401", "404", "413"] : new[] { "400", "403", "404", "405", "413", "415" })
        {
            asked.ShouldContainKey(status, $"{role} met no {status}: the table asks too little");
        }

        server.Silo.Failures.ShouldBeEmpty();

        async Task AskAsync(string method, string address, string what, HttpContent? body)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = body };
            using var answer = await http.SendAsync(request);
            var (status, text) = ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
            var key = status < 400 ? $"{status / 100}" : $"{status}";
            asked[key] = asked.GetValueOrDefault(key) + 1;
            if (status >= 400 && (status >= 500 || CodeOf(text) is not { } code || !words.Contains(code)))
            {
                faults.Add($"{method} {address[..Math.Min(80, address.Length)]} ({what}): {status} {text[..Math.Min(120, text.Length)]}");
            }
        }
    }

    [Theory]
    [InlineData("POST", "/api/join", "{\"code\":", "application/json", 400, "bad-value")]
    [InlineData("POST", "/api/join", "x", "text/plain", 415, "wrong-media-type")]
    [InlineData("PUT", "/api/join", "{}", "application/json", 405, "wrong-method")]
    [InlineData("GET", "/api/incidents", null, null, 403, "wrong-role")]
    [InlineData("GET", "/nothing", null, null, 404, "not-found")]
    [InlineData("GET", "/hubs/classroom", null, null, 400, "bad-id")]
    public async Task What_the_framework_refuses_has_the_code_of_its_status(string method, string path, string? body, string? type, int status, string code)
    {
        using var http = await server.AsAsync("teacher");
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : Bytes(Encoding.UTF8.GetBytes(body), type) };
        using var answer = await http.SendAsync(request);
        ((int)answer.StatusCode, CodeOf(await answer.Content.ReadAsStringAsync())).ShouldBe((status, code));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
    }

    [Theory]
    [InlineData("/api/kits")]
    [InlineData("/nothing")]
    public async Task Who_is_not_signed_in_is_told_so(string path)
    {
        using var http = await server.Silo.BrowserAsync();
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        ((int)answer.StatusCode, CodeOf(await answer.Content.ReadAsStringAsync())).ShouldBe((401, "not-signed-in"));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_before_it_is_read()
    {
        using var http = await server.Silo.BrowserAsync();
        using var answer = await http.PostAsync(new Uri("/api/join", UriKind.Relative), Json("{\"code\":\"" + new string('x', 100_000) + "\"}"));
        ((int)answer.StatusCode, CodeOf(await answer.Content.ReadAsStringAsync())).ShouldBe((413, "too-large"));
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

    private static ByteArrayContent Json(string text) => Bytes(Encoding.UTF8.GetBytes(text), "application/json");

    private static ByteArrayContent Bytes(byte[] bytes, string? type)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return content;
    }

    private static async Task<HashSet<string>> WordsAsync() => [.. WordOf().Matches(
        await File.ReadAllTextAsync(Path.Combine(Checkout.Folder, "clients", "web", "src", "i18n", "refusals", "kk.ts"))).Select(m => m.Groups["code"].Value)];

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^  ""?(?<code>[a-z]+(-[a-z]+)*)""?:", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex WordOf();

    /// <summary>One server for all roles, each signed in once.</summary>
    public sealed class Server : IAsyncLifetime
    {
        public SiloProcess Silo { get; private set; } = null!;

        public async Task InitializeAsync() => Silo = await SiloProcess.StartAsync(null, ("Accounts__Admin", "boss:jolbarys-jaz-9"));

        public async Task DisposeAsync() => await Silo.DisposeAsync();

        public async Task<HttpClient> AsAsync(string role)
        {
            var http = await Silo.BrowserAsync(role switch { "teacher" => Silo.TeachLink, "mentor" => Silo.MentorLink, _ => null });
            if (role == "admin")
            {
                using var signedIn = await http.PostAsJsonAsync("/api/login", new { userName = "boss", password = "jolbarys-jaz-9" });
                http.DefaultRequestHeaders.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("ortaq=", StringComparison.Ordinal)).Split(';')[0]);
            }

            return http;
        }

        public async Task<IReadOnlyList<string>> EndpointsAsync()
        {
            using var http = await Silo.BrowserAsync();
            var paths = (await http.GetFromJsonAsync<JsonNode>("/openapi/v1.json"))!["paths"]!.AsObject();
            var listed = paths.SelectMany(p => p.Value!.AsObject().Select(m => $"{m.Key.ToUpperInvariant()} {p.Key}")).ToList();
            listed.Count.ShouldBeGreaterThan(15);
            return [.. listed, .. Others];
        }
    }
}
