using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>Real nginx before a real silo, set up well and badly: a class takes part all the same, or somebody reads which setting to put.</summary>
public sealed class BehindNginxTest
{
    [Fact]
    public async Task A_class_takes_part_whatever_the_proxy_before_it_passes_on()
    {
        await using var silo = await SiloProcess.StartAsync(settings: [("Tutor__Prepared__WordDelay", "00:00:00"), ("Ortaq__Proxies", "127.0.0.1")]);
        await using var nginx = new Nginx(silo.Url);
        const string Forwarded = "proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Proto $scheme;";
        const string Host = "proxy_set_header Host $http_host;";
        const string Upgrade = "proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;";
        (string Name, string Transport, string Url)[] ways =
        [
            ("All is passed", "websocket", nginx.Add(tls: true, Host + Upgrade + Forwarded)),
            ("Host as X-Forwarded-Host", "websocket", nginx.Add(tls: true, "proxy_set_header X-Forwarded-Host $http_host;" + Upgrade + Forwarded)),
            ("No Host", "eventsource", nginx.Add(tls: true, Upgrade)),
            ("No upgrade", "eventsource", nginx.Add(tls: true, Host + Forwarded)),
            ("No upgrade, buffered", "eventsource", nginx.Add(tls: true, Host + Forwarded + "proxy_buffering on; proxy_buffers 16 64k; proxy_buffer_size 64k;")),
            ("By http, no upgrade", "eventsource", nginx.Add(tls: false, Host + Forwarded)),
        ];
        await nginx.StartAsync();
        await using var browsers = await Browsers.StartAsync(nginx.Certificate);
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var students = await Task.WhenAll(ways.Select(async (way, number) =>
        {
            var (asked, sockets) = (new ConcurrentQueue<IRequest>(), new ConcurrentQueue<IWebSocket>());
            var student = await Student.JoinAsync(browsers, way.Url, teacher.Code, $"Құс {number}", "kk", "simple", context =>
            {
                context.Request += (_, request) => asked.Enqueue(request);
                context.Page += (_, page) => page.WebSocket += (_, socket) => sockets.Enqueue(socket);
                return Task.CompletedTask;
            });
            await Expect(student.Page.Locator(".lobby")).ToBeVisibleAsync();
            return (Way: way, Student: student, Asked: asked);
        }));
        await Expect(teacher.Control("joined")).ToContainTextAsync(ways.Length.ToString(CultureInfo.InvariantCulture));

        await teacher.ClickAsync("start-lesson");
        await teacher.GoToAsync("explain");
        await teacher.Starting("explain-topic-").First.ClickAsync();
        foreach (var (way, student, asked) in students)
        {
            await Expect(student.Page.Locator(".reading .tell .s[role=button]").Nth(2)).ToBeVisibleAsync();
            await student.PressSentenceAsync(1);
            await Expect(student.Page.Locator(".reading .s.mine")).ToHaveCountAsync(1);
            asked.Any(r => r.ResourceType == "eventsource").ShouldBe(way.Transport == "eventsource", way.Name);
            asked.ShouldAllBe(r => r.ResourceType == "eventsource" || r.Method != "GET" || !r.Url.Contains("/hubs/", StringComparison.Ordinal), $"{way.Name}: nobody polls");
        }

        await teacher.GoToAsync("ask");
        await teacher.Starting("ask-").First.ClickAsync();
        foreach (var (_, student, _) in students)
        {
            await student.AnswerFirstAsync();
        }

        // Where the proxy says that it was https, what the browser keeps is for https alone.
        (await students[0].Student.Page.Context.CookiesAsync()).ShouldAllBe(c => c.Secure);
        browsers.Complaints.ShouldBeEmpty();
        silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_a_proxy_hides_the_address_over_http_the_page_says_which_setting_to_put_and_then_it_works()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var nginx = new Nginx(silo.Url);
        var url = nginx.Add(tls: false, "proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;");
        await nginx.StartAsync();
        await using var browsers = await Browsers.StartAsync();
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var page = await browsers.OpenAsync(url, 320, 568, "ru");
        await page.Locator("input.code").FillAsync(teacher.Code);
        await page.Locator("button[type=submit]").ClickAsync();
        await Expect(page.Locator("#code-hint")).ToContainTextAsync("Ortaq:PublicUrl=" + url);
        await page.ShootAsync("matrix/join-hidden-address");
        silo.Output.ShouldContain($"A page of {url} was refused, because the request was sent to {silo.Url}.");

        await silo.StopAsync();
        silo.Settings["Ortaq__PublicUrl"] = url;
        await silo.StartAgainAsync();
        var student = await Student.JoinAsync(browsers, url, teacher.Code, "Айгерім", "ru", "simple");
        await Expect(student.Page.Locator(".lobby")).ToBeVisibleAsync();
        browsers.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Behind_a_path_the_page_says_that_it_does_not_open_and_the_start_refuses_such_an_address()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var nginx = new Nginx(silo.Url);
        var url = nginx.Add(tls: false, "proxy_set_header Host $http_host;", "/ortaq/");
        await nginx.StartAsync();
        await using var browsers = await Browsers.StartAsync();
        var page = await browsers.OpenAsync(url + "/ortaq/", 360, 740);
        await Expect(page.Locator("#no-page [lang=kk]")).ToBeVisibleAsync();
        var (code, _, error) = await SiloProcess.RefusedAsync(("Ortaq__PublicUrl", url + "/ortaq"));
        code.ShouldBe(1);
        error.ShouldContain("Ortaq:PublicUrl has more than a host and a port: the pages are at its root.");
    }

    /// <summary>nginx with a server for each way of passing requests on.</summary>
    private sealed class Nginx : IAsyncDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ortaq-nginx");
        private readonly string _silo;
        private readonly List<(int Port, string Text)> _servers = [];
        private Process? _process;

        public Nginx(string silo)
        {
            _silo = silo;
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest($"CN={Browsers.Box}", key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(Browsers.Box);
            request.CertificateExtensions.Add(names.Build());
            Certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(90));
            File.WriteAllText(At("tls.pem"), Certificate.ExportCertificatePem());
            File.WriteAllText(At("tls.key"), key.ExportPkcs8PrivateKeyPem());
        }

        public X509Certificate2 Certificate { get; }

        /// <returns>The address that a browser uses.</returns>
        public string Add(bool tls, string passed, string path = "/")
        {
            var port = SiloProcess.FreePort();
            _servers.Add((port, $$"""
                server {
                  listen 127.0.0.1:{{port}}{{(tls ? " ssl" : "")}};
                  ssl_certificate {{At("tls.pem")}};
                  ssl_certificate_key {{At("tls.key")}};
                  location {{path}} { {{passed}} proxy_http_version 1.1; proxy_read_timeout 120s; proxy_pass {{_silo}}/; }
                }
                """));
            return $"http{(tls ? "s" : "")}://{Browsers.Box}:{port}";
        }

        public async Task StartAsync()
        {
            await File.WriteAllTextAsync(At("nginx.conf"), $$"""
                {{(Environment.UserName == "root" ? "user root;" : "")}}
                daemon off;
                worker_processes 1;
                pid {{At("nginx.pid")}};
                error_log {{At("error.log")}};
                events { worker_connections 512; }
                http {
                  access_log off;
                  client_body_temp_path {{At("body")}}; proxy_temp_path {{At("proxy")}}; fastcgi_temp_path {{At("fastcgi")}}; uwsgi_temp_path {{At("uwsgi")}}; scgi_temp_path {{At("scgi")}};
                  map $http_upgrade $connection_upgrade { "" ""; default upgrade; }
                  {{string.Join('\n', _servers.Select(s => s.Text))}}
                }
                """);
            var start = new ProcessStartInfo("nginx", ["-e", At("error.log"), "-p", _folder.FullName, "-c", At("nginx.conf")]) { UseShellExecute = false, RedirectStandardError = true };
            start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin";
            _process = Process.Start(start)!;
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            foreach (var (port, _) in _servers)
            {
                while (true)
                {
                    if (_process.HasExited)
                    {
                        throw new InvalidOperationException(await _process.StandardError.ReadToEndAsync(patience.Token) + await File.ReadAllTextAsync(At("error.log"), patience.Token));
                    }

                    try
                    {
                        using var socket = new System.Net.Sockets.TcpClient();
                        await socket.ConnectAsync(IPAddress.Loopback, port, patience.Token);
                        break;
                    }
                    catch (System.Net.Sockets.SocketException)
                    {
                        await Task.Yield();
                    }
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (_process is { HasExited: false })
            {
                using var signal = Process.Start("sh", ["-c", $"kill -TERM {_process.Id}"]);
                await _process.WaitForExitAsync();
            }

            _process?.Dispose();
            Certificate.Dispose();
            _folder.Delete(recursive: true);
        }

        private string At(string file) => Path.Combine(_folder.FullName, file);
    }
}
