using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>
/// How a teacher's page says that nothing can be stored. That the server tells it in time is the faults' business: here its word is put
/// into the teacher's connection.
/// </summary>
public sealed class SavingTest
{
    [Fact]
    public async Task The_teacher_reads_that_nothing_can_be_stored_and_that_it_can_again()
    {
        await using var silo = await SiloProcess.StartAsync(settings: ("Tutor__Prepared__WordDelay", "00:00:00"));
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync([]);
        IWebSocketRoute? wire = null;
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false, context => context.RouteWebSocketAsync("**/hubs/**", socket =>
        {
            wire = socket;
            socket.ConnectToServer();
        }));
        await teacher.ClickAsync("start-lesson");
        await Expect(teacher.Control("end-lesson")).ToBeVisibleAsync();
        await teacher.GoToAsync("explain");
        await teacher.Starting("explain-topic-").First.ClickAsync();
        await Expect(teacher.Control("notSaving")).ToHaveCountAsync(0);

        Say(false);
        await Expect(teacher.Control("notSaving")).ToBeVisibleAsync();
        // What the words say is under the bar, on every width and however far down the teacher is.
        await eye.WalkAsync(teacher.Page, "teacher-not-saving", (360, 740), (1280, 800));

        await teacher.Page.SetViewportSizeAsync(1280, 500);
        await teacher.Page.Mouse.WheelAsync(0, 4000);
        await teacher.Page.WaitForFunctionAsync("() => scrollY > 100");
        await Expect(teacher.Control("notSaving")).ToBeInViewportAsync(new() { Ratio = 1 });
        await teacher.Page.ShootAsync("matrix/teacher-not-saving-scrolled");

        Say(true);
        await Expect(teacher.Control("notSaving")).ToHaveCountAsync(0);
        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();

        void Say(bool works) => wire!.Send($$"""{"type":1,"target":"Saving","arguments":[{{(works ? "true" : "false")}}]}""" + "\u001e");
    }
}
