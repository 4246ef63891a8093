using System.IO.Compression;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>The audit on the operator's page: started, seen at work, also after a reload, stopped; what came of it read in three languages and taken away.</summary>
public sealed class AuditTest
{
    private static readonly (int, int) Phone = (360, 740);
    private static readonly (int, int) Laptop = (1280, 800);

    [Fact]
    public async Task An_admin_starts_an_audit_sees_it_run_after_a_reload_and_stops_it()
    {
        await using var model = await ProtocolServer.StartAsync();
        await using var silo = await SiloProcess.StartAsync(
            null, ("Accounts__Admin", "boss:jolbarys-jaz-9"), ("Tutor__Endpoint", model.Endpoint), ("Tutor__Model", "local-model"), ("Tutor__Budget__Day", "5000000"), ("Tutor__FirstTokenWithin", "00:05:00"));
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync([]);
        var page = await SignInAsync(browsers, silo);
        await Expect(page.GetByTestId("audit")).ToBeVisibleAsync();
        await page.GetByTestId("audit").ScrollIntoViewIfNeededAsync();
        await eye.WalkAsync(page, "audit-1-before", Phone, Laptop);
        var gate = new TaskCompletionSource();
        model.Gate = gate.Task;
        await page.GetByTestId("audit-start").ClickAsync();
        await page.GetByTestId("audit-start-yes").ClickAsync();
        await Expect(page.GetByTestId("audit-running")).ToContainTextAsync(new System.Text.RegularExpressions.Regex("1.\\d\\d\\d"), new() { Timeout = 60_000 });
        await page.ReloadAsync();
        await Expect(page.GetByTestId("audit-running")).ToBeVisibleAsync();
        await page.GetByTestId("audit").ScrollIntoViewIfNeededAsync();
        await eye.WalkAsync(page, "audit-2-running", Phone, Laptop);
        await page.GetByTestId("audit").ScreenshotAsync(new LocatorScreenshotOptions { Path = Path.Combine(Screens.Folder, "audit-2-card.png") });
        await page.GetByTestId("audit-stop").ClickAsync();
        await page.GetByTestId("audit-stop-yes").ClickAsync();
        await Expect(page.GetByTestId("audit-stopped")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(page.GetByTestId("audit-dossier")).ToHaveCountAsync(0);
        gate.SetResult();
        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_came_of_it_is_read_in_the_pages_language_and_taken_away()
    {
        await using var silo = await SiloProcess.StartAsync(settings: ("Accounts__Admin", "boss:jolbarys-jaz-9"));
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync([]);
        var page = await SignInAsync(browsers, silo);
        await page.GetByTestId("audit-start").ClickAsync();
        await page.GetByTestId("audit-start-yes").ClickAsync();
        await Expect(page.GetByTestId("audit-dossier")).ToHaveCountAsync(1, new() { Timeout = 120_000 });
        await Expect(page.GetByTestId("audit-fails")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(": 1$"));
        await page.Locator("[data-testid=audit-dossier] summary").ClickAsync();
        await page.GetByTestId("audit").ScrollIntoViewIfNeededAsync();
        await eye.WalkAsync(page, "audit-3-done", Phone, Laptop);
        await page.GetByTestId("audit").ScreenshotAsync(new LocatorScreenshotOptions { Path = Path.Combine(Screens.Folder, "audit-3-card.png") });

        var href = (await page.GetByTestId("audit-read").GetAttributeAsync("href"))!;
        href.ShouldEndWith("/en.html", Case.Sensitive, "the language that the walk ended in");
        var report = await page.Context.RunAndWaitForPageAsync(() => page.GetByTestId("audit-read").ClickAsync());
        foreach (var (language, title) in new[] { ("kk", "ЖИ-тьютор аудиті"), ("ru", "Аудит ИИ-тьютора"), ("en", "Audit of the AI tutor") })
        {
            await report.GotoAsync(silo.Url + href.Replace("/en.html", $"/{language}.html", StringComparison.Ordinal));
            await Expect(report.Locator("h1")).ToHaveTextAsync(title);
            // The one style that its policy lets in is in force.
            (await report.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('h2')).borderTopStyle")).ShouldBe("solid");
            foreach (var (width, height) in new[] { Phone, Laptop })
            {
                await report.SetViewportSizeAsync(width, height);
                (await report.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue($"{language} {width}");
                await report.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screens.Folder, $"audit-report-{language}-{width}.png") });
            }
        }

        var taken = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("audit-take").ClickAsync());
        using var zip = ZipFile.OpenRead(await taken.PathAsync());
        zip.Entries.Count.ShouldBe(7);
        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();
    }

    private static async Task<IPage> SignInAsync(Browsers browsers, SiloProcess silo)
    {
        var page = await browsers.OpenAsync(silo.Url + "/operator", 360, 740);
        await page.Locator("input[name=username]").FillAsync("boss");
        await page.Locator("input[name=password]").FillAsync("jolbarys-jaz-9");
        await page.GetByTestId("sign-in").ClickAsync();
        await Expect(page.GetByTestId("silo-active")).ToHaveCountAsync(1);
        return page;
    }
}
