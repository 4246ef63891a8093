using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Classroom.Silo.Hosting;
using Microsoft.AspNetCore.Http;

namespace Classroom.Silo.Tests;

/// <summary>A page of ours is let in whatever a proxy has done to the request, a page of another site never; and whoever is refused reads which setting to put.</summary>
public sealed class BrowserAddressTests
{
    [Theory]
    // As it came.
    [InlineData("http://192.168.1.10:5080", "http", "192.168.1.10:5080", null, true)]
    [InlineData("http://ortaq.kz", "http", "ortaq.kz", null, true)]
    [InlineData("http://ortaq.kz", "http", "ortaq.kz:80", null, true)]
    [InlineData("https://ortaq.kz", "https", "ortaq.kz", null, true)]
    [InlineData("https://ortaq.kz", "https", "ortaq.kz:443", null, true)]
    [InlineData("https://ortaq.kz:8443", "https", "ortaq.kz:8443", null, true)]
    [InlineData("http://[fd00::2]:5080", "http", "[fd00::2]:5080", null, true)]
    [InlineData("http://[fd00:0:0::2]:5080", "http", "[fd00::2]:5080", null, true)]
    [InlineData("HTTP://ORTAQ.KZ", "http", "ortaq.kz", null, true)]
    [InlineData("http://ortaq.kz", "http", "ORTAQ.kz", null, true)]
    [InlineData("http://ortaq.kz.", "http", "ortaq.kz.", null, true)]
    [InlineData("http://ortaq.kz.", "http", "ortaq.kz", null, true)]
    [InlineData("http://xn--80atkd0a4h.kz", "http", "xn--80atkd0a4h.kz", null, true)]
    // A proxy that ends TLS and that nobody has named; the other way round is another page.
    [InlineData("https://ortaq.kz", "http", "ortaq.kz", null, true)]
    [InlineData("https://ortaq.kz:8443", "http", "ortaq.kz:8443", null, true)]
    [InlineData("http://ortaq.kz", "https", "ortaq.kz", null, false)]
    // A proxy that hides what the browser saw.
    [InlineData("https://ortaq.kz", "http", "127.0.0.1:5080", null, false)]
    [InlineData("https://ortaq.kz:8443", "http", "ortaq.kz", null, false)]
    [InlineData("https://ortaq.kz", "http", "127.0.0.1:5080", "https://ortaq.kz", true)]
    [InlineData("https://ortaq.kz", "http", "127.0.0.1:5080", "https://ORTAQ.kz/", true)]
    [InlineData("https://ortaq.kz:8443", "http", "ortaq.kz", "https://ortaq.kz:8443", true)]
    [InlineData("http://ortaq.kz", "http", "127.0.0.1:5080", "https://ortaq.kz", false)]
    // On the machine itself beside the public address.
    [InlineData("http://localhost:5080", "http", "localhost:5080", "https://ortaq.kz", true)]
    // Other sites, and what no browser sends.
    [InlineData("http://evil.example", "http", "ortaq.kz", null, false)]
    [InlineData("http://ortaq.kz.evil.example", "http", "ortaq.kz", null, false)]
    [InlineData("http://ortaq.kz:81", "http", "ortaq.kz", null, false)]
    [InlineData("http://ortaq.kz@evil.example", "http", "ortaq.kz", null, false)]
    [InlineData("http://ortaq.kz/path", "http", "ortaq.kz", null, false)]
    [InlineData("null", "http", "ortaq.kz", null, false)]
    [InlineData("", "http", "ortaq.kz", null, false)]
    [InlineData("ftp://ortaq.kz", "http", "ortaq.kz", null, false)]
    [InlineData("http://ortaq.kz", "http", "", null, false)]
    [InlineData("http://[::1", "http", "ortaq.kz", null, false)]
    public void A_page_is_ours_where_scheme_host_and_port_are(string origin, string scheme, string host, string? publicUrl, bool isOurs) =>
        BrowserAddress.IsOurs(RequestTo(scheme, host), origin, BrowserAddress.Of(publicUrl)).ShouldBe(isOurs);

    [Theory]
    [InlineData("same-origin", true)]
    [InlineData("same-site", false)]
    [InlineData("cross-site", false)]
    [InlineData("none", false)]
    public void What_the_browser_itself_has_compared_counts(string site, bool isOurs)
    {
        var request = RequestTo("http", "127.0.0.1:5080");
        request.Headers["Sec-Fetch-Site"] = site;
        BrowserAddress.IsOurs(request, "https://ortaq.kz", null).ShouldBe(isOurs);
    }

    [Fact]
    public async Task Who_is_refused_reads_the_setting_on_the_page_and_in_the_log()
    {
        await using var silo = await SiloProcess.StartAsync();
        using var http = await silo.BrowserAsync();
        http.DefaultRequestHeaders.Add("Origin", "https://sabaq.kz:8443");
        using var refused = await http.PostAsJsonAsync("/api/join", new { });
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var body = (await refused.Content.ReadFromJsonAsync<JsonNode>())!;
        ((string?)body["code"]).ShouldBe("address-unknown");
        ((string?)body["args"]!["origin"]).ShouldBe("https://sabaq.kz:8443");
        while (!silo.Output.Contains("set Ortaq:PublicUrl to it", StringComparison.Ordinal))
        {
            await Task.Yield();
        }

        silo.Output.ShouldContain("A page of https://sabaq.kz:8443 was refused");
        await silo.StopAsync();
        silo.Settings["Ortaq__PublicUrl"] = "https://sabaq.kz:8443";
        await silo.StartAgainAsync();
        using var taken = await http.PostAsJsonAsync("/api/join", new { });
        taken.StatusCode.ShouldBe(HttpStatusCode.NotFound, "it looked for the code");
    }

    [Fact]
    public async Task A_named_proxy_says_what_the_browser_saw_and_nobody_else_does()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Ortaq__Proxies", "127.0.0.1"));
        (await JoinAsync(silo)).ShouldBe("code-not-found");
        await silo.StopAsync();
        silo.Settings["Ortaq__Proxies"] = "10.0.0.0/8";
        await silo.StartAgainAsync();
        (await JoinAsync(silo)).ShouldBe("address-unknown");

        static async Task<string?> JoinAsync(SiloProcess silo)
        {
            using var http = await silo.BrowserAsync();
            foreach (var (name, value) in new[] { ("Origin", "https://sabaq.kz:8443"), ("X-Forwarded-Host", "sabaq.kz:8443"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "198.51.100.7") })
            {
                http.DefaultRequestHeaders.Add(name, value);
            }

            using var answer = await http.PostAsJsonAsync("/api/join", new { });
            return (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["code"];
        }
    }

    [Fact]
    public async Task Https_is_kept_to_where_the_public_address_is_a_name_with_it_and_nowhere_else()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Ortaq__Proxies", "127.0.0.1"), ("Ortaq__PublicUrl", "https://sabaq.kz"));
        (await HstsAsync(silo, "sabaq.kz", "https")).ShouldBe("max-age=31536000");
        (await HstsAsync(silo, "sabaq.kz", "http")).ShouldBeNull("it would not count");
        (await HstsAsync(silo, "other.kz", "https")).ShouldBeNull();
        foreach (var address in new[] { "https://192.168.1.10", "https://localhost:5443", "http://sabaq.kz" })
        {
            await silo.StopAsync();
            silo.Settings["Ortaq__PublicUrl"] = address;
            await silo.StartAgainAsync();
            (await HstsAsync(silo, new Uri(address).Host, "https")).ShouldBeNull(address);
        }

        static async Task<string?> HstsAsync(SiloProcess silo, string host, string scheme)
        {
            using var http = await silo.BrowserAsync();
            using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = host } };
            request.Headers.Add("X-Forwarded-Proto", scheme);
            request.Headers.Add("X-Forwarded-For", "198.51.100.7");
            using var answer = await http.SendAsync(request);
            return answer.Headers.TryGetValues("Strict-Transport-Security", out var said) ? said.Single() : null;
        }
    }

    private static HttpRequest RequestTo(string scheme, string host)
    {
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host) = (scheme, new HostString(host));
        return request;
    }
}
