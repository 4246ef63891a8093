using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>A combined class in one room: two groups on two kits, one code for both, one board for both, one teacher who sees both.</summary>
public sealed class CombinedTest
{
    private const string Third = "7Б";
    private const string Fourth = "4 «А»";
    private static readonly (int, int)[] Consoles = [(1280, 800), (390, 844)];

    [Fact]
    public async Task Two_groups_learn_at_once_on_two_kits_before_one_board()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync(["Дана", "Ернар", Third, Fourth]);
        var third = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        await Expect(third.Control("groups-bar")).ToHaveCountAsync(0);
        var fourth = await OpenSecondAsync(third, eye);
        var code = string.Concat((await fourth.GetByTestId("join-code").First.InnerTextAsync()).Where(char.IsLetterOrDigit));
        code.ShouldNotBe(third.Code);

        // One code is enough for both: each child says its class.
        var dana = await JoinAsync(browsers, silo.Url, third.Code, "Дана", third.Code, eye);
        var ernar = await JoinAsync(browsers, silo.Url, third.Code, "Ернар", code);
        await Expect(fourth.GetByTestId("joined").First).ToContainTextAsync("1");
        // By the link that it came with it is back in its own group.
        await ernar.ReloadAsync();
        await Expect(ernar.Locator("main")).ToContainTextAsync(Fourth);
        await Expect(ernar.Locator("fieldset")).ToHaveCountAsync(0);

        var board = await third.OpenBoardAsync(browsers, silo.Url);
        var panel = board.GetByTestId("group-panel");
        await Expect(panel).ToContainTextAsync(Fourth);
        await eye.WalkAsync(board, "combined-board-lobby", (1920, 1080));

        // The second group begins and goes on by one step; the first is explained to.
        await fourth.GetByTestId("start-lesson").ClickAsync();
        await fourth.Locator("[data-testid^='step-']").Nth(1).ClickAsync();
        await fourth.GetByTestId("other-group").ClickAsync();
        await Expect(fourth).ToHaveURLAsync(new Regex(third.ClassroomId));
        await Expect(third.Control("start-lesson")).ToBeVisibleAsync();
        await third.ClickAsync("start-lesson");
        await third.GoToAsync("explain");
        await third.Starting("explain-topic-").First.ClickAsync();
        await Expect(board.Locator(".board .tell").First).ToBeVisibleAsync();
        var step = (await third.Control("other-step").InnerTextAsync()).Split('·')[0].Trim();
        await Expect(panel).ToContainTextAsync(step);
        await Expect(board.Locator(".board .head")).ToContainTextAsync(Third);
        await Expect(board.Locator(".board .head")).Not.ToContainTextAsync(step);

        // A hand in the group that the teacher does not look at.
        await Expect(third.Control("other-hands")).ToHaveCountAsync(0);
        await new Student(ernar, "Ернар", "kk").RaiseHandAsync();
        await Expect(third.Control("other-hands")).ToBeVisibleAsync();
        await eye.WalkAsync(third.Page, "combined-console", Consoles);
        await third.Page.SetViewportSizeAsync(1280, 800);
        await eye.WalkAsync(board, "combined-board", (1920, 1080), (1280, 720));
        await board.SetViewportSizeAsync(1920, 1080);

        await SwapAsync(board, panel);
        await EndAsync(third, board, panel);
        await Expect(dana.Page.Locator("main")).ToBeVisibleAsync();
        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();
    }

    /// <summary>From the lobby by the form that opens any lesson: a kit, a class, open.</summary>
    private static async Task<IPage> OpenSecondAsync(Teacher third, Inspector eye)
    {
        await eye.WalkAsync(third.Page, "combined-lobby", Consoles);
        await third.Page.SetViewportSizeAsync(1280, 800);
        await third.ClickAsync("second-group");
        await Expect(third.Page.Locator("form.new .pill").First).ToContainTextAsync(Third);
        await third.Page.Locator("[data-testid^='lesson-ai-literacy-']").First.ClickAsync();
        await third.Control("class-name").FillAsync(Fourth);
        await third.Page.GetByRole(AriaRole.Radio, new() { Name = "Қазақша" }).ClickAsync();
        await third.Page.ShootAsync("combined-form");
        await third.ClickAsync("open-classroom");
        await Expect(third.Control("other-group")).ToContainTextAsync(Third);
        await Expect(third.Control("second-group")).ToHaveCountAsync(0);
        return third.Page;
    }

    private static async Task<Student> JoinAsync(Browsers browsers, string url, string code, string name, string group, Inspector eye)
    {
        var page = await JoinAsync(browsers, url, code, name, group, async form => await eye.WalkAsync(form, "combined-join", (320, 640), (360, 740)));
        return new Student(page, name, "kk");
    }

    private static Task<IPage> JoinAsync(Browsers browsers, string url, string code, string name, string group) => JoinAsync(browsers, url, code, name, group, _ => Task.CompletedTask);

    private static async Task<IPage> JoinAsync(Browsers browsers, string url, string code, string name, string group, Func<IPage, Task> look)
    {
        var page = await browsers.OpenAsync($"{url}/j/{code}", 360, 740);
        await page.Locator("input[type=text]").Last.FillAsync(name);
        await Expect(page.GetByTestId("groups").Locator("button")).ToHaveCountAsync(2);
        await Expect(page.Locator("button[type=submit]")).ToBeDisabledAsync();
        await look(page);
        await page.GetByTestId("group-" + group).ClickAsync();
        await page.Locator("button[type=submit]").ClickAsync();
        await Expect(page.Locator("fieldset")).ToHaveCountAsync(0);
        return page;
    }

    /// <summary>A press on the panel makes that group the large one, also after the page was loaded again.</summary>
    private static async Task SwapAsync(IPage board, ILocator panel)
    {
        await board.GetByTestId("swap").ClickAsync();
        await Expect(board.Locator(".board .head")).ToContainTextAsync(Fourth);
        await Expect(panel).ToContainTextAsync(Third);
        await board.ReloadAsync();
        await Expect(board.Locator(".board .head")).ToContainTextAsync(Fourth);
        await Expect(panel).ToContainTextAsync(Third);
        await board.ShootAsync("combined-board-swapped");
    }

    /// <summary>The first group ends: the board goes on with the second alone, and so it does when it is loaded again.</summary>
    private static async Task EndAsync(Teacher third, IPage board, ILocator panel)
    {
        await third.ClickAsync("end-lesson");
        await third.ClickAsync("end-lesson-yes");
        await Expect(panel).ToHaveCountAsync(0);
        await Expect(board.Locator(".board .head")).ToContainTextAsync(Fourth);
        await board.ReloadAsync();
        await Expect(board.Locator(".board .head")).ToContainTextAsync(Fourth);
        await board.ShootAsync("combined-board-alone");
    }
}
