using System.Diagnostics;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>
/// The line between a phone and the server dies without a word, as a radio's does: nothing arrives any more in either direction, and no socket is closed. The page
/// finds out once somebody looks at it or taps, and goes on by a connection of its own; what was tapped is not lost.
/// </summary>
public sealed class DeadLineTest(ITestOutputHelper output)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_hand_raised_on_a_line_that_had_died_reaches_the_teacher(bool afterWaking)
    {
        await using var silo = await SiloProcess.StartAsync(settings: ("Tutor__Prepared__WordDelay", "00:00:00"));
        await using var line = new SilentLine(new Uri(silo.Url));
        await using var browsers = await Browsers.StartAsync();
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var sockets = 0;
        var student = await Student.JoinAsync(browsers, line.Url, teacher.Code, "Айгерім", "kk", "simple", context =>
        {
            context.Page += (_, page) => page.WebSocket += (_, _) => sockets++;
            return Task.CompletedTask;
        });
        await Expect(student.Page.Locator(".lobby")).ToBeVisibleAsync();
        await teacher.ClickAsync("start-lesson");
        await Expect(teacher.Control("end-lesson")).ToBeVisibleAsync();
        await student.Page.Locator("nav button").First.WaitForAsync();

        if (afterWaking)
        {
            await SeeAsync(student.Page, false);
        }

        line.LoseWhatIsOpen();
        var clock = Stopwatch.StartNew();
        if (afterWaking)
        {
            await SeeAsync(student.Page, true);
        }

        await student.RaiseHandAsync();
        await Expect(teacher.Starting("claim-").First).ToBeVisibleAsync();
        output.WriteLine($"with the teacher after {clock.Elapsed.TotalSeconds:F1} s");
        sockets.ShouldBeGreaterThan(1, "by a connection of its own");
        browsers.Complaints.ShouldBeEmpty();
    }

    /// <summary>The packets of a real network are dropped, as where the radio does not reach. Needs root and iproute2.</summary>
    [Fact]
    public async Task Where_the_radio_does_not_reach_the_teacher_sees_a_dead_screen_and_once_it_does_again_a_raised_hand()
    {
        await using var silo = await SiloProcess.StartAsync(settings: ("Tutor__Prepared__WordDelay", "00:00:00"));
        await using var hosts = await Hosts.StartAsync(2);
        var url = hosts.Serve(1, new Uri(silo.Url).Port);
        await using var browsers = await Browsers.StartAsync();
        await using var phone = await Browsers.StartWithinAsync(hosts.NameOf(0));
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var student = await Student.JoinAsync(phone, url, teacher.Code, "Айгерім", "kk", "simple");
        await Expect(student.Page.Locator(".lobby")).ToBeVisibleAsync();
        await teacher.ClickAsync("start-lesson");
        await student.Page.Locator("nav button").First.WaitForAsync();
        await Expect(teacher.Control("joined")).ToContainTextAsync("1 осында");

        await hosts.CutAsync(0);
        var clock = Stopwatch.StartNew();
        await Expect(teacher.Control("joined")).ToContainTextAsync("0 осында");
        output.WriteLine($"the teacher saw a dead screen after {clock.Elapsed.TotalSeconds:F1} s");
        await Expect(student.Page.GetByText("байланыс жоқ")).ToBeVisibleAsync();

        await hosts.HealAsync(0);
        clock.Restart();
        await student.RaiseHandAsync();
        await Expect(teacher.Starting("claim-").First).ToBeVisibleAsync();
        output.WriteLine($"with the teacher {clock.Elapsed.TotalSeconds:F1} s after the radio reached again");
        browsers.Complaints.ShouldBeEmpty();
    }

    /// <summary>As the browser does when a tab or the whole phone is put away and taken out again; a headless one shows all its pages.</summary>
    private static Task SeeAsync(IPage page, bool visible) => page.EvaluateAsync(
        """
        visible => {
          Object.defineProperty(document, "visibilityState", { value: visible ? "visible" : "hidden", configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }
        """, visible);
}
