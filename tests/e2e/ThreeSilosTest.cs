using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>
/// A lesson whose teacher, board and students sit at three silos behind nginx, as <c>deploy/three-silos</c> starts them. The teacher's silo dies in
/// the middle: the lesson goes on, and nobody is told anything.
/// </summary>
public sealed class ThreeSilosTest
{
    // Whatever a page says in alarm, however briefly, is kept.
    private const string KeepAlerts =
        """
        window.alerts = [];
        new MutationObserver(changes => changes.forEach(c => c.addedNodes.forEach(n => {
          if (n.nodeType !== 1) return;
          const alerts = n.matches('[role=alert]') ? [n] : [...n.querySelectorAll('[role=alert]')];
          window.alerts.push(...alerts.map(a => a.textContent));
        }))).observe(document, { childList: true, subtree: true });
        """;

    [Fact]
    public async Task A_lesson_at_three_silos_goes_on_when_the_teachers_silo_is_killed()
    {
        Directory.CreateDirectory(Screens.Folder);
        await using var database = await TestPostgres.CreateAsync();
        await using var three = await ThreeSilos.StartAsync(database, ("Tutor__Prepared__WordDelay", "00:00:00.02"));
        await using var browsers = await Browsers.StartAsync();

        var teacher = await Teacher.OpenAsync(browsers, three.TeachLink, three.Url, atCentre: false, first: WatchAsync);
        var board = await browsers.OpenAsync(three.Url + "/board", 1920, 1080, first: WatchAsync);
        await Expect(board.Locator(".pairing .digits")).ToHaveTextAsync(new Regex("[0-9]{3}"));
        var pairing = string.Concat((await board.Locator(".pairing .digits").InnerTextAsync()).Where(char.IsDigit));
        await teacher.Page.EvaluateAsync(
            "([id, pairing]) => fetch(`/api/classrooms/${id}/board`, { method: 'POST', headers: { 'content-type': 'application/json', 'X-Ortaq': '1' }, body: JSON.stringify({ pairing }) })",
            new[] { teacher.ClassroomId, pairing });
        await Expect(board.GetByText(new Regex(string.Join(".?", teacher.Code.AsEnumerable()))).First).ToBeVisibleAsync();
        var aigerim = await Student.JoinAsync(browsers, three.Url, teacher.Code, "Айгерім", "kk", "simple", WatchAsync);
        var ivan = await Student.JoinAsync(browsers, three.Url, teacher.Code, "Иван", "ru", "standard", WatchAsync);
        IPage[] pages = [teacher.Page, board, aigerim.Page, ivan.Page];
        await Expect(board.GetByText(new Regex("(?<!\\d)2(?!\\d)")).First).ToBeVisibleAsync();
        var dead = await SiloOfAsync(teacher.Page);
        string[] apart = [dead, await SiloOfAsync(board), await SiloOfAsync(aigerim.Page)];
        apart.Order().ShouldBe(three.Silos.Order(), "teacher, board and the first student are at three silos");

        await teacher.ClickAsync("start-lesson");
        await Expect(teacher.Control("end-lesson")).ToBeVisibleAsync();
        await teacher.GoToAsync("explain");
        await teacher.Starting("explain-topic-").First.ClickAsync();
        await Expect(aigerim.Told).ToContainTextAsync(new Regex("[әғқңөұүһі]"));
        await Expect(ivan.Told).ToContainTextAsync(new Regex("[а-я]{3}"));
        await Expect(board.Locator(".tell").First).ToContainTextAsync(new Regex("[әғқңөұүһі]"));
        await board.ShootAsync("three-silos-board");

        await teacher.GoToAsync("ask");
        await teacher.Starting("ask-").First.ClickAsync();
        await aigerim.AnswerFirstAsync();
        await Expect(teacher.Control("answered")).ToContainTextAsync("1 / 2");

        await three.KillAsync(dead);
        await ivan.AnswerFirstAsync();
        await Expect(teacher.Control("answered")).ToContainTextAsync("2 / 2", new() { Timeout = 40_000 });
        await teacher.Page.ShootAsync("three-silos-teacher-after");

        // Everybody is in again, and the teacher still leads.
        await teacher.ClickAsync("show-counts");
        await teacher.ClickAsync("reveal");
        await Expect(ivan.Page.Locator(".question form")).ToHaveCountAsync(0);
        await Expect(aigerim.Page.Locator(".question form")).ToHaveCountAsync(0);
        foreach (var page in pages)
        {
            await Expect(page.GetByTestId("offline")).ToHaveCountAsync(0, new() { Timeout = 40_000 });
            (await SiloOfAsync(page)).ShouldNotBe(dead);
            (await page.EvaluateAsync<string[]>("window.alerts")).ShouldBeEmpty("nobody is told to give up");
        }

        await ivan.Page.ShootAsync("three-silos-student-after");
        await board.ShootAsync("three-silos-board-after");
        browsers.Complaints.ShouldBeEmpty();
        three.Failures.ShouldBeEmpty();
    }

    private static Task WatchAsync(IBrowserContext context) => context.AddInitScriptAsync(KeepAlerts);

    // nginx tells it; what was tried before stands in front.
    private static async Task<string> SiloOfAsync(IPage page) => Uri.UnescapeDataString(
        (await page.Context.CookiesAsync([new Uri(page.Url).GetLeftPart(UriPartial.Authority) + "/hubs/classroom"])).Single(c => c.Name == "silo").Value).Split(',')[^1].Trim();
}
