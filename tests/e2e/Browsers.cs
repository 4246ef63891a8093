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

    private static readonly string[] Inside = [$"http://{Loopback}:", $"ws://{Loopback}:", $"http://{Box}:", $"ws://{Box}:", "data:"];
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    /// <summary>What the pages reported as errors: script errors and requests outside.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<Browsers> StartAsync()
    {
        // Two cores carry the server and nine screens here; a condition that holds late is still met.
        Assertions.SetDefaultExpectTimeout(20_000);
        var browsers = new Browsers { _playwright = await Playwright.CreateAsync() };
        browsers._browser = await browsers._playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                $"--host-resolver-rules=MAP {Box} {Loopback}"],
        });
        return browsers;
    }

    /// <param name="url">The page.</param>
    /// <param name="width">Of the window.</param>
    /// <param name="height">Of the window.</param>
    /// <param name="language">What the device speaks.</param>
    /// <param name="first">What is done to the browser before it opens anything.</param>
    public async Task<IPage> OpenAsync(string url, int width, int height, string language = "kk", Func<IBrowserContext, Task>? first = null)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            Locale = language switch { "kk" => "kk-KZ", "ru" => "ru-RU", _ => "en-GB" },
            ReducedMotion = ReducedMotion.Reduce,
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
