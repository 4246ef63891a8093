using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>The teacher's own phone in the hand, in a school without a model: what is urgent is on top, a sentence has its words, a work goes back and comes again.</summary>
public sealed class ConsoleTest
{
    private static readonly (int Width, int Height)[] Phones = [(390, 844), (360, 740)];
    private static readonly (int, int)[] Sizes = [(390, 844), (1366, 768)];
    private static readonly string[] Written = ["Айгерім", "Иван", "Tom", "жарық керек", "Нужен свет", "нужен свет!", "Бір мысал қосыңыз", "Рахмет", "Why so", "Почему так", "Неге солай", "солай", "так"];
    private const string Work =
        "Жапыраққа су, жарық және көмірқышқыл газы керек. Біздің терек күн түскен жақта тез өседі, ағаштың өсуі жарыққа байланысты екен. Көлеңкедегі жапырақтың түсі ақшыл болды. "
        + "Мұны өзім көрдім, ал қалғанын кітаптан оқыдым. Мен үш күн бақыладым, суретін салдым, топырағын өлшедім, су құйдым, досыма түсіндірдім және бәрін дәптеріме жазып отырдым.";

    [Fact]
    public async Task Who_waits_and_who_is_lost_stands_above_the_step_on_a_phone_and_who_comes_late_is_told_without_a_press()
    {
        Directory.CreateDirectory(Screens.Folder);
        await using var silo = await SiloProcess.StartAsync(null, ("Tutor__Prepared__WordDelay", "00:00:00"));
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync(Written);
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var aigerim = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "kk", "simple");
        var ivan = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Иван", "ru", "simple");
        await teacher.ClickAsync("start-lesson");
        await teacher.GoToAsync("explain");
        await teacher.Starting("explain-topic-").First.ClickAsync();
        foreach (var student in new[] { aigerim, ivan })
        {
            await Expect(student.Page.Locator(".reading .tell .s[role=button]").Nth(1)).ToBeVisibleAsync();
            await student.PressSentenceAsync(1);
        }

        // One sentence, said in two languages by the kit's author: one place, with the words of both.
        var lost = teacher.Page.GetByTestId("card-lost");
        await Expect(lost.Locator(".quote [lang]")).ToHaveCountAsync(2);
        await Expect(lost.GetByTestId("lost-at")).ToHaveCountAsync(1);
        await Expect(lost.Locator("h3")).ToContainTextAsync("2");
        (await lost.Locator(".quote [lang=ru]").InnerTextAsync()).ShouldContain((await ivan.Page.Locator(".reading .s.mine").InnerTextAsync()).Trim());
        (await lost.Locator(".quote [lang=kk]").InnerTextAsync()).ShouldContain((await aigerim.Page.Locator(".reading .s.mine").InnerTextAsync()).Trim());

        // Who comes late, in a language and a level that nobody had.
        var tom = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Tom", "en", "advanced");
        await Expect(tom.Told).ToContainTextAsync(new Regex("[a-z]{4}"));
        await Expect(teacher.Page.GetByTestId("variant-en-advanced")).ToContainTextAsync("✓");

        // Before the hand stands what a reader presses who is lost.
        await ivan.Page.Locator("nav button").Nth(1).ClickAsync();
        await ivan.Page.Locator("[role=dialog] input[type=text]").FillAsync("меня дома бьют каждый день");
        await ivan.Page.Locator("[role=dialog] button[type=submit]").ClickAsync();
        foreach (var (width, height) in Phones)
        {
            await teacher.Page.SetViewportSizeAsync(width, height);
            await teacher.Page.EvaluateAsync("scrollTo(0, 0)");
            var alarm = (await teacher.Page.GetByTestId("card-noticed").BoundingBoxAsync())!;
            (alarm.Y + alarm.Height).ShouldBeLessThanOrEqualTo(height, $"the alarm is whole on the first screen of {width}x{height}");
            var step = (await teacher.Page.Locator(".step-head").BoundingBoxAsync())!;
            foreach (var card in new[] { "card-noticed", "card-lost", "card-hands" })
            {
                (await teacher.Page.GetByTestId(card).BoundingBoxAsync())!.Y.ShouldBeLessThan(step.Y, $"{card} at {width}");
            }

            // Who has scrolled down is told, and one press leads there.
            await teacher.Page.EvaluateAsync("scrollTo(0, document.body.scrollHeight)");
            await teacher.ClickAsync("to-urgent");
            await Expect(teacher.Page.GetByTestId("card-noticed")).ToBeInViewportAsync();
            await Expect(teacher.Page.GetByTestId("to-urgent")).ToBeHiddenAsync();
        }

        // The same teacher at a second screen: what is done on the one stands on the other.
        var second = await teacher.Page.Context.NewPageAsync();
        await second.SetViewportSizeAsync(390, 844);
        await second.GotoAsync(teacher.Page.Url);
        await second.Locator("[data-testid^=claim-]").ClickAsync();
        await Expect(teacher.Starting("claim-")).ToHaveCountAsync(0);
        await Expect(teacher.Page.GetByTestId("card-hands")).ToBeVisibleAsync();
        await second.CloseAsync();

        await eye.WalkAsync(teacher.Page, "console-urgent", Sizes);
        await teacher.Page.SetViewportSizeAsync(1366, 768);

        // There is no AI here, and the console says what works all the same.
        // The walk ended in English.
        await teacher.ClickAsync("no-ai");
        await eye.LookAsync(teacher.Page, "console-no-ai", "en", 1366);
        await teacher.Page.Keyboard.PressAsync("Escape");

        // Prepared text is told again as a whole, and the button says so.
        await Expect(lost.GetByTestId("again-hot")).ToHaveCountAsync(1);
        await lost.GetByTestId("again-hot").ClickAsync();
        await Expect(lost).ToHaveCountAsync(0);

        // The wrong child was removed: it has its seat back, and comes in by its name.
        await teacher.ClickAsync("tab-students");
        await teacher.Page.Locator("li.seat", new() { HasTextString = "Tom" }).Locator("[data-testid^=remove-]").ClickAsync();
        await teacher.Page.Locator(".sheet [data-testid$='-yes']").ClickAsync();
        await teacher.Page.GetByTestId("removed").Locator("summary").ClickAsync();
        await eye.LookAsync(teacher.Page, "console-removed", "en", 1366);
        await teacher.Starting("bring-back-").First.ClickAsync();
        await Expect(teacher.Page.GetByTestId("removed")).ToHaveCountAsync(0);
        await tom.Page.ReloadAsync();
        await Expect(tom.Told).ToContainTextAsync(new Regex("[a-z]{4}"));
        await teacher.ClickAsync("tab-step");

        // A step without devices: said once, and nobody is missed.
        await aigerim.OfflineAsync(true);
        await Expect(teacher.Page.GetByTestId("card-away")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await teacher.GoToAsync("unplugged");
        await Expect(teacher.Page.GetByTestId("card-away")).ToHaveCountAsync(0);
        var unplugged = new Regex("[Ққ]ұрылғысыз|[Бб]ез устройств|[Nn]o devices");
        await Expect(teacher.Page.Locator(".step-head .muted").First).ToContainTextAsync(unplugged);
        unplugged.Count(await teacher.Page.Locator(".step-head .muted").First.InnerTextAsync()).ShouldBe(1, "it is said once");
        await aigerim.OfflineAsync(false);

        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();
        silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_question_of_ones_own_answers_that_are_alike_a_work_that_goes_back_and_feedback_of_one_descriptor()
    {
        Directory.CreateDirectory(Screens.Folder);
        await using var silo = await SiloProcess.StartAsync(null, ("Tutor__Prepared__WordDelay", "00:00:00"));
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync(Written);
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var aigerim = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "kk", "simple");
        var ivan = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Иван", "ru", "standard");
        var tom = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Tom", "en", "advanced");
        await teacher.ClickAsync("start-lesson");
        await teacher.GoToAsync("ask");

        // Its key and its why, in three languages; each child reads its own.
        await teacher.ClickAsync("own-question");
        await teacher.ClickAsync("own-kind-single");
        await teacher.Control("own-three").CheckAsync();
        foreach (var (field, kk, ru, en) in new[] { ("own-text", "Неге солай?", "Почему так?", "Why so?"), ("own-why", "Себебі солай", "Потому что так", "") })
        {
            await teacher.Control(field).FillAsync(kk);
            await teacher.Control(field + "-ru").FillAsync(ru);
            await teacher.Control(field + "-en").FillAsync(en);
        }

        foreach (var i in new[] { 0, 1 })
        {
            await teacher.Control($"own-option-{i}").FillAsync(i == 0 ? "жарық керек" : "су");
        }

        await teacher.Control("own-right-0").CheckAsync();
        await eye.WalkAsync(teacher.Page, "console-own-question", Sizes);
        await teacher.Page.SetViewportSizeAsync(1366, 768);
        await teacher.ClickAsync("own-ask");
        await Expect(tom.Page.Locator(".question")).ToContainTextAsync("Why so?");
        await Expect(ivan.Page.Locator(".question")).ToContainTextAsync("Почему так?");
        await tom.AnswerFirstAsync();
        await teacher.ClickAsync("show-counts");
        await teacher.ClickAsync("reveal");
        await Expect(ivan.Page.GetByText("Потому что так").First).ToBeVisibleAsync();
        await Expect(tom.Page.GetByText("Себебі солай").First).ToBeVisibleAsync();

        // Open answers that say the same stand together; a question that was closed too early takes answers again.
        await teacher.ClickAsync("own-kind-open");
        await teacher.Control("own-text").FillAsync("Неге солай?");
        await teacher.ClickAsync("own-ask");
        foreach (var (student, text) in new[] { (aigerim, "жарық керек"), (ivan, "Нужен свет") })
        {
            await AnswerAsync(student, text);
        }

        await teacher.Page.Locator("[data-testid^=close-]").Last.ClickAsync();
        await Expect(tom.Page.Locator(".question textarea")).ToHaveCountAsync(0);
        await teacher.Starting("reopen-").First.ClickAsync();
        await AnswerAsync(tom, "нужен свет!");
        await teacher.Starting("group-answers-").First.ClickAsync();
        await Expect(teacher.Page.GetByTestId("alike")).ToHaveCountAsync(2);
        await Expect(teacher.Page.GetByTestId("alike").First.Locator("li")).ToHaveCountAsync(2);
        await eye.WalkAsync(teacher.Page, "console-alike", Sizes);
        await teacher.Page.SetViewportSizeAsync(1366, 768);
        await teacher.Starting("apart-").Last.ClickAsync();
        await Expect(teacher.Page.GetByTestId("alike")).ToHaveCountAsync(3);
        await teacher.Starting("join-").First.SelectOptionAsync(new SelectOptionValue { Index = 2 });
        await Expect(teacher.Page.GetByTestId("alike")).ToHaveCountAsync(2);

        // Who has not handed in is named; a work goes back with a sentence, and comes again.
        await teacher.GoToAsync("make");
        await Expect(teacher.Control("not-handed-in")).ToContainTextAsync(new Regex("Айгерім.*Иван", RegexOptions.Singleline));
        await aigerim.WriteAndHandInAsync(Work);
        await Expect(teacher.Control("not-handed-in")).Not.ToContainTextAsync("Айгерім");
        await teacher.Starting("return-work-").First.ClickAsync();
        await teacher.Starting("return-text-").First.FillAsync("Бір мысал қосыңыз");
        await eye.WalkAsync(teacher.Page, "console-return", Sizes);
        await teacher.Page.SetViewportSizeAsync(1366, 768);
        await teacher.Starting("return-send-").First.ClickAsync();
        await Expect(aigerim.Page.GetByTestId("returned")).ToContainTextAsync("Бір мысал қосыңыз");
        await Expect(aigerim.Page.Locator(".editor textarea").First).ToHaveValueAsync(Work);
        await aigerim.Page.SetViewportSizeAsync(320, 1500);
        await eye.LookAsync(aigerim.Page, "console-returned", "kk", 320);
        await aigerim.Page.Locator(".editor textarea").First.FillAsync(Work + " Мысалы, терек.");
        await aigerim.Page.Locator(".editor > button").ClickAsync();
        await aigerim.Page.Locator(".editor [role=group] button").First.ClickAsync();
        await Expect(aigerim.Page.Locator(".editor")).ToHaveCountAsync(0);
        await Expect(aigerim.Page.GetByTestId("returned")).ToHaveCountAsync(0);

        // One descriptor is kept back; the child's reply is a card.
        await teacher.Starting("request-feedback-").First.ClickAsync();
        await teacher.Starting("open-feedback-").First.ClickAsync();
        var feedback = teacher.Page.GetByTestId("queue").Locator("article.feedback");
        await Expect(feedback.Locator(".fb-item").First).ToBeVisibleAsync();
        var said = await feedback.Locator(".fb-item").CountAsync();
        await feedback.Locator("[data-testid^=give-]").First.UncheckAsync();
        await Expect(feedback.Locator(".fb-item.held")).ToHaveCountAsync(1);
        await eye.WalkAsync(teacher.Page, "console-held", Sizes);
        await teacher.Page.SetViewportSizeAsync(1366, 768);
        await feedback.Locator("[data-testid^=release-]:enabled").ClickAsync();
        await Expect(aigerim.Page.Locator(".feedback h2")).ToBeVisibleAsync();
        (await aigerim.Page.Locator(".feedback .item").CountAsync()).ShouldBeLessThan(said);
        await aigerim.Page.Locator(".feedback textarea").FillAsync("Рахмет");
        await aigerim.Page.Locator(".feedback button[type=submit]").ClickAsync();
        await Expect(teacher.Page.GetByTestId("card-replies")).ToContainTextAsync("Рахмет");
        await eye.WalkAsync(teacher.Page, "console-replies", Sizes);
        await teacher.Starting("reply-seen-").First.ClickAsync();
        await Expect(teacher.Page.GetByTestId("card-replies")).ToHaveCountAsync(0);

        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();
        silo.Failures.ShouldBeEmpty();
    }

    private static async Task AnswerAsync(Student student, string text)
    {
        var form = student.Page.Locator(".question form").Last;
        await form.Locator("textarea").FillAsync(text);
        await form.Locator("button[type=submit]").ClickAsync();
        await Expect(student.Page.Locator(".question .own").Last).ToContainTextAsync(text);
    }
}
