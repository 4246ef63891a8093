using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>An adult with a phone in a satellite: from the teacher's link to the end of the lesson.</summary>
public sealed class HelperTest
{
    private static readonly (int, int)[] Phones = [(320, 640), (390, 844), (1366, 768)];

    [Fact]
    public async Task A_room_has_its_helper()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync(["Айгерім", "Дана", "Ернар", "204", "Әлия"]);
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        await teacher.ClickAsync("more");
        await teacher.Control("room-name").FillAsync("204");
        await teacher.ClickAsync("add-room");
        await teacher.ClickAsync("invite-helper-2");
        await Expect(teacher.Control("helper-address")).ToBeVisibleAsync();
        await eye.AxeAsync(teacher.Page, "helper-invited");
        await teacher.Page.ShootAsync("helper-invited");
        var link = await teacher.Control("helper-address").InputValueAsync();

        var helper = await browsers.OpenAsync(link, 390, 844);
        await Expect(helper.GetByTestId("helper-name")).ToBeVisibleAsync();
        helper.Url.ShouldEndWith("/helper", Case.Sensitive, "the ticket is not on show");
        await eye.WalkAsync(helper, "helper-name", Phones);
        await helper.GetByTestId("helper-name").FillAsync("Әлия");
        await helper.GetByTestId("come").ClickAsync();
        await Expect(helper.Locator(".join-card .code-text")).ToBeVisibleAsync();
        await Expect(teacher.Control("helper-of-2")).ToContainTextAsync("Әлия");
        await Expect(teacher.Control("helper-address")).ToHaveCountAsync(0);
        await teacher.Page.Keyboard.PressAsync("Escape");
        await Expect(teacher.Control("room-news-2")).ToContainTextAsync("Әлия");

        var dana = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Дана", "kk", "standard", room: 2);
        var far = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "kk", "standard", room: 2);
        var near = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Ернар", "kk", "standard", room: 1);
        await Expect(helper.Locator("[data-testid^='child-']")).ToHaveCountAsync(2);
        await Expect(helper.Locator("body")).Not.ToContainTextAsync("Ернар");
        await teacher.OpenRoomBoardAsync(browsers, silo.Url, 2);
        await Expect(helper.Locator("[data-testid='board'] .dot.live")).ToBeVisibleAsync();

        // A hand of this room, and one of another.
        await teacher.ClickAsync("start-lesson");
        await teacher.GoToAsync("explain");
        await dana.RaiseHandAsync("Фотосинтез деген не?");
        await near.RaiseHandAsync("");
        await Expect(helper.Locator("[data-testid^='claim-']")).ToHaveCountAsync(1);
        await eye.WalkAsync(helper, "helper-hand", Phones);
        await helper.SetViewportSizeAsync(320, 640);
        await helper.ShootAsync("helper-hand-320");
        await helper.SetViewportSizeAsync(390, 844);
        await helper.Locator("[data-testid^='claim-']").ClickAsync();
        await Expect(helper.Locator("[data-testid^='answer-']")).ToBeVisibleAsync();
        await dana.Page.Locator("nav button").First.ClickAsync();
        await Expect(dana.Page.Locator("[role=dialog]")).ToContainTextAsync("Әлия");
        await dana.Page.Keyboard.PressAsync("Escape");

        await teacher.ClickAsync("tab-step");
        await teacher.Starting("ask-").First.ClickAsync();
        await Expect(helper.GetByTestId("answered")).ToContainTextAsync("2");
        await dana.AnswerFirstAsync();
        await Expect(helper.GetByTestId("answered")).ToContainTextAsync("1");
        await helper.GetByTestId("count-hands").ClickAsync();
        await helper.Locator("[data-testid='hand-count'] [data-testid^='more-']").First.ClickAsync();
        await Expect(helper.Locator("[data-testid='hand-count'] b").First).ToHaveTextAsync("1");
        await eye.WalkAsync(helper, "helper-question", Phones);
        await eye.AxeAsync(helper, "helper-question");
        await helper.SetViewportSizeAsync(390, 844);
        await helper.ShootAsync("helper-question-390");
        await teacher.Starting("by-hand-").First.ClickAsync();
        await teacher.ClickAsync("room-choice-2");
        await Expect(teacher.Page.Locator("[data-testid='hand-count'] b").First).ToHaveTextAsync("1");

        // Loaded again, cut off and back, and after the server was killed it is the same room.
        await helper.ReloadAsync();
        await Expect(helper.Locator("[data-testid^='child-']")).ToHaveCountAsync(2);
        await far.Page.CloseAsync();
        await Expect(helper.Locator("[data-testid^='child-'] .dot.offline")).ToHaveCountAsync(1);
        await silo.KillAsync();
        await Expect(helper.GetByTestId("offline").Or(helper.Locator(".banner"))).ToBeVisibleAsync();
        await helper.ShootAsync("helper-offline");
        await silo.StartAgainAsync();
        await Expect(helper.Locator(".banner")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await helper.Locator("[data-testid^='answer-']").ClickAsync();
        await Expect(helper.Locator("[data-testid^='hand-']:not([data-testid='hand-count'])")).ToHaveCountAsync(0, new() { Timeout = 60_000 });

        // A new link takes the place of this one; the newer ends with the lesson.
        await teacher.ClickAsync("more");
        await teacher.ClickAsync("new-helper-2");
        await teacher.ClickAsync("new-helper-2-yes");
        await Expect(helper.Locator(".helper-note")).ToBeVisibleAsync();
        await eye.WalkAsync(helper, "helper-dismissed", Phones);
        var newer = await browsers.OpenAsync(await teacher.Control("helper-address").InputValueAsync(), 390, 844);
        await newer.GetByTestId("helper-name").FillAsync("Әлия");
        await newer.GetByTestId("come").ClickAsync();
        await Expect(newer.Locator(".join-card")).ToBeVisibleAsync();
        await teacher.Page.Keyboard.PressAsync("Escape");
        await teacher.ClickAsync("end-lesson");
        await teacher.ClickAsync("end-lesson-yes");
        await Expect(newer.Locator(".helper-note")).ToBeVisibleAsync();
        await eye.WalkAsync(newer, "helper-ended", Phones);
        var nobody = await browsers.OpenAsync(silo.Url + "/helper", 390, 844);
        await eye.WalkAsync(nobody, "helper-no-link", Phones);
        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();
    }
}
