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
        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();
    }
}
