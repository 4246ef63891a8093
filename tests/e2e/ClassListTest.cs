using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>Invariant: the names of a class are its teacher's: kept on this server, shown on no other screen, and never sent to a model.</summary>
public sealed class ClassListTest
{
    private const string Name = "Бексұлтан Қуанышбаев";

    [Fact]
    public async Task A_class_list_is_kept_for_its_teacher_and_hides_its_names_from_the_model()
    {
        await using var model = await ProtocolServer.StartAsync();
        model.Answer = "Жақсы сұрақ. Жапырақтың түсіне қарап көр, оның қай жері бозарды?";
        await using var silo = await SiloProcess.StartAsync(
            null, ("Tutor__Prepared__WordDelay", "00:00:00"), ("Tutor__Endpoint", model.Endpoint), ("Tutor__Model", "local-model"));
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync(["Айгерім", Name, "Madina Ospanova"]);
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var board = await teacher.OpenBoardAsync(browsers, silo.Url);
        var aigerim = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "kk", "standard");
        await teacher.ClickAsync("start-lesson");
        await Expect(teacher.Control("end-lesson")).ToBeVisibleAsync();
        await teacher.ClickAsync("tab-students");

        // Too long a list is refused before it is sent, and stays where it was written.
        await teacher.Control("class-list").Locator("summary").ClickAsync();
        var text = teacher.Control("class-list-text");
        await text.FillAsync(string.Join('\n', Enumerable.Range(1, 61).Select(n => $"Оқушы {(char)('А' + (n % 30))}{(char)('а' + (n / 30))}")));
        await Expect(teacher.Control("class-list-save")).ToBeDisabledAsync();
        await eye.WalkAsync(teacher.Page, "class-list-too-long", (390, 844), (1280, 800));
        await text.FillAsync($"  {Name}\n\nMadina Ospanova\n");
        await teacher.ClickAsync("class-list-save");
        await Expect(teacher.Control("class-list").Locator("summary")).ToContainTextAsync("2");
        await eye.WalkAsync(teacher.Page, "class-list", (390, 844), (1280, 800));

        // It is there after a reload, and on no other screen.
        await teacher.Page.ReloadAsync();
        await teacher.ClickAsync("tab-students");
        await Expect(teacher.Control("class-list").Locator("summary")).ToContainTextAsync("2");
        await Expect(board.GetByText("Бексұлтан")).ToHaveCountAsync(0);

        // A child writes of a classmate who is not in the room: the name stays here.
        await teacher.GoToAsync("explain");
        await teacher.ClickAsync($"policy-{teacher.Step("explain")}-ask");
        await aigerim.Page.GetByTestId("tutor-door").ClickAsync();
        await aigerim.Page.GetByTestId("tutor-text").FillAsync("Бексұлтанның жапырағы неге бозарып кетті?");
        await aigerim.Page.GetByTestId("tutor-send").ClickAsync();
        await Expect(aigerim.Page.Locator(".exchange .bubble").Nth(1)).ToContainTextAsync("Жақсы сұрақ");
        model.Requests.ShouldContain(r => TutorTest.Unescaped(r.Body).Contains("бозарып кетті", StringComparison.Ordinal));
        model.Requests.ShouldAllBe(r => !TutorTest.Unescaped(r.Body).Contains("Бексұлтан", StringComparison.OrdinalIgnoreCase));
        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();
        silo.Failures.ShouldBeEmpty();
    }
}
