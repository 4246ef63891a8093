using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Classroom.Silo.Tests;

/// <summary>The box's own certificate as the program serves it, and the command that makes it beside a server.</summary>
public sealed class CertificateServedTests
{
    private const string Name = "ortaq.lan";

    [Fact]
    public async Task The_box_serves_https_by_it_with_secure_cookies_and_sends_http_on_when_it_is_asked_to()
    {
        var port = SiloProcess.FreePort();
        await using var silo = await SiloProcess.StartAsync(null, ("Ortaq__Certificate", Name), ("Accounts__First", "aigul:Toqsan-9-jyl"), ("Urls", $"https://127.0.0.1:{port}"));
        silo.Output.ShouldContain("The authority's SHA-256 fingerprint: ");
        using var plain = await silo.BrowserAsync();
        using var authority = X509CertificateLoader.LoadCertificate(await plain.GetByteArrayAsync(new Uri("/ca.crt", UriKind.Relative)));
        using var https = Trusting(authority, $"https://{Name}:{port}", port);
        using var signedIn = await https.PostAsJsonAsync("/api/login", new { userName = "aigul", password = "Toqsan-9-jyl" });
        signedIn.StatusCode.ShouldBe(HttpStatusCode.OK);
        var cookies = signedIn.Headers.GetValues("Set-Cookie").ToList();
        cookies.Select(c => c.Split('=')[0]).ShouldBe(["ortaq", "ortaq-device", "ortaq-known"], ignoreOrder: true);
        cookies.ShouldAllBe(c => c.Contains("; secure", StringComparison.OrdinalIgnoreCase) && c.Contains("; httponly", StringComparison.OrdinalIgnoreCase));
        using (var without = new HttpClient { BaseAddress = new Uri($"https://127.0.0.1:{port}") })
        {
            await Should.ThrowAsync<HttpRequestException>(() => without.GetAsync(new Uri("/", UriKind.Relative)));
        }

        using var stays = await plain.GetAsync(new Uri("/teach", UriKind.Relative));
        stays.StatusCode.ShouldBe(HttpStatusCode.OK, "phones that do not trust it come by http");
        await silo.StopAsync();
        silo.Settings["Ortaq__RedirectToHttps"] = "true";
        silo.Settings["Ortaq__PublicUrl"] = $"https://{Name}:{port}";
        await silo.StartAgainAsync();
        using var sent = await plain.GetAsync(new Uri("/teach", UriKind.Relative));
        sent.StatusCode.ShouldBe(HttpStatusCode.TemporaryRedirect);
        sent.Headers.Location!.Port.ShouldBe(port);
        (await plain.GetAsync(new Uri("/ca.crt", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await plain.GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var page = await https.GetAsync(new Uri("/", UriKind.Relative));
        page.StatusCode.ShouldBe(HttpStatusCode.OK, "by the same certificate as before the start");
        page.Headers.GetValues("Strict-Transport-Security").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_command_makes_them_says_the_fingerprint_and_takes_no_nonsense()
    {
        await using var silo = await SiloProcess.StartAsync();
        var (code, printed) = await silo.RunAsync("certificate", Name, "ortaq.local");
        code.ShouldBe(0, printed);
        printed.ShouldContain("an authority was made");
        printed.ShouldContain("Ortaq__Certificate=\"ortaq.lan ortaq.local\"");
        (await silo.RunAsync("certificate", Name, "ortaq.local")).Printed.ShouldContain("Nothing was made: both are there");
        File.Exists(Path.Combine(silo.Folder, "tls", "ca.pem")).ShouldBeTrue();
        foreach (var words in new string[][] { ["certificate"], ["certificate", "192.168.1.10"], ["certificate", "a b/c"], ["certificate", Name, "--nonsense", "x"] })
        {
            var (wrong, said) = await silo.RunAsync(words);
            wrong.ShouldBe(2, string.Join(' ', words));
            said.ShouldContain("certificate NAME ...");
        }
    }

    private static HttpClient Trusting(X509Certificate2 authority, string url, int port)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(authority);
        var http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy },
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        }) { BaseAddress = new Uri(url) };
        http.DefaultRequestHeaders.Add("X-Ortaq", "1");
        return http;
    }
}
