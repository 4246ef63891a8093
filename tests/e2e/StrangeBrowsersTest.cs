using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>Invariant: no page is blank. Whatever a browser, a network or a link is like, a person reads what is the matter, or the lesson goes on.</summary>
public sealed class StrangeBrowsersTest
{
    private static readonly string[] Paths = ["/", "/j/K7PM4X", "/teach", "/board", "/mentor", "/operator", "/accounts"];

    [Fact]
    public async Task Where_scripts_do_not_run_each_page_says_so_in_three_languages()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var browsers = await Browsers.StartAsync();
        // The words wait some seconds for scripts that may still come: for those of all pages at once.
        var pages = await Task.WhenAll(Paths.Select(path =>
            browsers.OpenAsync(silo.Url + path, 360, 740, first: context => context.RouteAsync("**/assets/*.js", route => route.AbortAsync()))));
        foreach (var page in pages)
        {
            foreach (var language in (string[])["kk", "ru", "en"])
            {
                await Expect(page.Locator($"#no-page [lang={language}]")).ToBeInViewportAsync(new() { Ratio = 1 });
            }

            await Expect(page.Locator("#no-page")).ToHaveCSSAsync("opacity", "1");
            // A style may say that it is seen where nothing is drawn: a page of one colour is 2 KB.
            (await page.ScreenshotAsync()).Length.ShouldBeGreaterThan(5_000);
        }

        await pages[0].ShootAsync("matrix/no-page");
        browsers.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("kk")]
    [InlineData("ru")]
    public async Task Where_site_data_is_blocked_a_student_takes_part_and_reads_that_nothing_is_kept(string language)
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var browsers = await Browsers.StartAsync();
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        // As Chromium does it where a person has blocked site data.
        const string Blocked = """
            for (const name of ["localStorage", "sessionStorage", "indexedDB"])
              Object.defineProperty(globalThis, name, { get() { throw new DOMException("Access is denied for this document.", "SecurityError"); } });
            """;
        var page = await browsers.OpenAsync($"{silo.Url}/j/{teacher.Code}", 320, 640, language, context => context.AddInitScriptAsync(Blocked));
        await Expect(page.Locator(".join > p.card")).ToBeVisibleAsync();
        await page.ShootAsync($"matrix/keeps-nothing-{language}");
        await page.Locator("input[type=text]").Last.FillAsync("Айгерім");
        await page.Locator("button[type=submit]").ClickAsync();
        await Expect(page.Locator(".lobby")).ToBeVisibleAsync();
        await teacher.ClickAsync("start-lesson");
        await new Student(page, "Айгерім", language).RaiseHandAsync();
        await Expect(teacher.Starting("claim-").First).ToBeVisibleAsync();
        browsers.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/j/%zz")]
    [InlineData("/j/K7P")]
    [InlineData("/j/")]
    public async Task A_damaged_link_asks_for_the_code_and_says_why(string path)
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var browsers = await Browsers.StartAsync();
        var page = await browsers.OpenAsync(silo.Url + path, 360, 740, "ru");
        await Expect(page.Locator("[role=alert]")).ToBeVisibleAsync();
        await Expect(page.Locator("input.code")).ToBeVisibleAsync();
        browsers.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_network_that_answers_in_the_servers_place_is_named_and_joining_works_once_it_does_not()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var browsers = await Browsers.StartAsync();
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var page = await browsers.OpenAsync($"{silo.Url}/j/{teacher.Code}", 360, 740, "kk");
        await page.RouteAsync("**/api/join", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<!doctype html><p>Sign in to FreeWiFi" }));
        await page.Locator("input[type=text]").Last.FillAsync("Айгерім");
        await page.Locator("button[type=submit]").ClickAsync();
        await Expect(page.Locator("[role=alert]")).ToContainTextAsync("Wi-Fi");
        await page.ShootAsync("matrix/not-ours");

        await page.UnrouteAllAsync();
        await page.Locator("button[type=submit]").ClickAsync();
        await Expect(page.Locator(".lobby")).ToBeVisibleAsync();
        browsers.Complaints.ShouldBeEmpty();
    }
}
