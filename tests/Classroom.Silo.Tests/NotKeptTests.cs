using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Classroom.Silo.Tests;

/// <summary>What is said to a person stays in no cache, of the browser or on the way; the client's files do.</summary>
public sealed class NotKeptTests(SharedSilo shared) : IClassFixture<SharedSilo>
{
    // A picture of a link, the same for everybody.
    private const string Qr = "/api/qr";

    [Fact]
    public async Task Every_answer_of_every_endpoint_is_kept_by_nobody_whoever_asks()
    {
        using var anybody = await shared.Silo.BrowserAsync();
        var document = JsonNode.Parse(await anybody.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!;
        var endpoints = document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(m => (Path: p.Key, Method: m.Key.ToUpperInvariant()))).ToList();
        endpoints.Count.ShouldBeGreaterThan(25);
        foreach (var link in new[] { shared.Silo.TeachLink, shared.Silo.MentorLink, null })
        {
            foreach (var (path, method) in endpoints.Where(e => e.Path != "/api/logout"))
            {
                // The teacher keeps the session that the link gave, whatever an endpoint says to it.
                using var http = await shared.Silo.BrowserAsync(link);
                using var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("{id}", "0197c000-0000-7000-8000-000000000009", StringComparison.Ordinal)
                    .Replace("{token}", "x", StringComparison.Ordinal).Replace("{secret}", "x", StringComparison.Ordinal));
                if (method == "POST")
                {
                    request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
                }

                using var answer = await http.SendAsync(request);
                answer.StatusCode.ShouldNotBe(HttpStatusCode.InternalServerError, $"{method} {path}");
                var isPicture = path == Qr && answer.IsSuccessStatusCode;
                (answer.Headers.CacheControl?.NoStore ?? false).ShouldBe(!isPicture, $"{method} {path} for {link ?? "nobody"}: {answer.Headers.CacheControl}");
            }
        }
    }

    [Fact]
    public async Task Neither_are_sign_ins_errors_and_negotiations_but_the_clients_files_are()
    {
        using var http = await shared.Silo.BrowserAsync(shared.Silo.TeachLink);
        foreach (var path in new[] { "/api/nothing-here", "/hubs/classroom/negotiate?negotiateVersion=1", "/enter/unknown", "/nowhere", "/health/live" })
        {
            using var request = new HttpRequestMessage(path.StartsWith("/hubs", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get, path);
            using var answer = await http.SendAsync(request);
            (answer.Headers.CacheControl?.NoStore ?? false).ShouldBeTrue($"{path}: {answer.Headers.CacheControl}");
        }

        var page = await http.GetStringAsync(new Uri("/", UriKind.Relative));
        var script = page[(page.IndexOf("/assets/", StringComparison.Ordinal))..].Split('"')[0];
        using var asset = await http.GetAsync(new Uri(script, UriKind.Relative));
        asset.Headers.CacheControl!.ToString().ShouldContain("immutable");
        asset.Headers.CacheControl.NoStore.ShouldBeFalse();
        using var entry = await http.GetAsync(new Uri("/teach", UriKind.Relative));
        entry.Headers.CacheControl!.NoCache.ShouldBeTrue("it is asked for each time");
        entry.Headers.CacheControl.NoStore.ShouldBeFalse("and kept");
    }
}
