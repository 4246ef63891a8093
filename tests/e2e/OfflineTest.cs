using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>
/// A page that has been here opens without a line and says that there is none; one that never was, a calm page in three languages. Both come back by themselves.
/// What is kept for that is nobody's. A newer page of the server is said, and never taken by itself.
/// </summary>
public sealed class OfflineTest
{
    private const string Kept =
        """
        async () => {
          const all = [];
          for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) all.push(new URL(request.url).pathname + new URL(request.url).search);
          return JSON.stringify(all);
        }
        """;

    [Fact]
    public async Task A_page_opens_without_a_line_says_so_and_comes_back_by_itself()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var browsers = await Browsers.StartAsync();
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var student = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "kk", "simple", worker: true);
        var page = student.Page;
        await Expect(page.Locator(".lobby")).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("async () => navigator.serviceWorker.controller?.state === 'activated' && await caches.match('/') && performance.getEntriesByType('resource').some(e => e.name.includes('/lesson-'))");
        await page.WaitForFunctionAsync("async () => { for (const e of performance.getEntriesByType('resource')) if (e.name.includes('/assets/') && !(await caches.match(e.name))) return false; return true; }");

        var kept = JsonSerializer.Deserialize<string[]>(await page.EvaluateAsync<string>(Kept))!;
        kept.ShouldContain("/");
        kept.ShouldAllBe(path => path == "/" || path.StartsWith("/assets/", StringComparison.Ordinal) || path.StartsWith("/offline.", StringComparison.Ordinal) || path == "/mark.svg");

        // What the browser itself has kept is not to be counted on.
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Network.clearBrowserCache");
        await student.OfflineAsync(true);
        await page.ReloadAsync();
        await Expect(page.GetByTestId("offline")).ToBeVisibleAsync();
        Directory.CreateDirectory(Screens.Folder);
        await page.ShootAsync("offline-reloaded");

        await student.OfflineAsync(false);
        await Expect(page.Locator(".lobby")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("offline")).ToHaveCountAsync(0);
        browsers.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_that_never_was_here_is_a_calm_one_and_opens_when_the_server_is_back()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var browsers = await Browsers.StartAsync();
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var student = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "kk", "simple", worker: true);
        var page = student.Page;
        await page.WaitForFunctionAsync("async () => navigator.serviceWorker.controller?.state === 'activated' && await caches.match('/offline.html')");
        await student.OfflineAsync(true);
        await page.GotoAsync(silo.Url + "/helper");
        foreach (var words in new[] { "Байланыс жоқ.", "Нет связи.", "There is no connection." })
        {
            await Expect(page.GetByText(words)).ToBeVisibleAsync();
        }

        await page.ShootAsync("offline-unknown");
        await student.OfflineAsync(false);
        await Expect(page.GetByText("Нет связи.")).ToHaveCountAsync(0);
        await Expect(page.Locator("#app *").First).ToBeVisibleAsync();
        page.Url.ShouldEndWith("/helper");
        browsers.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_language_comes_when_it_is_picked_says_so_where_it_cannot_and_needs_no_line_in_the_lesson()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var browsers = await Browsers.StartAsync();
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var page = await browsers.OpenAsync(silo.Url + "/", 360, 740, "ru", context => context.RouteAsync("**/assets/words-kk-*", route => route.AbortAsync()));
        await Expect(page.Locator("input.code")).ToBeVisibleAsync();
        await page.GetByTestId("language-kk").ClickAsync();
        await Expect(page.GetByTestId("language-lacking")).ToBeVisibleAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "ru");
        await page.ShootAsync("language-lacking");
        await page.GetByTestId("language-en").ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(page.GetByTestId("language-lacking")).ToHaveCountAsync(0);
        await page.GetByTestId("language-kk").ClickAsync();
        await Expect(page.GetByTestId("language-lacking")).ToBeVisibleAsync();
        await page.Context.UnrouteAllAsync();
        await page.GetByTestId("language-lacking").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "kk");

        var student = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "kk", "simple");
        await Expect(student.Page.Locator(".lobby")).ToBeVisibleAsync();
        await student.Page.WaitForFunctionAsync("() => ['ru', 'en'].every(l => performance.getEntriesByType('resource').some(e => e.name.includes(`/words-${l}-`) && e.responseEnd > 0))");
        await student.OfflineAsync(true);
        foreach (var language in new[] { "ru", "en", "kk" })
        {
            await student.Page.GetByTestId("language-" + language).ClickAsync();
            await Expect(student.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
        }

        browsers.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_newer_page_is_said_and_never_taken_by_itself()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var browsers = await Browsers.StartAsync();
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var isNewer = false;
        var student = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "ru", "simple", context => context.RouteAsync("**/j/*", async route =>
        {
            if (!isNewer || route.Request.ResourceType != "fetch")
            {
                await route.ContinueAsync();
                return;
            }

            var answer = await route.FetchAsync();
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Body = (await answer.TextAsync()).Replace("/assets/index-", "/assets/index-x", StringComparison.Ordinal) });
        }));
        var page = student.Page;
        await Expect(page.Locator(".lobby")).ToBeVisibleAsync();
        await page.EvaluateAsync("() => { globalThis.isSame = true; }");

        foreach (var expected in new[] { 0, 1 })
        {
            isNewer = expected == 1;
            var asked = page.WaitForResponseAsync(r => r.Url.Contains("/j/", StringComparison.Ordinal) && r.Request.ResourceType == "fetch");
            await student.OfflineAsync(true);
            await Expect(page.GetByTestId("offline")).ToBeVisibleAsync();
            await student.OfflineAsync(false);
            await asked;
            await Expect(page.GetByTestId("offline")).ToHaveCountAsync(0);
            await Expect(page.GetByTestId("newer")).ToHaveCountAsync(expected);
        }

        await page.ShootAsync("newer-page");
        (await page.EvaluateAsync<bool>("() => globalThis.isSame === true")).ShouldBeTrue("nothing was loaded anew by itself");
        isNewer = false;
        await page.GetByTestId("newer-open").ClickAsync();
        await Expect(page.Locator(".lobby")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("newer")).ToHaveCountAsync(0);
        (await page.EvaluateAsync<bool>("() => globalThis.isSame === true")).ShouldBeFalse();
        browsers.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_can_stand_on_the_home_screen_in_each_language()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var browsers = await Browsers.StartAsync();
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        foreach (var language in Inspector.Languages)
        {
            var student = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Бала " + language, language, "simple", worker: true);
            var page = student.Page;
            await Expect(page.Locator(".lobby")).ToBeVisibleAsync();
            await page.WaitForFunctionAsync("() => navigator.serviceWorker.controller && document.querySelector('link[rel=manifest]')");
            var session = await page.Context.NewCDPSessionAsync(page);
            var manifest = (await session.SendAsync("Page.getAppManifest"))!.Value;
            manifest.GetProperty("url").GetString()!.ShouldEndWith($"/ortaq-{language}.webmanifest");
            manifest.GetProperty("errors").GetArrayLength().ShouldBe(0, manifest.ToString());
            JsonDocument.Parse(manifest.GetProperty("data").GetString()!).RootElement.GetProperty("lang").GetString().ShouldBe(language);
            var errors = (await session.SendAsync("Page.getInstallabilityErrors"))!.Value.GetProperty("installabilityErrors").EnumerateArray()
                .Select(e => e.GetProperty("errorId").GetString()).Where(e => e != "in-incognito").ToList();
            errors.ShouldBeEmpty();
        }

        browsers.Complaints.ShouldBeEmpty();
    }
}
