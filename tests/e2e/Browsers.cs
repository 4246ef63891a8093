using Microsoft.Playwright;

// One browser with a dozen screens is enough for a machine at a time.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]

namespace Classroom.E2e.Tests;

/// <summary>Debian's Chromium, and screens in it: each person has a browser context (cookies, storage, network) of their own.</summary>
public sealed class Browsers : IAsyncDisposable
{
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
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        return browsers;
    }

    public async Task<IPage> OpenAsync(string url, int width, int height, string language = "kk")
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            Locale = language switch { "kk" => "kk-KZ", "ru" => "ru-RU", _ => "en-GB" },
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => Complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("http://127.0.0.1:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)
                && !request.Url.StartsWith("ws://127.0.0.1:", StringComparison.Ordinal))
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
