using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>Invariant: what a forgotten child wrote leaves every screen that shows it while the lesson goes on; who was removed before can still be forgotten, also after the end.</summary>
public sealed class ForgettingTest
{
    private const string Idea = "Терек ауаны салқындатады";

    [Fact]
    public async Task A_removed_child_is_found_in_the_roster_and_what_it_wrote_leaves_the_teachers_the_boards_and_another_phones_screen()
    {
        await using var silo = await SiloProcess.StartAsync(settings: ("Tutor__Prepared__WordDelay", "00:00:00"));
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync(ClassOfThree.Names);
        var (teacher, board, aigerim, ivan, tom) = await ClassOfThree.OpenAsync(browsers, silo);
        await aigerim.AddIdeaAsync(Idea);
        await Expect(teacher.Page.GetByText(Idea).First).ToBeVisibleAsync();
        await teacher.ClickAsync("share-ideas");
        await teacher.ClickAsync("share-ideas-yes");
        await Expect(board.GetByText(Idea)).ToBeVisibleAsync();
        await Expect(tom.Page.GetByText(Idea)).ToBeVisibleAsync();

        await RemoveAsync("Айгерім");
        await Expect(aigerim.Page.Locator("main.loading")).ToBeVisibleAsync();
        await Expect(board.GetByText(Idea)).ToBeVisibleAsync();
        await teacher.Control("removed").Locator("summary").ClickAsync();
        await eye.WalkAsync(teacher.Page, "removed", (390, 844), (1366, 768));
        await teacher.ClickAsync("tab-step");
        await Expect(teacher.Page.GetByText("Айгерім").First).ToBeVisibleAsync();
        await teacher.ClickAsync("tab-students");
        await ForgetAsync("Айгерім", openFirst: true);

        await Expect(board.GetByText(Idea)).ToHaveCountAsync(0);
        await Expect(tom.Page.GetByText(Idea)).ToHaveCountAsync(0);
        await Expect(teacher.Control("removed")).ToHaveCountAsync(0);
        await Expect(teacher.Control("forgotten")).ToBeVisibleAsync();
        await teacher.ClickAsync("tab-step");
        await Expect(teacher.Page.GetByText(Idea)).ToHaveCountAsync(0);
        await Expect(teacher.Page.GetByText("Айгерім")).ToHaveCountAsync(0);
        await board.ShootAsync("matrix/forgotten-board");
        await tom.Page.ShootAsync("matrix/forgotten-phone");

        // It is asked for a day later.
        await teacher.ClickAsync("tab-students");
        await RemoveAsync("Иван");
        await Expect(ivan.Page.Locator("main.loading")).ToBeVisibleAsync();
        await teacher.ClickAsync("end-lesson");
        await teacher.ClickAsync("end-lesson-yes");
        await Expect(teacher.Control("reopen-lesson")).ToBeVisibleAsync();
        await teacher.Page.ReloadAsync();
        await teacher.ClickAsync("tab-students");
        await teacher.Control("removed").Locator("summary").ClickAsync();
        var held = await teacher.Page.RunAndWaitForDownloadAsync(async () =>
        {
            await Row("Иван").Locator("[data-testid^='forget-']").ClickAsync();
            await teacher.ClickAsync("student-export");
        });
        (await File.ReadAllTextAsync(await held.PathAsync())).ShouldContain("Иван");
        await teacher.Page.Keyboard.PressAsync("Escape");
        await ForgetAsync("Иван", openFirst: false);
        await Expect(teacher.Control("removed")).ToHaveCountAsync(0);
        await Expect(teacher.Control("forgotten").Locator("li")).ToHaveCountAsync(2);
        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();

        ILocator Row(string name) => teacher.Page.Locator(".seat", new() { HasText = name });

        async Task RemoveAsync(string name)
        {
            await teacher.ClickAsync("tab-students");
            var button = Row(name).Locator("[data-testid^='remove-']");
            var id = await button.GetAttributeAsync("data-testid");
            await button.ClickAsync();
            await teacher.ClickAsync(id + "-yes");
            await Expect(teacher.Control("removed")).ToBeVisibleAsync();
        }

        async Task ForgetAsync(string name, bool openFirst)
        {
            if (openFirst && await teacher.Control("removed").GetAttributeAsync("open") is null)
            {
                await teacher.Control("removed").Locator("summary").ClickAsync();
            }

            await Row(name).Locator("[data-testid^='forget-']").ClickAsync();
            await teacher.ClickAsync("forget-family");
            await teacher.ClickAsync("forget-family-yes");
            await Expect(Row(name)).ToHaveCountAsync(0);
        }
    }
}
