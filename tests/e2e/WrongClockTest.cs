using Classroom.Faults.Tests;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>Invariant: a box whose clock believes that it is the year 2000 says so to the teacher, whole and in words; the class sees nothing of it, and no time that cannot be.</summary>
public sealed class WrongClockTest
{
    [Fact]
    public async Task The_teacher_reads_that_the_clock_is_wrong_and_the_class_sees_times_that_can_be()
    {
        await using var time = await SettableClock.CreateAsync();
        time.Set(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero) - DateTimeOffset.UtcNow);
        await using var silo = await SiloProcess.StartAsync(null, time.Environment!);
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync(["Айгерім"]);
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var student = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "kk", "standard");
        var board = await teacher.OpenBoardAsync(browsers, silo.Url);
        await Expect(board.Locator(".giant")).ToBeVisibleAsync();
        await Expect(teacher.Control("clock-differs")).ToContainTextAsync("2026");
        await eye.WalkAsync(teacher.Page, "clock-lobby", (390, 844), (1366, 768));
        await eye.WalkAsync(board, "clock-board-lobby", (1366, 768), (1920, 1080));

        await teacher.ClickAsync("start-lesson");
        await teacher.GoToAsync("make");
        await Expect(student.Page.Locator(".editor textarea").First).ToBeVisibleAsync();
        await Expect(board.GetByRole(Microsoft.Playwright.AriaRole.Timer)).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^[1-9]\d?:[0-5]\d$"));
        await student.Page.SetViewportSizeAsync(390, 844);
        await eye.LookAsync(student.Page, "clock-student", "kk", 390);
        await eye.WalkAsync(teacher.Page, "clock-console", (390, 844), (1366, 768));
        await eye.WalkAsync(board, "clock-board", (1366, 768), (1920, 1080));
        await Expect(student.Page.GetByTestId("clock-differs")).ToHaveCountAsync(0);
        await Expect(board.GetByTestId("clock-differs")).ToHaveCountAsync(0);

        var home = await teacher.Page.Context.NewPageAsync();
        await home.GotoAsync(silo.Url + "/teach");
        await Expect(home.GetByTestId("clock-differs")).ToBeVisibleAsync();
        await eye.WalkAsync(home, "clock-home", (390, 844), (1366, 768));
        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();
    }
}
