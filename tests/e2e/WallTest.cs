using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>A class with a hostile child, a board and a teacher: what reaches the wall, what the child is told, and how it looks.</summary>
public sealed class WallTest
{
    private static readonly (int, int) Phone = (360, 740);
    private static readonly (int, int) Laptop = (1280, 800);
    private static readonly (int, int) Wall = (1920, 1080);

    [Fact]
    public async Task Words_of_children_reach_the_board_by_the_teachers_hand()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync(["Айгерім", "Иван"]);
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: true);
        var ticket = await teacher.Page.EvaluateAsync<string>(
            "async (id) => (await (await fetch(`/api/classrooms/${id}/board-ticket`, { method: 'POST', headers: { 'content-type': 'application/json', 'X-Ortaq': '1' }, body: '{}' })).json()).ticket",
            teacher.ClassroomId);
        var board = await browsers.OpenAsync($"{silo.Url}/board#ticket={Uri.EscapeDataString(ticket)}&classroom={teacher.ClassroomId}", 1920, 1080);

        // Names: the field says how long, and what is refused is refused in words that help.
        var door = await browsers.OpenAsync($"{silo.Url}/j/{teacher.Code}", 360, 740);
        var name = door.Locator("input[autocomplete=off]").Last;
        await name.FillAsync("Абвгдеёжзийклмнопрстуфхцчшщ");
        await Expect(door.GetByTestId("too-long")).ToBeVisibleAsync();
        await Expect(door.Locator("button[type=submit]")).ToBeDisabledAsync();
        foreach (var refused in new[] { "Мұғалім", "Али\u200bя", "Айгүл Маратқызы" })
        {
            await name.FillAsync(refused);
            await door.Locator("button[type=submit]").ClickAsync();
            await Expect(door.Locator("[role=alert]")).ToBeVisibleAsync();
            await eye.LookAsync(door, "name-refused-" + refused.Length, "kk", Phone.Item1);
            await name.FillAsync("А");
            await Expect(door.Locator("[role=alert]")).ToHaveCountAsync(0);
        }

        await door.Context.CloseAsync();

        var aigerim = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "kk", "standard");
        var ivan = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Иван", "ru", "simple");
        await teacher.ClickAsync("start-lesson");
        await teacher.GoToAsync("discuss");
        await teacher.ClickAsync("request-prompts");
        await teacher.Starting("pick-prompt-").First.ClickAsync();
        await teacher.Control("team-count").FillAsync("1");
        await teacher.ClickAsync("form-teams");
        await aigerim.AddIdeaAsync("Терек көлеңке береді");
        await ivan.AddIdeaAsync("Все вы и д и о т ы");
        await Expect(teacher.Starting("share-")).ToHaveCountAsync(3);
        await Expect(aigerim.Page.Locator(".idea")).ToHaveCountAsync(1);
        await eye.WalkAsync(teacher.Page, "wall-1-waiting", Phone, Laptop);
        await teacher.ClickAsync("share-ideas");
        await teacher.ClickAsync("share-ideas-yes");
        await Expect(board.Locator(".idea")).ToHaveCountAsync(1);

        // A new one waits, on the phone too; the teacher shows it alone.
        await aigerim.AddIdeaAsync("أفكار RTL 123 және ағаш");
        await Expect(teacher.Starting("share-")).ToHaveCountAsync(3);
        await Expect(board.Locator(".idea")).ToHaveCountAsync(1);
        await eye.LookAsync(aigerim.Page, "wall-2-waits", "kk", Phone.Item1);
        await teacher.Page.Locator("li", new() { HasText = "RTL" }).Locator("[data-testid^='share-']").ClickAsync();
        await Expect(board.Locator(".idea")).ToHaveCountAsync(2);
        (await board.Locator("body").InnerTextAsync()).ShouldNotContain("и д и о т");

        // What the server refuses comes back into the field with the reason; a text that is too long is neither cut nor sent.
        var field = ivan.Page.Locator("form textarea");
        await field.FillAsync("а" + new string('\u0301', 300));
        await field.Locator("xpath=ancestor::form").Locator("button[type=submit]").ClickAsync();
        await Expect(ivan.Page.Locator("form .strong[role=status]").First).ToBeVisibleAsync();
        await Expect(field).ToHaveValueAsync("а" + new string('\u0301', 300));
        await field.FillAsync(new string('а', 650));
        (await field.InputValueAsync()).Length.ShouldBe(650);
        await Expect(ivan.Page.GetByTestId("too-long")).ToContainTextAsync("50");
        await Expect(ivan.Page.Locator(".toast")).ToHaveCountAsync(0);
        await eye.LookAsync(ivan.Page, "wall-3-too-long", "ru", Phone.Item1);
        await eye.WalkAsync(board, "wall-board", Laptop, Wall);
        await eye.WalkAsync(teacher.Page, "wall-4-teacher", Phone, Laptop);
        (await board.Locator(".idea .theirs").First.EvaluateAsync<string>("e => getComputedStyle(e).unicodeBidi + ' ' + getComputedStyle(e).overflow")).ShouldBe("isolate clip");
        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();
    }
}
