using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>
/// Two children on each of three phones, in three languages: they join with one press, answer together or each their own, and the class is six. Beside them
/// children without a phone, whose hands are counted at the console and at the board.
/// </summary>
public sealed class SharingTest
{
    private static readonly (int, int) Laptop = (1366, 768);
    private static readonly (int, int) Wall = (1920, 1080);

    [Fact]
    public async Task Two_on_a_phone_answer_together_or_one_by_one_and_hands_are_counted_beside_them()
    {
        Directory.CreateDirectory(Screens.Folder);
        await using var silo = await SiloProcess.StartAsync(null, ("Tutor__Prepared__WordDelay", "00:00:00"));
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync(["Айдар", "Сәуле"]);
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var board = await teacher.OpenBoardAsync(browsers, silo.Url);
        var phones = new List<(IPage Page, string Language)>();
        foreach (var language in Inspector.Languages)
        {
            var phone = await browsers.OpenAsync($"{silo.Url}/j/{teacher.Code}", 320, 640, language);
            phones.Add((phone, language));
            await phone.Locator("input[type=text]").Last.FillAsync("Айдар " + language);
            await phone.GetByTestId("share-phone").ClickAsync();
            await phone.GetByTestId("other-0").Locator("input[type=text]").FillAsync("Сәуле " + language);
            await LookAsync(phone, "sharing-join", language);
            await phone.Locator("button[type=submit]").ClickAsync();
            await Expect(phone.GetByTestId("own-pill")).ToContainTextAsync("+1");
            await LookAsync(phone, "sharing-lobby", language);
        }

        await Expect(teacher.Control("joined")).ToContainTextAsync("6");
        await teacher.Control("class-size").FillAsync("12");
        await teacher.Control("class-size").BlurAsync();
        await eye.WalkAsync(teacher.Page, "sharing-console-lobby", Laptop);
        await teacher.ClickAsync("start-lesson");
        await teacher.GoToAsync("ask");
        await teacher.Starting("ask-").First.ClickAsync();
        foreach (var (phone, language) in phones)
        {
            await Expect(phone.Locator(".question form .pick").First).ToBeVisibleAsync();
            await LookAsync(phone, "sharing-together", language);
            await phone.Locator(".question [role=radio]").Nth(1).ClickAsync();
            await Expect(phone.GetByTestId("whose-turn")).ToContainTextAsync("Айдар " + language);
            await LookAsync(phone, "sharing-apart", language);
            if (language == "ru")
            {
                await phone.Locator(".question [role=radio]").First.ClickAsync();
                await AnswerAsync(phone);
                await Expect(phone.Locator(".question .own")).ToBeVisibleAsync();
            }
            else
            {
                await AnswerAsync(phone);
                await Expect(phone.GetByTestId("whose-turn")).ToContainTextAsync("Сәуле " + language);
                await AnswerAsync(phone);
                await Expect(phone.Locator(".question .own")).ToBeVisibleAsync();
            }
        }

        await Expect(teacher.Control("answered")).ToContainTextAsync("6");
        await Expect(teacher.Control("each-child")).ToBeVisibleAsync();
        await teacher.Starting("by-hand-").First.ClickAsync();
        var more = teacher.Page.Locator("[data-testid^='more-']:not([data-testid='more'])").First;
        await more.ClickAsync(new LocatorClickOptions { ClickCount = 4 });
        await Expect(teacher.Control("answered")).ToContainTextAsync("10");
        await eye.WalkAsync(teacher.Page, "by-hand-console", Laptop);

        // At the board a finger counts on from what was counted at the console.
        await board.GetByTestId("count-hands").ClickAsync();
        await board.Locator("[data-testid^='more-']").Nth(1).ClickAsync(new LocatorClickOptions { ClickCount = 2 });
        await eye.WalkAsync(board, "by-hand-board", Wall);
        await board.GetByTestId("count-hands").ClickAsync();
        await Expect(teacher.Control("answered")).ToContainTextAsync("12");
        // Who saw what the class answered is not counted after it.
        await teacher.ClickAsync("show-counts");
        await Expect(board.GetByTestId("count-hands")).ToHaveCountAsync(0);
        await Expect(teacher.Control("hand-count")).ToHaveCountAsync(0);
        await teacher.ClickAsync("reveal");
        await Expect(board.Locator(".options .right")).ToHaveCountAsync(1);
        await eye.WalkAsync(board, "by-hand-results", Wall);
        await LookAsync(phones[0].Page, "sharing-results", "kk");

        await teacher.ClickAsync("tab-students");
        await eye.WalkAsync(teacher.Page, "sharing-roster", Laptop);
        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();

        async Task LookAsync(IPage phone, string name, string language)
        {
            foreach (var width in new[] { 360, 320 })
            {
                await phone.SetViewportSizeAsync(width, 640);
                await eye.LookAsync(phone, name, language, width);
            }
        }
    }

    private static async Task AnswerAsync(IPage phone)
    {
        await phone.Locator(".question form .pick").First.ClickAsync();
        await phone.Locator(".question form button[type=submit]").ClickAsync();
    }
}
