using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>Invariant: a class whose model is away goes on with prepared text; its teacher knows why, for how long, and asks again with one press.</summary>
public sealed class OutageTest
{
    private const string Own = "Неге теректің жапырағы күзде сарғаяды?";

    [Fact]
    public async Task A_busy_model_is_told_with_its_cause_and_seconds_and_asked_again_with_one_press()
    {
        await using var model = await ProtocolServer.StartAsync();
        model.Mood = Mood.Busy;
        model.Busy = ("40", int.MaxValue);
        await using var silo = await SiloProcess.StartAsync(
            null, ("Tutor__Prepared__WordDelay", "00:00:00"), ("Tutor__Endpoint", model.Endpoint), ("Tutor__Model", "local-model"));
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync(["Айгерім", Own]);
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var aigerim = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "kk", "standard");
        await teacher.ClickAsync("start-lesson");
        await Expect(teacher.Control("end-lesson")).ToBeVisibleAsync();
        await teacher.GoToAsync("explain");

        // The author's words stand in; the seconds are the server's, and until they are over nobody asks it.
        await teacher.Starting("explain-topic-").First.ClickAsync();
        await Expect(aigerim.Page.Locator(".reading")).ToHaveAttributeAsync("data-ai", "prepared");
        await Expect(teacher.Control("stood-in")).ToBeVisibleAsync();
        await Expect(teacher.Control("again-in")).ToBeVisibleAsync();
        await Expect(teacher.Control("ask-model-again")).ToBeDisabledAsync();
        var asked = model.Received;
        await eye.WalkAsync(teacher.Page, "outage-stands-in", (390, 844), (1280, 800));

        // Of own words there is no prepared text: that is said, with the same seconds.
        await teacher.Control("explain-words").FillAsync(Own);
        await teacher.ClickAsync("explain-go");
        await Expect(teacher.Control("broken")).ToBeVisibleAsync();
        await Expect(teacher.Control("broken").GetByTestId("again-in")).ToBeVisibleAsync();
        await Expect(teacher.Control("retry-explanation")).ToBeDisabledAsync();
        await eye.WalkAsync(teacher.Page, "outage-own-words", (390, 844), (1280, 800));
        model.Received.ShouldBe(asked, "nothing is sent while it said that it is busy");

        // It is back: one press each.
        model.Mood = Mood.Normal;
        await Expect(teacher.Control("retry-explanation")).ToBeEnabledAsync(new() { Timeout = 60_000 });
        await teacher.ClickAsync("retry-explanation");
        await Expect(aigerim.Page.Locator(".reading")).ToHaveAttributeAsync("data-ai", "model");
        await Expect(aigerim.Told).ToHaveTextAsync(model.Answer);
        await teacher.Page.Locator("button.pill[aria-pressed]").First.ClickAsync();
        await teacher.ClickAsync("ask-model-again");
        await Expect(teacher.Page.GetByTestId("stood-in")).ToHaveCountAsync(0);
        await Expect(teacher.Page.Locator(".told .pill.ai")).ToBeVisibleAsync();
        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();
        silo.Failures.ShouldBeEmpty();
    }
}
