using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Classroom.Silo.Auth;
using Classroom.Silo.Realtime;
using Classroom.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Tests;

/// <summary>Default deny: the program's own table of endpoints, walked. A new endpoint is closed, or stands in the list below on purpose.</summary>
public sealed partial class EndpointTests(InProcessSilo shared) : IClassFixture<InProcessSilo>
{
    private static readonly string[] OpenToAll =
    [
        "GET /api/board/pair/{secret}", "GET /api/images/{hash}", "GET /api/nicknames", "GET /api/qr", "GET /api/session", "GET /enter/{token}", "GET /oidc/sign-in", "GET /openapi/{documentName}.json",
        "GET /api/address", "POST /api/board/pair", "POST /api/join", "POST /api/join/check", "POST /api/login", "POST /api/password", "* /health/live", "* /health/ready",
    ];

    private IEnumerable<(RouteEndpoint Endpoint, string Method, string Name)> Endpoints =>
        from endpoint in shared.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : (IReadOnlyList<string>)["*"]
        let pattern = "/" + (endpoint.RoutePattern.RawText ?? "").Trim('/')
        select (endpoint, method, $"{method} {pattern}");

    private IEnumerable<(RouteEndpoint Endpoint, string Method, string Name)> Closed =>
        Endpoints.Where(e => e.Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null);

    [Fact]
    public void Only_the_listed_endpoints_are_open_to_all() =>
        Endpoints.Except(Closed).Select(e => e.Name).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(OpenToAll.Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_other_endpoint_keeps_an_anonymous_browser_out()
    {
        Closed.Count().ShouldBeGreaterThan(6);
        using var http = shared.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        http.DefaultRequestHeaders.Add("X-Ortaq", "1");
        foreach (var (endpoint, method, name) in Closed)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method == "*" ? "GET" : method), PathOf(endpoint));
            using var answer = await http.SendAsync(request);
            answer.StatusCode.ShouldBeOneOf([HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden], name);
        }
    }

    [Fact]
    public void A_classrooms_endpoints_are_the_teachers() =>
        Closed.Where(e => e.Name.Contains("/api/classrooms", StringComparison.Ordinal))
            .Select(e => (e.Name, Policy: e.Endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy)).Where(e => e.Policy != "teacher")
            .ShouldBe(
                // Photos are a child's and its teacher's, which their answers decide (PhotoTests).
                [.. new[] { "PUT", "GET", "DELETE" }.Select(m => (m + " /api/classrooms/{id:guid}/photos/{photo:guid}", (string?)null)),
                // A sentence read aloud is a student's, which its answer decides (SpokenTextTests).
                ("GET /api/classrooms/{id:guid}/explanations/{explanation:guid}/{variant}/{sentence:int}/speech", null),
                // The first is an admin's too, which its answer decides (ForgottenTests).
                ("GET /api/classrooms/{id:guid}/students/{student:guid}/export", null), ("POST /api/classrooms/{id:guid}/students/{student:guid}/forget", "admin")],
                ignoreOrder: true);

    [Fact]
    public void The_hub_asks_for_somebody_known() =>
        Endpoints.Where(e => e.Name.Contains(HubSetup.Path, StringComparison.Ordinal))
            .ShouldAllBe(e => e.Endpoint.Metadata.GetMetadata<IAllowAnonymous>() == null);

    [Fact]
    public void The_readme_of_the_wire_lists_the_endpoints_and_no_others()
    {
        var text = File.ReadAllText(Path.Combine(Checkout.Folder, "src", "Classroom.Lessons", "WIRE.md"));
        var listed = text[..text.IndexOf("## The hub", StringComparison.Ordinal)].Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(row => Listed().Matches(row.Split('|')[1]).Select(m => (m.Groups["method"].Value is { Length: > 0 } method ? method : "GET ") + m.Groups["path"].Value));
        var mapped = Endpoints.Select(e => Constraint().Replace(e.Name, "").Replace("* /health", "GET /health", StringComparison.Ordinal))
            .Where(n => !n.Contains("/openapi/", StringComparison.Ordinal) && !n.Contains(HubSetup.Path, StringComparison.Ordinal));
        listed.Distinct().Order(StringComparer.Ordinal).ShouldBe(mapped.Distinct().Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"`(?<method>[A-Z]+ )?(?<path>/[^`?]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Listed();

    [GeneratedRegex(":[a-z]+(?=})")]
    private static partial Regex Constraint();

    private static string PathOf(RouteEndpoint endpoint) => string.Join('/', endpoint.RoutePattern.PathSegments.Prepend(null).Select(s =>
        s is null ? "" : string.Concat(s.Parts.Select(p => p is Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart
            ? Guid.Empty.ToString("D", CultureInfo.InvariantCulture) : ((Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart)p).Content))));
}

/// <summary>The same program, in the test's own process, with a folder of its own.</summary>
public sealed class InProcessSilo : WebApplicationFactory<Program>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ortaq-endpoints").FullName;

    /// <summary>The cookie of somebody who is signed in for so long.</summary>
    public string CookieOf(Role role, Guid id, TimeSpan life) => CookieOf(Services, role, id, life);

    public static string CookieOf(IServiceProvider services, Role role, Guid id, TimeSpan life)
    {
        const string Scheme = "Identity.Application";
        var options = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(Scheme);
        using var scope = services.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        var account = database.Users.Find(id);
        if (account is null)
        {
            account = new Account { Id = id, DisplayName = "Айгүл", SecurityStamp = Guid.NewGuid().ToString() };
            database.Users.Add(account);
            database.SaveChanges();
        }

        var user = new ClaimsIdentity(
            [
                new(ClaimTypes.NameIdentifier, id.ToString()), new(ClaimTypes.Role, role.ToString()), new(ClaimTypes.Name, "Айгүл"),
                new(SessionKey.StampClaim, account.SecurityStamp!),
            ], Scheme);
        var now = DateTimeOffset.UtcNow;
        var signIn = new AuthenticationTicket(new(user), new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + life }, Scheme);
        return options.Cookie.Name + "=" + options.TicketDataFormat.Protect(signIn);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
        .UseSetting("Data:Folder", _folder);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
