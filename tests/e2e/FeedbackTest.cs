using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>
/// Feedback in a school without a model: evidence and no verdict. The teacher opens each draft before it goes, judges where there is something to judge, and a
/// child reads words, with a verdict only where the teacher gave one.
/// </summary>
public sealed class FeedbackTest
{
    private static readonly (int, int)[] Phones = [(390, 1500), (320, 1700)];

    private const string Kk =
        "Жапыраққа су, жарық және көмірқышқыл газы керек. Біздің терек күн түскен жақта тез өседі, ағаштың өсуі жарыққа байланысты екен. Көлеңкедегі жапырақтың түсі ақшыл болды. "
        + "Мұны өзім көрдім, ал қалғанын кітаптан оқыдым. Мен үш күн бақыладым, суретін салдым, топырағын өлшедім, су құйдым, досыма түсіндірдім және бәрін дәптеріме жазып отырдым.";

    private const string En =
        "A leaf needs water, light and carbon dioxide. The poplar in our yard grows faster on the sunny side, so its growth depends on light. In the shade I noticed a pale leaf colour. "
        + "I read the rest in a book. I watched it for three days, drew it, measured the soil, watered it and told my friend.";

    private const string Short = "Вчера играли во дворе.";

    [Fact]
    public async Task A_child_reads_words_without_a_verdict_after_the_teacher_opened_them()
    {
        Directory.CreateDirectory(Screens.Folder);
        // A model that is configured and does not answer: there is a door to it, and prepared feedback stands in.
        await using var model = await ProtocolServer.StartAsync();
        model.Mood = Mood.Broken;
        await using var silo = await SiloProcess.StartAsync(null, ("Tutor__Prepared__WordDelay", "00:00:00"), ("Tutor__Endpoint", model.Endpoint), ("Tutor__Model", "local-model"));
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync(["Айгерім", "Иван", "Tom", Short]);
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var aigerim = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "kk", "simple");
        var ivan = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Иван", "ru", "standard");
        var tom = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Tom", "en", "advanced");
        await teacher.ClickAsync("start-lesson");
        await Expect(teacher.Control("end-lesson")).ToBeVisibleAsync();
        await teacher.GoToAsync("make");

        // The assistant is asked after an own draft only, and says how much is missing.
        await ivan.Page.GetByTestId("tutor-door").ClickAsync();
        await Expect(ivan.Page.GetByTestId("own-draft-first")).ToContainTextAsync("40");
        (await ivan.Page.GetByTestId("tutor-text").CountAsync()).ShouldBe(0);
        await ivan.Page.ShootAsync("feedback-own-draft-first-ru");
        await ivan.Page.Keyboard.PressAsync("Escape");

        // Less than is asked for can be handed in: the child is told what is missing, and asked once.
        await ivan.Page.Locator(".editor textarea").First.FillAsync(Short);
        await Expect(ivan.Page.GetByTestId("lacks")).ToContainTextAsync("36");
        await Expect(ivan.Page.Locator(".editor > button")).ToHaveCountAsync(0, new() { Timeout = 5_000 });
        foreach (var student in new[] { ivan, aigerim, tom })
        {
            await student.WriteAndHandInAsync(student.Language switch { "kk" => Kk, "ru" => Short, _ => En }, () => LookAsync(student, "feedback-hand-in"));
        }

        // Three drafts wait, folded; nothing can be approved before it was opened.
        await teacher.ClickAsync("drafts-all");
        await Expect(teacher.Starting("open-feedback-")).ToHaveCountAsync(3);
        await Expect(teacher.Page.GetByTestId("approve-read")).ToBeDisabledAsync();
        await Expect(teacher.Control("unread")).ToContainTextAsync("3");
        await Expect(teacher.Page.Locator("[data-testid=queue] .fb-item")).ToHaveCountAsync(0);
        foreach (var name in new[] { "Айгерім", "Tom" })
        {
            await teacher.Page.Locator("article.feedback", new() { HasTextString = name }).Locator("[data-testid^=open-feedback-]").ClickAsync();
        }

        var draft = teacher.Page.Locator("article.feedback", new() { HasTextString = "Айгерім" });
        await Expect(draft.Locator(".fb-item").First).ToContainTextAsync("Жапыраққа су, жарық");
        await Expect(draft.Locator(".pill.ok, .pill.warn")).ToHaveCountAsync(0);
        await Expect(teacher.Control("unread")).ToContainTextAsync("1");
        (await aigerim.Page.Locator(".feedback").CountAsync()).ShouldBe(0, "a draft never reaches a child");
        await eye.WalkAsync(teacher.Page, "feedback-drafts", [.. Phones, (1280, 800)]);

        // What was opened goes, the other waits.
        await teacher.ClickAsync("approve-read");
        await Expect(aigerim.Page.Locator(".feedback .item .said").First).ToContainTextAsync("Жапыраққа су, жарық");
        await Expect(aigerim.Page.Locator(".feedback .pill.ok, .feedback .pill.warn, .feedback .item .pill")).ToHaveCountAsync(0);
        (await ivan.Page.Locator(".feedback").CountAsync()).ShouldBe(0);
        await Expect(tom.Page.Locator(".feedback .item .said").First).ToContainTextAsync("A leaf needs water");
        await Expect(tom.Page.Locator(".feedback .item .pill")).ToHaveCountAsync(0);
        await LookAsync(aigerim, "feedback-child");
        await LookAsync(tom, "feedback-child");

        // A draft without evidence says nothing until the teacher does: a verdict, and the author's next step with it.
        await teacher.Starting("open-feedback-").First.ClickAsync();
        var other = teacher.Page.Locator("article.feedback", new() { HasTextString = "Иван" });
        await Expect(other.Locator("[data-testid^=release-]")).ToBeDisabledAsync();
        await Expect(teacher.Page.GetByTestId("approve-read")).ToBeDisabledAsync();
        await teacher.Starting("edit-").First.ClickAsync();
        await teacher.ClickAsync("verdict-links-light-notYet");
        await Expect(other.Locator("fieldset").Nth(1).Locator("textarea")).ToHaveValueAsync(new Regex("солнце"));
        await teacher.ClickAsync("verdict-links-light-partly");
        await Expect(other.Locator("fieldset").Nth(1).Locator("textarea")).ToHaveValueAsync(new Regex("потому что"));
        await eye.WalkAsync(teacher.Page, "feedback-editor", [(390, 2400), (320, 2600), (1280, 1600)]);
        await teacher.Starting("save-").First.ClickAsync();
        await other.Locator("[data-testid^=release-]:enabled").ClickAsync();
        await Expect(ivan.Page.Locator(".feedback .item")).ToHaveCountAsync(1);
        await Expect(ivan.Page.Locator(".feedback .item .pill.warn")).ToHaveCountAsync(1);
        await Expect(ivan.Page.Locator(".feedback .item")).ToContainTextAsync("потому что");
        await LookAsync(ivan, "feedback-child");

        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();
        silo.Failures.ShouldBeEmpty();

        async Task LookAsync(Student student, string name)
        {
            foreach (var (width, height) in Phones)
            {
                await student.Page.SetViewportSizeAsync(width, height);
                await eye.LookAsync(student.Page, name, student.Language, width);
            }
        }
    }
}
