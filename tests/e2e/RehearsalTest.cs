using System.Diagnostics;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>The first five minutes of a teacher who is alone with the product: a class that is ready, at the pace of a real lesson.</summary>
public sealed class RehearsalTest(ITestOutputHelper output)
{
    private static readonly (int, int) Phone = (360, 740);
    private static readonly (int, int) Laptop = (1280, 800);
    private static readonly (int, int) School = (1366, 768);
    private static readonly (int, int) Wall = (1920, 1080);

    [Fact]
    public async Task From_the_printed_link_to_the_heat_on_the_board_in_three_presses()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync([]);
        var (clock, presses) = (Stopwatch.StartNew(), 0);
        var teacher = await browsers.OpenAsync(silo.TeachLink, School.Item1, School.Item2);
        await PressAsync(teacher.GetByTestId("rehearse"));
        await PressAsync(teacher.Locator("[data-testid^='explain-topic-']").First);
        var board = await teacher.Context.RunAndWaitForPageAsync(() => PressAsync(teacher.GetByTestId("rehearsal-board")));
        await board.SetViewportSizeAsync(Wall.Item1, Wall.Item2);
        await Expect(board.Locator(".tell .s.h1, .tell .s.h2, .tell .s.h3").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        // The seconds are for people; the README says what they were.
        output.WriteLine($"the printed link to the first heat on the board: {presses} presses, {clock.Elapsed.TotalSeconds:F1} s");
        presses.ShouldBeLessThanOrEqualTo(3);

        // The mark stands on each screen, in each language; a real phone is among the scripted ones.
        await Expect(board.GetByTestId("rehearsal-mark")).ToBeVisibleAsync();
        var code = string.Concat((await teacher.GetByTestId("join-code").First.InnerTextAsync()).Where(char.IsLetterOrDigit));
        var aigerim = await Student.JoinAsync(browsers, silo.Url, code, "Айгерім", "kk", "standard", room: 1);
        await Expect(aigerim.Page.GetByTestId("rehearsal-mark")).ToBeVisibleAsync();
        await Expect(teacher.GetByTestId("joined")).ToContainTextAsync("25");
        await Expect(teacher.GetByTestId("ai-switch")).ToHaveCountAsync(0);
        await Expect(teacher.Locator(".signal").First).ToBeVisibleAsync();
        await eye.WalkAsync(teacher, "rehearsal-console", Phone, Laptop, School);
        await eye.WalkAsync(board, "rehearsal-board", Wall);
        await board.SetViewportSizeAsync(Phone.Item1, Phone.Item2);
        var (title, time) = ((await board.Locator(".head .titles").BoundingBoxAsync())!, (await board.GetByTestId("step-clock").BoundingBoxAsync())!);
        time.Y.ShouldBeGreaterThanOrEqualTo(title.Y + title.Height, "the clock stands over the title");
        await board.SetViewportSizeAsync(Wall.Item1, Wall.Item2);
        await eye.LookAsync(aigerim.Page, "rehearsal-phone", "kk", Phone.Item1);
        await HomeAsync();

        // The end: nothing to open again, home shows a class that is ready.
        await teacher.GetByTestId("end-lesson").ClickAsync();
        await teacher.GetByTestId("end-lesson-yes").ClickAsync();
        await Expect(teacher.Locator("[data-plan]")).ToBeVisibleAsync();
        await Expect(teacher.GetByTestId("reopen-lesson-big")).ToHaveCountAsync(0);
        await eye.WalkAsync(teacher, "rehearsal-ended", Laptop);
        await teacher.Locator("[data-plan] a[href='/teach#']").ClickAsync();
        await Expect(teacher.GetByTestId("rehearse")).ToBeVisibleAsync();
        await Expect(teacher.Locator("a.lesson")).ToHaveCountAsync(0);

        // The next one its teacher shows to the mentors, who see it when they ask for it.
        var mentor = await browsers.OpenAsync(silo.MentorLink, Laptop.Item1, Laptop.Item2, "ru");
        await Expect(mentor.GetByTestId("no-sessions")).ToBeVisibleAsync();
        await Expect(mentor.GetByTestId("with-rehearsals")).ToHaveCountAsync(0);
        await teacher.GetByTestId("rehearse-at-centre").CheckAsync();
        await teacher.GetByTestId("rehearse").ClickAsync();
        await Expect(mentor.GetByTestId("with-rehearsals")).ToBeVisibleAsync();
        await Expect(mentor.Locator("article.tile")).ToHaveCountAsync(0);
        await mentor.GetByTestId("with-rehearsals").ClickAsync();
        await Expect(mentor.Locator("article.tile").GetByTestId("rehearsal-mark")).ToBeVisibleAsync();
        await eye.WalkAsync(mentor, "rehearsal-mentor", Laptop);
        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();

        Task PressAsync(ILocator what)
        {
            presses++;
            return what.ClickAsync();
        }

        async Task HomeAsync()
        {
            var home = await teacher.Context.NewPageAsync();
            await home.GotoAsync(silo.Url + "/teach");
            await Expect(home.GetByTestId("rehearse")).ToBeInViewportAsync();
            await Expect(home.Locator("a.lesson").GetByTestId("rehearsal-mark")).ToBeVisibleAsync();
            await eye.WalkAsync(home, "rehearsal-home", Phone, Laptop, School);
            await home.CloseAsync();
        }
    }

    [Fact]
    public async Task A_real_lesson_is_opened_in_three_presses_and_what_comes_next_is_always_in_sight()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync([]);
        foreach (var language in Inspector.Languages)
        {
            var presses = 0;
            var page = await browsers.OpenAsync(language == "kk" ? silo.TeachLink : silo.Url + "/teach", School.Item1, School.Item2, language, Cookies);
            await PressAsync("new-classroom");
            await Expect(page.Locator(".lessons [role=radio][aria-checked=true]")).ToHaveCountAsync(1);
            await InSightAsync("class-name", "open-classroom");
            await eye.LookAsync(page, "new-lesson", language, School.Item1);
            await page.SetViewportSizeAsync(1280, 720);
            await InSightAsync("class-name", "open-classroom");
            await page.SetViewportSizeAsync(School.Item1, School.Item2);
            await PressAsync("lesson-fractions-" + await LessonAsync(page));
            await InSightAsync("class-name", "open-classroom");
            await page.GetByTestId("class-name").FillAsync("5А");
            await PressAsync("open-classroom");
            await InSightAsync("start-lesson");
            await Expect(page.GetByTestId("rehearsal-mark")).ToHaveCountAsync(0);
            await eye.LookAsync(page, "new-lesson-lobby", language, School.Item1);
            presses.ShouldBeLessThanOrEqualTo(3);
            _cookies = await page.Context.CookiesAsync();

            async Task PressAsync(string id)
            {
                presses++;
                await page.GetByTestId(id).First.ClickAsync();
            }

            async Task InSightAsync(params string[] ids)
            {
                foreach (var id in ids)
                {
                    await Expect(page.GetByTestId(id).First).ToBeInViewportAsync(new() { Ratio = 1 });
                }
            }
        }

        eye.Complaints.ShouldBeEmpty();
    }

    private IReadOnlyList<BrowserContextCookiesResult> _cookies = [];

    private Task Cookies(IBrowserContext context) => _cookies.Count == 0 ? Task.CompletedTask
        : context.AddCookiesAsync(_cookies.Select(c => new Cookie { Name = c.Name, Value = c.Value, Domain = c.Domain, Path = c.Path, HttpOnly = c.HttpOnly }));

    private static Task<string> LessonAsync(IPage page) => page.EvaluateAsync<string>(
        "async () => (await (await fetch('/api/kits')).json()).find(k => k.id === 'fractions').lessons[0].id");
}
