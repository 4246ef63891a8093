using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Playwright;

// One browser with a dozen screens is enough for a machine at a time.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]

namespace Classroom.E2e.Tests;

/// <summary>Debian's Chromium, and screens in it: each person has a browser context (cookies, storage, network) of their own.</summary>
public sealed class Browsers : IAsyncDisposable
{
    public const string Loopback = "127.0.0.1";

    /// <summary>The same machine under a name that no browser trusts without a certificate, as a school's box is to its phones.</summary>
    public const string Box = "ortaq-box.test";

    /// <summary>This machine's own address in its network, as its phones type it; null where it is in none.</summary>
    public static readonly string? Lan = System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces()
        .Where(n => n.OperationalStatus == System.Net.NetworkInformation.OperationalStatus.Up).SelectMany(n => n.GetIPProperties().UnicastAddresses).Select(a => a.Address)
        .FirstOrDefault(a => a.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork && !System.Net.IPAddress.IsLoopback(a))?.ToString();

    private static readonly string[] Inside =
        [.. new[] { Loopback, Box, "localhost", Lan ?? Loopback, Hosts.AddressOf(1) }.SelectMany(host => new[] { $"http://{host}:", $"ws://{host}:", $"https://{host}:", $"wss://{host}:", $"blob:http://{host}:" }), "data:"];
    private const string Chromium = "/usr/bin/chromium";
    private readonly TempFolder _folder = new();
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    /// <summary>What the pages reported as errors: script errors and requests outside.</summary>
    public List<string> Complaints { get; } = [];

    /// <param name="trusted">Certificates of servers that it believes, as a phone does that was given their authority.</param>
    public static Task<Browsers> StartAsync(params X509Certificate2[] trusted) => StartWithinAsync(null, trusted);

    /// <param name="within">A network namespace, or null for this machine's own.</param>
    /// <param name="trusted">As above.</param>
    public static async Task<Browsers> StartWithinAsync(string? within, params X509Certificate2[] trusted)
    {
        // Two cores carry the server and nine screens here; a condition that holds late is still met.
        Assertions.SetDefaultExpectTimeout(20_000);
        var browsers = new Browsers { _playwright = await Playwright.CreateAsync() };
        browsers._browser = await browsers._playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = within is null ? Chromium : browsers.ScriptOf(within),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                $"--host-resolver-rules=MAP {Box} {Loopback}",
                "--ignore-certificate-errors-spki-list=" + string.Join(',', trusted.Select(c => Convert.ToBase64String(SHA256.HashData(c.PublicKey.ExportSubjectPublicKeyInfo()))))],
        });
        return browsers;
    }

    /// <param name="url">The page.</param>
    /// <param name="width">Of the window.</param>
    /// <param name="height">Of the window.</param>
    /// <param name="language">What the device speaks.</param>
    /// <param name="first">What is done to the browser before it opens anything.</param>
    /// <param name="worker">The page may have its worker, which answers before any request that a test answers in its place.</param>
    public async Task<IPage> OpenAsync(string url, int width, int height, string language = "kk", Func<IBrowserContext, Task>? first = null, bool worker = false)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            Locale = language switch { "kk" => "kk-KZ", "ru" => "ru-RU", _ => "en-GB" },
            ReducedMotion = ReducedMotion.Reduce,
            ServiceWorkers = worker ? ServiceWorkerPolicy.Allow : ServiceWorkerPolicy.Block,
        });
        context.SetDefaultTimeout(20_000);
        await (first?.Invoke(context) ?? Task.CompletedTask);
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => Complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (!Inside.Any(known => request.Url.StartsWith(known, StringComparison.Ordinal)))
            {
                Complaints.Add("outside request: " + request.Url);
            }
        };
        await page.GotoAsync(url);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        _folder.Dispose();
    }

    // What starts a browser names a program and gives it words of its own: the namespace cannot stand among these.
    private string ScriptOf(string within)
    {
        var script = Path.Combine(_folder.Path, "chromium");
        File.WriteAllText(script, $"#!/bin/sh\nexec ip netns exec {within} {Chromium} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return script;
    }
}

/// <summary>Saves screenshots where a person can look at them: <c>artifacts/screens</c> at the root of the checkout.</summary>
public static class Screens
{
    public static readonly string Root = FindRoot();

    public static readonly string Folder = Path.Combine(Root, "artifacts", "screens");

    public static async Task ShootAsync(this IPage page, string name) =>
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, name + ".png") });

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Classroom.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
