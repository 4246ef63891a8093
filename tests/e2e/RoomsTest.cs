using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>A lesson of two rooms: added at the console, joined by a link and by a name, seen apart by the teacher and by each board.</summary>
public sealed class RoomsTest
{
    [Fact]
    public async Task A_satellite_is_added_joined_and_seen_apart()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync(["Айгерім", "Дана", "Ернар", "204"]);
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        await Expect(teacher.Control("rooms-bar")).ToHaveCountAsync(0);
        await teacher.ClickAsync("more");
        await teacher.Control("room-name").FillAsync("204");
        await teacher.ClickAsync("add-room");
        await Expect(teacher.Control("room-2")).ToBeVisibleAsync();
        // A name that a room has is refused where it was typed, and stays there.
        await teacher.Control("room-name").FillAsync("204");
        await teacher.ClickAsync("add-room");
        await Expect(teacher.Page.Locator(".sheet .refused")).ToBeVisibleAsync();
        await Expect(teacher.Control("room-name")).ToHaveValueAsync("204");
        await teacher.Page.ShootAsync("rooms-sheet");
        await teacher.Page.Keyboard.PressAsync("Escape");

        // By the link of the room, and by the lesson's code alone.
        var satellite = new List<Student>();
        for (var i = 0; i < 3; i++)
        {
            satellite.Add(await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Дана " + (i + 1), "kk", "standard", room: 2));
        }

        var page = await browsers.OpenAsync($"{silo.Url}/j/{teacher.Code}", 360, 740);
        await page.Locator("input[type=text]").Last.FillAsync("Айгерім");
        await Expect(page.GetByTestId("rooms")).ToBeVisibleAsync();
        await Expect(page.Locator("button[type=submit]")).ToBeDisabledAsync();
        await eye.WalkAsync(page, "rooms-join", (360, 740));
        await page.GetByTestId("room-1").ClickAsync();
        await page.Locator("button[type=submit]").ClickAsync();
        await Expect(page.Locator("fieldset")).ToHaveCountAsync(0);
        for (var i = 0; i < 2; i++)
        {
            await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Ернар " + (i + 1), "kk", "standard", room: 1);
        }

        await Expect(teacher.Control("room-news-2")).ToContainTextAsync("3");
        var hub = await teacher.OpenBoardAsync(browsers, silo.Url);
        var far = await teacher.OpenRoomBoardAsync(browsers, silo.Url, 2);
        await Expect(far.GetByTestId("joined")).ToContainTextAsync("3");
        await Expect(far.Locator("img.qr")).ToHaveAttributeAsync("alt", new System.Text.RegularExpressions.Regex("room=2$"));
        await Expect(hub.Locator("img.qr")).ToHaveAttributeAsync("alt", new System.Text.RegularExpressions.Regex("room=1$"));
        await eye.WalkAsync(far, "rooms-board-lobby", (1920, 1080));
        await teacher.Page.SetViewportSizeAsync(1366, 768);
        await teacher.ClickAsync("board");
        await teacher.Page.ShootAsync("rooms-board-sheet");
        await teacher.Page.Keyboard.PressAsync("Escape");
        await eye.WalkAsync(teacher.Page, "rooms-console-lobby", (1366, 768), (360, 740));
        await teacher.Page.SetViewportSizeAsync(1366, 768);

        await teacher.ClickAsync("start-lesson");
        await teacher.GoToAsync("explain");
        await teacher.Starting("explain-topic-").First.ClickAsync();
        foreach (var student in satellite.Take(2))
        {
            await student.PressSentenceAsync(0);
        }

        await Expect(far.GetByTestId("room-lost")).ToBeVisibleAsync();
        await Expect(hub.GetByTestId("room-lost")).ToHaveCountAsync(0);
        await eye.WalkAsync(far, "rooms-board", (1920, 1080));
        await eye.WalkAsync(teacher.Page, "rooms-console", (1366, 768), (360, 740));
        await teacher.Page.SetViewportSizeAsync(1366, 768);
        await teacher.ClickAsync("tab-students");
        await teacher.Page.ShootAsync("rooms-students");
        await HandsAsync(teacher, eye);
        await TeamsAsync(teacher, eye);

        // The link of the only satellite still hangs there when that is closed: who comes by it sits in the hub.
        await teacher.ClickAsync("more");
        await teacher.ClickAsync("close-room-2");
        await teacher.ClickAsync("close-room-2-yes");
        await Expect(teacher.Control("room-2")).ToHaveCountAsync(0);
        await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Дана 9", "kk", "standard", room: 2);
        await teacher.Control("room-name").FillAsync("305");
        await teacher.ClickAsync("add-room");
        await Expect(teacher.Control("room-3")).ToBeVisibleAsync();
        await teacher.Page.Keyboard.PressAsync("Escape");
        await Expect(teacher.Control("room-news-1")).ToContainTextAsync("7");

        // When it is over, nobody moves.
        await teacher.ClickAsync("end-lesson");
        await teacher.ClickAsync("end-lesson-yes");
        await Expect(teacher.Control("reopen-lesson")).ToBeVisibleAsync();
        await teacher.ClickAsync("tab-students");
        await Expect(teacher.Page.Locator("select[data-testid^='room-of-']")).ToHaveCountAsync(0);
        await Expect(teacher.Page.Locator("span[data-testid^='room-of-']").First).ToBeVisibleAsync();
        await eye.WalkAsync(teacher.Page, "rooms-over", (1366, 768), (360, 740));
        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();
    }

    /// <summary>Hands of each room for themselves, shown together.</summary>
    private static async Task HandsAsync(Teacher teacher, Inspector eye)
    {
        await teacher.ClickAsync("tab-step");
        await teacher.Starting("ask-").First.ClickAsync();
        await teacher.Starting("by-hand-").First.ClickAsync();
        await teacher.Starting("more-").First.ClickAsync();
        await teacher.ClickAsync("room-choice-2");
        await Expect(teacher.Page.Locator("[data-testid='hand-count'] b").First).ToHaveTextAsync("0");
        await teacher.Starting("more-").First.ClickAsync();
        await teacher.Starting("more-").First.ClickAsync();
        await eye.WalkAsync(teacher.Page, "rooms-hands", (1366, 768), (360, 740));
        await teacher.Page.SetViewportSizeAsync(1366, 768);
        await teacher.ClickAsync("room-choice-1");
        await Expect(teacher.Page.Locator("[data-testid='hand-count'] b").First).ToHaveTextAsync("1");
    }

    /// <summary>Each room has a team at least: fewer are said to be too few, and a number is typed figure by figure.</summary>
    private static async Task TeamsAsync(Teacher teacher, Inspector eye)
    {
        await teacher.GoToAsync("discuss");
        await teacher.Control("team-count").FillAsync("1");
        await Expect(teacher.Control("team-limits")).ToBeVisibleAsync();
        await Expect(teacher.Control("form-teams")).ToBeDisabledAsync();
        await eye.WalkAsync(teacher.Page, "rooms-teams", (1366, 768), (360, 740));
        await teacher.Page.SetViewportSizeAsync(1366, 768);
        await teacher.Control("team-count").FillAsync("3");
        await teacher.ClickAsync("form-teams");
        await Expect(teacher.Control("team-3")).ToBeVisibleAsync();
    }
}
