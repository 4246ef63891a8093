using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>The operator's page in a browser: who may see it, what it says of a real server, how it looks when much is wrong, and what it says without one.</summary>
public sealed class OperatorTest
{
    private static readonly (int, int) Phone = (360, 740);
    private static readonly (int, int) Laptop = (1280, 800);
    private static readonly (int, int) Wall = (1920, 1080);

    private static readonly string[] Troubles =
    [
        "redis-away", "database-away", "database-differs", "database-stores-nothing", "database-slow", "model-failing", "budget-used-up", "disk-nearly-full", "disk-away", "clock-off", "silos-unreachable", "silo-lost", "silo-silent",
    ];

    [Fact]
    public async Task An_admin_reads_what_runs_and_what_does_not_and_that_the_server_is_away()
    {
        await using var silo = await SiloProcess.StartAsync(settings: ("Accounts__Admin", "boss:jolbarys-jaz-9"));
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync([]);

        // A teacher is told whose page it is, and where their own is.
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: true);
        var theirs = await teacher.Page.Context.NewPageAsync();
        await theirs.GotoAsync(silo.Url + "/operator");
        await Expect(theirs.Locator("a[href='/teach']")).ToBeVisibleAsync();
        await Expect(theirs.GetByTestId("promise")).ToHaveCountAsync(0);

        var page = await browsers.OpenAsync(silo.Url + "/operator", 360, 740);
        await eye.WalkAsync(page, "operator-door", Phone, Laptop);
        await page.Locator("input[name=username]").FillAsync("boss");
        await page.Locator("input[name=password]").FillAsync("jolbarys-jaz-9");
        await page.GetByTestId("sign-in").ClickAsync();
        await Expect(page.GetByTestId("silo-active")).ToHaveCountAsync(1);
        await teacher.ClickAsync("start-lesson");
        await Expect(page.GetByTestId("promise")).ToContainTextAsync(new Regex("(/|of|из) 1"), new() { Timeout = 60_000 });
        await eye.WalkAsync(page, "operator-1-real", Phone, Laptop, Wall);

        await page.RouteAsync("**/api/operator", route => route.FulfillAsync(new RouteFulfillOptions { ContentType = "application/json", Body = Much() }));
        await Expect(page.GetByTestId("trouble-redis-away")).ToBeVisibleAsync();
        foreach (var code in Troubles)
        {
            await Expect(page.GetByTestId("trouble-" + code)).ToBeVisibleAsync();
        }

        await eye.WalkAsync(page, "operator-2-troubles", Phone, Laptop, Wall);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screens.Folder, "matrix", "operator-2-whole.png"), FullPage = true });
        await page.UnrouteAsync("**/api/operator");
        await Expect(page.GetByTestId("trouble-redis-away")).ToHaveCountAsync(0);

        await silo.KillAsync();
        await Expect(page.GetByTestId("lost")).ToBeVisibleAsync();
        await Expect(page.Locator(".card.ok")).ToHaveCountAsync(0);
        await eye.WalkAsync(page, "operator-3-away", Phone, Laptop);
        await silo.StartAgainAsync();
        await Expect(page.GetByTestId("lost")).ToHaveCountAsync(0);

        // Whoever is no admin any more is told so, in words.
        await page.RouteAsync("**/api/operator", route => route.FulfillAsync(new RouteFulfillOptions { Status = 403 }));
        await Expect(page.GetByTestId("forbidden")).ToBeVisibleAsync();
        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_admin_sees_who_answers_tries_a_model_that_is_left_alone_and_forgets_what_was_kept()
    {
        await using var model = await ProtocolServer.StartAsync();
        await using var silo = await SiloProcess.StartAsync(
            null, ("Accounts__Admin", "boss:jolbarys-jaz-9"), ("Tutor__Endpoint", model.Endpoint), ("Tutor__Model", "local-model"), ("Tutor__BreakFor", "1.00:00:00"),
            ("Tutor__Prepared__WordDelay", "00:00:00"), ("Tutor__Price__Input", "60"), ("Tutor__Price__Output", "240"), ("Tutor__Price__Currency", "KZT"));
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync([]);
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var page = await browsers.OpenAsync(silo.Url + "/operator", 1280, 800, "en");
        await page.Locator("input[name=username]").FillAsync("boss");
        await page.Locator("input[name=password]").FillAsync("jolbarys-jaz-9");
        await page.GetByTestId("sign-in").ClickAsync();
        await Expect(page.GetByTestId("doing-answers")).ToBeVisibleAsync();
        await eye.WalkAsync(page, "operator-4-tutor", Phone, Laptop, Wall);
        (model.Mood, model.CheckStatus) = (Mood.Broken, 401);
        await teacher.ClickAsync("start-lesson");
        await teacher.GoToAsync("explain");
        for (var i = 0; i < 6; i++)
        {
            await teacher.Starting("explain-topic-").First.ClickAsync();
            await Expect(teacher.Page.Locator(".told .tell").First).ToContainTextAsync("апыра");
            await Expect(page.GetByTestId("tutor-today")).ToContainTextAsync(new Regex($"Prepared text instead of a model\\s*{i + 1}"), new() { Timeout = 30_000 });
        }

        await Expect(page.GetByTestId("doing-resting")).ToBeVisibleAsync();
        await page.GetByTestId("try-tutor").ClickAsync();
        await Expect(page.GetByTestId("trial")).ToContainTextAsync("Wrong key");
        await eye.WalkAsync(page, "operator-5-wrong-key", Phone, Laptop);
        (model.Mood, model.CheckStatus) = (Mood.Normal, 200);
        var checks = model.Checks;
        while (model.Checks == checks)
        {
            await page.GetByTestId("try-tutor").ClickAsync();
        }

        await Expect(page.GetByTestId("doing-answers")).ToBeVisibleAsync();
        await page.GetByTestId("forget-answers").ClickAsync();
        await eye.WalkAsync(page, "operator-6-forget-ask", Phone, Laptop);
        await page.GetByTestId("forget-answers-yes").ClickAsync();
        await Expect(page.GetByTestId("answers-forgotten")).ToBeVisibleAsync();
        await eye.WalkAsync(page, "operator-7-forgotten", Phone, Laptop);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screens.Folder, "matrix", "operator-7-whole.png"), FullPage = true });
        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();
    }

    private static string Much()
    {
        var at = "2026-11-26T04:05:00+00:00";
        object Silo(string name, string state, params string[] troubles) => new
        {
            name, version = "1.0.0+abc", since = at, state, lessons = state == "lost" ? 0 : 132, connections = state == "lost" ? 0 : 3401, troubles = troubles.Select(code => new { code, since = at }),
        };
        return JsonSerializer.Serialize(new
        {
            now = DateTimeOffset.UtcNow, pauseSeconds = 3.0, hasModel = true, dashboard = "/operator/orleans",
            silos = new[] { Silo("10.0.0.11:11111", "active", Troubles), Silo("10.0.0.12:11111", "silent", "redis-away"), Silo("10.0.0.13:11111", "stopping"), Silo("10.0.0.14:11111", "lost") },
            troubles = new[] { new { code = "silos-unreachable", since = at } },
            day = new { lessons = 1204, paused = 1 }, week = new { lessons = 6020, paused = 17 }, tokens = new { spent = 1_234_567, limit = 1_000_000 },
            tutor = new
            {
                day = "2026-11-26", tokens = 1_234_567, answers = new { first = 812, second = 96, cache = 1_403, prepared = 41, nobody = 3 },
                providers = new object[]
                {
                    new
                    {
                        settings = "Tutor", host = "ministry-models.openai.azure.com", model = "gpt-4.1-mini-school", answers = 812, lastAnswered = at, lastFault = "tutor-busy", lastFaultAt = at, input = 904_112, output = 201_003,
                        cost = 0.68, currency = "USD", states = new object[] { new { doing = "paused", seconds = 412, silos = 2 }, new { doing = "answers", silos = 1 } },
                        trials = new object[] { new { silo = "10.0.0.11:11111", at, milliseconds = 812 }, new { silo = "10.0.0.12:11111", at, milliseconds = 8000, fault = "tutor-timeout" } },
                    },
                    new
                    {
                        settings = "Tutor:Second", host = "10.0.0.5", model = "issai-kazllm-8b", answers = 96, lastFault = "wrong-key", lastFaultAt = at, input = 90_450, output = 39_002,
                        states = new object[] { new { doing = "wrong-key", seconds = 9, silos = 3 } }, trials = Array.Empty<object>(),
                    },
                },
            },
        });
    }
}
