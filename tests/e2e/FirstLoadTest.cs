using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>
/// Invariant: a phone that was never here is ready for a child's hand after at most 72 KB over the wire, headers and icon and fonts and all; what
/// the lesson needs beside that comes with the first touch (how much that is, with the other languages, is printed).
/// Counted by Chromium itself, which accepts brotli on a trustworthy address only: the plain HTTP of a school's box has to do with gzip.
/// </summary>
public sealed class FirstLoadTest(ITestOutputHelper output)
{
    private const double Budget = 72_000;

    [Theory]
    [InlineData(Browsers.Loopback, "br")]
    [InlineData(Browsers.Box, "gzip")]
    public async Task The_students_page_is_ready_within_its_budget(string host, string coding)
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var browsers = await Browsers.StartAsync();
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var address = silo.Url.Replace(Browsers.Loopback, host, StringComparison.Ordinal);
        foreach (var (path, ready) in new[] { ("/", "input.code"), ($"/j/{teacher.Code}", ".names .pick") })
        {
            foreach (var language in Inspector.Languages)
            {
                var page = await browsers.OpenAsync("about:blank", 360, 740, language);
                var wire = await Wire.TapAsync(page);
                await page.GotoAsync(address + path);
                await Expect(page.Locator(ready).First).ToBeVisibleAsync();
                await page.EvaluateAsync("() => document.fonts.ready");
                // A window without tabs shows no icon; a phone's does.
                await page.EvaluateAsync("async () => { for (const l of document.querySelectorAll('link[rel~=icon]')) await (await fetch(l.href)).blob(); }");
                await wire.QuietAsync();

                output.WriteLine($"{host}{path} in {language}: {wire.Total / 1000:F1} KB over the wire");
                foreach (var (url, got) in wire.Answers.OrderByDescending(a => a.Value.Bytes))
                {
                    output.WriteLine($"  {got.Bytes,7:F0} {got.Coding,-5} {url.Replace(address, "", StringComparison.Ordinal)}");
                }

                wire.Answers.Keys.ShouldContain(u => u.EndsWith(".js", StringComparison.Ordinal), "it is the page's own requests that are counted");
                wire.Answers.Where(a => a.Key.EndsWith(".js", StringComparison.Ordinal) || a.Key.EndsWith(".css", StringComparison.Ordinal))
                    .ShouldAllBe(a => a.Value.Coding == coding);
                wire.Total.ShouldBeInRange(10_000, Budget);
                var first = wire.Answers.Keys.ToHashSet(StringComparer.Ordinal);
                Directory.CreateDirectory(Screens.Folder);
                await page.ShootAsync($"first-load-{(path == "/" ? "code" : "name")}-{language}");
                if (path != "/")
                {
                    wire.Answers.Keys.ShouldNotContain(u => u.Contains("/lesson-", StringComparison.Ordinal), "nobody has touched the page");
                    await page.Locator(ready).First.ClickAsync();
                    await page.Locator("button[type=submit]").ClickAsync();
                    await Expect(page.Locator(".lobby")).ToBeVisibleAsync();
                    await wire.QuietAsync();
                    output.WriteLine($"  in the lesson: {wire.Total / 1000:F1} KB");
                    foreach (var (url, got) in wire.Answers.Where(a => !first.Contains(a.Key)).OrderByDescending(a => a.Value.Bytes))
                    {
                        output.WriteLine($"    {got.Bytes,7:F0} {got.Coding,-5} {url.Replace(address, "", StringComparison.Ordinal)}");
                    }
                }

                await page.Context.CloseAsync();
            }
        }

        browsers.Complaints.ShouldBeEmpty();
    }

    /// <summary>What came over the wire to one page, as the browser's own network counts it.</summary>
    private sealed class Wire
    {
        private readonly ConcurrentDictionary<string, (string Url, string Coding)> _open = new();
        private readonly ConcurrentDictionary<string, (double Bytes, string Coding)> _answers = new();
        private volatile TaskCompletionSource _quiet = new();

        public double Total => _answers.Values.Sum(a => a.Bytes);

        public IReadOnlyDictionary<string, (double Bytes, string Coding)> Answers => _answers;

        public static async Task<Wire> TapAsync(IPage page)
        {
            var wire = new Wire();
            var session = await page.Context.NewCDPSessionAsync(page);
            session.Event("Network.requestWillBeSent").OnEvent += (_, e) =>
                wire._open[e!.Value.GetProperty("requestId").GetString()!] = (e.Value.GetProperty("request").GetProperty("url").GetString()!, "");
            session.Event("Network.responseReceived").OnEvent += (_, e) =>
            {
                var response = e!.Value.GetProperty("response");
                var coding = response.GetProperty("headers").EnumerateObject()
                    .FirstOrDefault(h => h.Name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase)).Value;
                wire._open[e.Value.GetProperty("requestId").GetString()!] =
                    (response.GetProperty("url").GetString()!, coding.ValueKind == System.Text.Json.JsonValueKind.String ? coding.GetString()! : "");
            };
            session.Event("Network.loadingFinished").OnEvent += (_, e) => wire.End(e!.Value.GetProperty("requestId").GetString()!, e.Value.GetProperty("encodedDataLength").GetDouble());
            session.Event("Network.loadingFailed").OnEvent += (_, e) => wire.End(e!.Value.GetProperty("requestId").GetString()!, 0);
            await session.SendAsync("Network.enable");
            await session.SendAsync("Network.setCacheDisabled", new Dictionary<string, object> { ["cacheDisabled"] = true });
            return wire;
        }

        /// <summary>Everything asked for has come.</summary>
        public async Task QuietAsync()
        {
            for (var next = _quiet.Task; !_open.IsEmpty; next = _quiet.Task)
            {
                await next;
            }
        }

        private void End(string request, double bytes)
        {
            if (_open.TryGetValue(request, out var open))
            {
                _answers.AddOrUpdate(open.Url, (bytes, open.Coding), (_, had) => (had.Bytes + bytes, open.Coding));
                _open.TryRemove(request, out _);
            }

            Interlocked.Exchange(ref _quiet, new TaskCompletionSource()).TrySetResult();
        }
    }
}
