using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>
/// Invariant: where the server's database is not the one it wrote, each page says so before anybody types anything, and a lesson's screens say it in place of
/// "no connection"; when it is put right all of them go on by themselves.
/// </summary>
public sealed class HeldServerTest
{
    [Fact]
    public async Task Every_screen_says_why_nobody_gets_in_and_goes_on_by_itself()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync(["Айгерім"]);
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var student = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "kk", "standard");
        var board = await teacher.OpenBoardAsync(browsers, silo.Url);
        await Expect(board.Locator(".giant")).ToBeVisibleAsync();
        // Open before it stops: nothing was typed yet.
        var early = await browsers.OpenAsync(silo.Url + "/teach", 1366, 768);
        await Expect(early.GetByTestId("sign-in")).ToBeVisibleAsync();

        await silo.StopAsync();
        var aside = Directory.CreateDirectory(Path.Combine(silo.Folder, "aside")).FullName;
        foreach (var file in Directory.GetFiles(silo.Folder, "ortaq.db*"))
        {
            File.Move(file, Path.Combine(aside, Path.GetFileName(file)));
        }

        await silo.StartAgainAsync();
        silo.IsHeld.ShouldBeTrue(silo.Output);

        // Who was in the lesson.
        await Expect(student.Page.GetByTestId("held")).ToBeVisibleAsync();
        await Expect(teacher.Control("held")).ToBeVisibleAsync();
        await Expect(board.Locator(".foot .pill")).ToContainTextAsync("әкімші");
        await student.Page.SetViewportSizeAsync(390, 844);
        await eye.LookAsync(student.Page, "held-student", "kk", 390);
        await eye.WalkAsync(teacher.Page, "held-console", (390, 844), (1366, 768));
        await eye.WalkAsync(board, "held-lobby", (1366, 768), (1920, 1080));

        // Who comes now.
        var join = await browsers.OpenAsync(silo.Url, 390, 844);
        var link = await browsers.OpenAsync($"{silo.Url}/j/{teacher.Code}", 390, 844, "ru");
        var door = await browsers.OpenAsync(silo.Url + "/teach", 1366, 768);
        var pairing = await browsers.OpenAsync(silo.Url + "/board", 1920, 1080);
        foreach (var page in (IPage[])[join, link, door, pairing])
        {
            await Expect(page.GetByTestId("held")).ToBeVisibleAsync();
        }

        await Expect(join.Locator("form")).ToBeHiddenAsync();
        await Expect(link.Locator("form")).ToBeHiddenAsync();
        await eye.WalkAsync(join, "held-join", (320, 640), (390, 844));
        await eye.WalkAsync(door, "held-teach", (390, 844), (1366, 768));
        await eye.WalkAsync(pairing, "held-board", (1366, 768), (1920, 1080));
        // look.md: what a board says is read from eight metres.
        foreach (var text in (ILocator[])[pairing.GetByTestId("held").Locator("h1"), pairing.GetByTestId("held").Locator("p")])
        {
            (await text.EvaluateAsync<double>("e => parseFloat(getComputedStyle(e).fontSize)")).ShouldBeGreaterThanOrEqualTo(40);
        }

        // A form that stood open learns it at the first press, and says it as the others do.
        await early.Locator("input[name=username]").FillAsync("aigul");
        await early.Locator("input[name=password]").FillAsync("jolbarys-jaz-9");
        await early.GetByTestId("sign-in").ClickAsync();
        await Expect(early.GetByTestId("held")).ToBeVisibleAsync();

        foreach (var file in Directory.GetFiles(aside))
        {
            File.Move(file, Path.Combine(silo.Folder, Path.GetFileName(file)), overwrite: true);
        }

        await silo.EndedAsync();
        await silo.StartAgainAsync();
        silo.IsHeld.ShouldBeFalse(silo.Output);
        await Expect(join.Locator("input.code")).ToBeVisibleAsync();
        await Expect(link.Locator(".names .pick").First).ToBeVisibleAsync();
        await Expect(door.GetByTestId("sign-in")).ToBeVisibleAsync();
        await Expect(early.GetByTestId("sign-in")).ToBeVisibleAsync();
        await Expect(pairing.Locator(".digits")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("[0-9]{3} [0-9]{3}"));
        // A lesson's screens try again less and less often.
        var patience = new LocatorAssertionsToHaveCountOptions { Timeout = 120_000 };
        foreach (var page in (IPage[])[student.Page, teacher.Page])
        {
            await Expect(page.GetByTestId("held")).ToHaveCountAsync(0, patience);
        }

        await Expect(board.Locator(".foot .pill")).ToHaveCountAsync(0, patience);
        await teacher.ClickAsync("start-lesson");
        await student.RaiseHandAsync();
        await Expect(teacher.Starting("claim-").First).ToBeVisibleAsync();
        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();
    }
}
