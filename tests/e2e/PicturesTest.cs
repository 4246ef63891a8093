using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>The pictures of a kit on every screen, a question in two acts, and the same question at the end of the lesson.</summary>
public sealed class PicturesTest
{
    private static readonly (int Width, int Height)[] Boards = [(1280, 800), (1920, 1080)];

    [Fact]
    public async Task Pictures_reach_the_board_the_phones_and_the_console_and_the_question_of_the_beginning_comes_back()
    {
        Directory.CreateDirectory(Screens.Folder);
        await using var silo = await SiloProcess.StartAsync(null, ("Tutor__Prepared__WordDelay", "00:00:00"));
        await using var browsers = await Browsers.StartAsync();
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        await teacher.Page.SetViewportSizeAsync(1366, 768);
        await Expect(teacher.Control("preparation")).ToBeVisibleAsync();
        await teacher.Page.ShootAsync("pictures-console-preparation");
        await LookAtTheCardsAsync(teacher.Page.Context, silo.Url);
        var board = await teacher.OpenBoardAsync(browsers, silo.Url);
        var aigerim = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "kk", "standard");
        var ivan = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Иван", "ru", "standard");
        var tom = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Tom", "en", "standard");
        Student[] students = [aigerim, ivan, tom];
        await aigerim.Page.SetViewportSizeAsync(320, 640);
        await ivan.Page.SetViewportSizeAsync(360, 640);
        await tom.Page.SetViewportSizeAsync(360, 640);

        await teacher.ClickAsync("start-lesson");
        await SeenAsync(board, ".stepText .picture img");
        (await aigerim.Page.Locator(".picture img").First.GetAttributeAsync("alt"))!.ShouldContain("алма көшеті");
        (await tom.Page.Locator(".picture img").First.GetAttributeAsync("alt"))!.ShouldContain("apple sapling");
        (await tom.Page.Locator(".picture img").First.GetAttributeAsync("loading")).ShouldBe("lazy");
        await ShootAllAsync("step");

        await teacher.ClickAsync("ask-warm-up.where-mass");
        foreach (var student in students)
        {
            await student.AnswerFirstAsync();
        }

        await teacher.ClickAsync("show-counts");
        await Expect(board.Locator(".options .bar").First).ToBeVisibleAsync();
        await Expect(board.Locator(".options .right")).ToHaveCountAsync(0);
        await Expect(board.Locator(".why")).ToHaveCountAsync(0);
        await ShootAllAsync("counts");
        await teacher.ClickAsync("reveal");
        await SeenAsync(board, ".why .picture img");
        await Expect(board.Locator(".options .right")).ToHaveCountAsync(1);
        await ShootAllAsync("key");

        await teacher.GoToAsync("explain");
        await teacher.Starting("explain-topic-").First.ClickAsync();
        await SeenAsync(board, ".telling .picture img");
        await SeenAsync(tom.Page, ".reading .picture img");
        await ShootAllAsync("explanation");

        // Small beside the words; pressed, as large as the panel.
        await board.GetByTestId("enlarge-picture").ClickAsync();
        await Expect(board.GetByTestId("enlarge-picture")).ToHaveAttributeAsync("aria-expanded", "true");
        (await board.Locator(".enlarge img").EvaluateAsync<double>("e => e.getBoundingClientRect().height / innerHeight")).ShouldBeGreaterThan(0.35);
        await board.ShootAsync("pictures-board-enlarged");
        await board.GetByTestId("enlarge-picture").ClickAsync();

        await teacher.GoToAsync("reflect");
        await teacher.ClickAsync("ask-look-back.where-mass-now");
        foreach (var student in students)
        {
            await student.AnswerFirstAsync();
        }

        await teacher.ClickAsync("show-counts");
        await Expect(board.Locator(".options .rounds").First).ToBeVisibleAsync();
        await ShootAllAsync("returns");
        browsers.Complaints.ShouldBeEmpty();

        async Task ShootAllAsync(string name)
        {
            foreach (var (width, height) in Boards)
            {
                await board.SetViewportSizeAsync(width, height);
                await board.ShootAsync($"pictures-board-{name}-{width}");
            }

            await teacher.Page.ShootAsync($"pictures-console-{name}");
            foreach (var student in students)
            {
                (await student.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0, $"{name}, {student.Language}");
                await student.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screens.Folder, $"pictures-phone-{name}-{student.Language}.png"), FullPage = true });
            }
        }
    }

    /// <summary>At the teacher's home, before a lesson is opened: what its kit wants an hour before, its goals and what is needed, all in sight.</summary>
    private static async Task LookAtTheCardsAsync(IBrowserContext context, string url)
    {
        var home = await context.NewPageAsync();
        await home.SetViewportSizeAsync(1366, 768);
        await home.GotoAsync(url + "/teach");
        await home.GetByTestId("new-classroom").ClickAsync();
        await home.GetByTestId("lesson-photosynthesis-light-and-leaf").ClickAsync();
        await Expect(home.GetByTestId("lesson-photosynthesis-light-and-leaf").Locator(".only-you")).ToContainTextAsync("банка");
        await Expect(home.GetByTestId("kit-preparation").Locator(".only-you")).ToBeInViewportAsync();
        await Expect(home.GetByTestId("open-classroom")).ToBeInViewportAsync();
        (await home.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0);
        await home.ShootAsync("pictures-home-cards");
        await home.CloseAsync();
    }

    /// <summary>It has come and is drawn: a broken picture has no width of its own.</summary>
    private static async Task SeenAsync(IPage page, string picture)
    {
        await Expect(page.Locator(picture).First).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("p => { const i = document.querySelector(p); i?.scrollIntoView(); return i && i.complete && i.naturalWidth > 0; }", picture);
    }
}
