using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Classroom.Silo.Auth;
using Classroom.Silo.Hosting;

namespace Classroom.Silo.Tests;

/// <summary>Who asks is said by a proxy that was configured, and by nobody else. Over the real server, to which the test is the proxy.</summary>
public sealed class ProxiesTests
{
    [Fact]
    public async Task Whom_a_configured_proxy_names_pays_for_his_own_guesses()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Ortaq__Proxies", "10.0.0.0/8, 127.0.0.1"));
        using var http = await silo.BrowserAsync();
        await UntilAskedForWorkAsync(() => GuessAsync(http, "198.51.100.7"));
        (await GuessAsync(http, "198.51.100.8")).ShouldBe("code-not-found", "another child behind the same proxy");
        (await GuessAsync(http, "203.0.113.9, 198.51.100.7")).ShouldBe("proof-needed", "what he claims of himself counts for nothing: the proxy has added his address");
        (await GuessAsync(http, "198.51.100.9, 10.1.2.3")).ShouldBe("code-not-found", "through two proxies that are both known");
    }

    [Fact]
    public async Task Who_is_no_configured_proxy_names_nobody()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Ortaq__Proxies", "10.0.0.0/8"));
        using var http = await silo.BrowserAsync();
        var number = 0;
        await UntilAskedForWorkAsync(() => GuessAsync(http, $"198.51.100.{++number % 250}"));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("127.0.0.1", 1)]
    [InlineData("10.0.0.0/8, 192.168.1.5;fd00::/8 ::1", 4)]
    [InlineData("nginx", null)]
    [InlineData("10.0.0.0/40", null)]
    public void Proxies_are_addresses_and_networks(string? text, int? count) => Proxies.Of(text)?.Count.ShouldBe(count ?? -1);

    // How many a minute holds depends on nothing but their count; a minute that ends meanwhile begins the count anew.
    private static async Task UntilAskedForWorkAsync(Func<Task<string?>> guess)
    {
        for (var round = 0; round < 100; round++)
        {
            if ((await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => guess()))).Contains("proof-needed", StringComparer.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException("4,000 guesses were free.");
    }

    private static async Task<string?> GuessAsync(HttpClient http, string forwarded)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/join")
        {
            Content = JsonContent.Create(new { code = RandomNumberGenerator.GetString(JoinCodes.Alphabet, 12), nickname = "Құс", language = "kk", level = "simple" }),
        };
        request.Headers.Add("X-Forwarded-For", forwarded);
        using var answer = await http.SendAsync(request);
        return (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["code"];
    }
}
