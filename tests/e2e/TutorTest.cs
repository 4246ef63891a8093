using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>The tutor as people meet it: a model that speaks the protocol tells, a teacher decides, children ask.</summary>
public sealed class TutorTest
{
    private const string Kk = "Жапырақ күн сәулесін ұстайды. Ол суды тамырдан алады. Содан өсімдік өзіне қант жасайды. Ауаға оттегі шығады.";
    private const string Ru = "Лист ловит солнечный свет. Воду он берёт из корня. Из них растение делает сахар. В воздух выходит кислород.";
    private const string En = "A leaf catches the light of the sun. It takes water from the roots. From both the plant makes sugar. Oxygen leaves into the air.";
    private const string Simpler = "Жапырақ суды сабан арқылы ішкендей сорады. Тамыр сол сабанның ұшы сияқты.";
    private const string Anew = "Мұны басқаша айтайық. Жапырақ кішкентай ас үй сияқты жұмыс істейді.";
    private const string Coach = "Жапырақтың жасыл түсі хлорофилл деген заттан шығады. Ал сенің ойыңша, күзде ол зат қайда кетеді?";

    private const string Work =
        "Ауладағы терек жапырағы күнге бұрылады, себебі оған жарық керек. Мен үш күн бақыладым және суретін салдым, жапырақ санын санадым, "
        + "топырақты өлшедім, су құйдым, көлеңкедегі бұтақпен салыстырдым және оттегі туралы ойымды жаздым. Жарық көп жерде жапырақ қалың екенін байқадым. Мұны досыма да көрсетіп, түсіндіріп бердім.";

    [Fact]
    public async Task A_class_and_its_tutor()
    {
        Directory.CreateDirectory(Screens.Folder);
        await using var model = await ProtocolServer.StartAsync();
        model.AnswerTo = AnswerTo;
        await using var silo = await SiloProcess.StartAsync(
            null, ("Tutor__Endpoint", model.Endpoint), ("Tutor__Model", "local-model"), ("Tutor__NextTokenWithin", "00:00:02"),
            ("Tutor__Prepared__WordDelay", "00:00:00"), ("Tutor__Budget__Lesson", "100000"));
        await using var browsers = await Browsers.StartAsync();
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var board = await OpenBoardAsync(browsers, silo, teacher);
        var aigerim = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "kk", "simple");
        var ivan = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Иван", "ru", "standard");
        var tom = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Tom", "en", "advanced");
        await teacher.ClickAsync("start-lesson");
        await Expect(teacher.Control("end-lesson")).ToBeVisibleAsync();
        await teacher.GoToAsync("explain");

        // The teacher reads first: nobody else has a word of it.
        await teacher.ClickAsync("preview-switch");
        await teacher.Starting("explain-topic-").First.ClickAsync();
        await Expect(teacher.Control("preview-banner")).ToBeVisibleAsync();
        await Expect(teacher.Page.Locator(".told .tell")).ToContainTextAsync("оттегі шығады");
        (await aigerim.Page.Locator(".reading").CountAsync()).ShouldBe(0);
        (await board.Locator(".telling").CountAsync()).ShouldBe(0);
        await ShootBothAsync(teacher.Page, "tutor-preview");
        await teacher.ClickAsync("release-explanation");
        await Expect(teacher.Page.GetByTestId("preview-banner")).ToHaveCountAsync(0);
        await teacher.ClickAsync("preview-switch");

        // Three children, three texts of one explanation, each with its mark.
        await Expect(aigerim.Told).ToHaveTextAsync(Kk);
        await Expect(ivan.Told).ToHaveTextAsync(Ru);
        await Expect(tom.Told).ToHaveTextAsync(En);
        await Expect(board.Locator(".telling .tell")).ToHaveTextAsync(Kk);
        await Expect(board.Locator(".telling")).ToHaveAttributeAsync("data-ai", "model");
        await Expect(tom.Page.Locator(".reading")).ToHaveAttributeAsync("data-ai", "model");
        await Expect(board.Locator(".telling .pill.ai")).ToBeVisibleAsync();
        await tom.Page.Locator(".reading .pill.ai").ClickAsync();
        await Expect(tom.Page.Locator(".sheet")).ToContainTextAsync("local-model");
        await Expect(tom.Page.Locator(".sheet")).ToContainTextAsync("30");
        await tom.Page.ShootAsync("tutor-provenance-en");
        await tom.Page.Keyboard.PressAsync("Escape");

        // A pressed sentence is coloured on the teacher's screen; "again, simpler" takes up that sentence only.
        await aigerim.PressSentenceAsync(1);
        await teacher.ClickAsync("variant-kk-simple");
        await Expect(teacher.Page.Locator(".told .s").Nth(1)).ToHaveClassAsync(new Regex("h[123]"));
        await Expect(teacher.Page.Locator(".told .s").Nth(0)).Not.ToHaveClassAsync(new Regex("h[123]"));
        model.Requests.Clear();
        await teacher.ClickAsync("again-hot");
        await Expect(aigerim.Told).ToHaveTextAsync(Simpler);
        foreach (var (body, _, _) in model.Requests)
        {
            var asked = Regex.Unescape(body);
            asked.ShouldContain("Ол суды тамырдан алады");
            asked.ShouldNotContain("Содан өсімдік", Case.Sensitive);
        }

        // What a child asked stands in the teacher's field with one tap; it breaks off; she goes on from there, then tells another anew.
        await ivan.Page.Locator("nav.tools .tool").Nth(1).ClickAsync();
        await ivan.Page.Locator(".sheet input").FillAsync("Почему листья жёлтые?");
        await ivan.Page.Locator(".sheet button[type=submit]").ClickAsync();
        await teacher.Starting("explain-hand-").First.ClickAsync();
        await Expect(teacher.Control("explain-words")).ToHaveValueAsync("Почему листья жёлтые?");
        (model.Mood, model.StallAfter) = (Mood.Stalled, 10);
        await teacher.ClickAsync("explain-go");
        await Expect(teacher.Control("broken")).ToBeVisibleAsync();
        await teacher.ClickAsync("variant-kk-simple");
        await Expect(teacher.Control("continue-explanation")).ToBeVisibleAsync();
        await ShootBothAsync(teacher.Page, "tutor-broken");
        await aigerim.Page.ShootAsync("tutor-broken-kk");
        (model.Mood, model.AnswerTo) = (Mood.Normal, body => Unescaped(body).Contains("Тоқтаған жеріңнен", StringComparison.Ordinal) ? "қант жасайды." : AnswerTo(body));
        await teacher.ClickAsync("continue-explanation");
        await Expect(aigerim.Told).ToContainTextAsync("қант жасайды.");
        await Expect(aigerim.Told).ToContainTextAsync("Жапырақ күн сәулесін ұстайды.");
        // Every variant goes on, not only the one that she looks at.
        await Expect(board.Locator(".telling .tell")).ToContainTextAsync("қант жасайды.");
        await Expect(ivan.Told).ToContainTextAsync("кислород.");
        await Expect(teacher.Page.GetByTestId("broken")).ToHaveCountAsync(0);
        model.Mood = Mood.Stalled;
        await teacher.Control("explain-words").FillAsync("Күзде жапырақ неге түседі?");
        await teacher.ClickAsync("explain-go");
        await Expect(teacher.Control("broken")).ToBeVisibleAsync();
        (model.Mood, model.AnswerTo) = (Mood.Normal, body => AnswerTo(body) == Kk ? Anew : AnswerTo(body));
        await teacher.ClickAsync("retry-explanation");
        await Expect(board.Locator(".telling .tell")).ToHaveTextAsync(Anew);
        await Expect(teacher.Page.Locator(".told .tell")).ToHaveTextAsync(Anew);
        await Expect(ivan.Told).ToHaveTextAsync(Ru);
        model.AnswerTo = AnswerTo;

        // A private thread: allowed for this step, read only behind a reason, which the child sees.
        (await aigerim.Page.GetByTestId("tutor-door").CountAsync()).ShouldBe(0);
        await teacher.ClickAsync($"policy-{teacher.Step("explain")}-ask");
        await aigerim.Page.GetByTestId("tutor-door").ClickAsync();
        await aigerim.Page.GetByTestId("tutor-text").FillAsync("Жапырақ неге жасыл?");
        await aigerim.Page.GetByTestId("tutor-send").ClickAsync();
        await Expect(aigerim.Page.Locator(".exchange [data-ai=model]")).ToContainTextAsync("хлорофилл");
        await aigerim.Page.ShootAsync("tutor-thread-kk");
        await Expect(teacher.Control("card-threads")).ToContainTextAsync("Айгерім");
        await teacher.Starting("card-transcript-").First.ClickAsync();
        (await teacher.Page.GetByTestId("exchange").CountAsync()).ShouldBe(0);
        await ShootBothAsync(teacher.Page, "tutor-reason");
        await teacher.Control("transcript-reason").FillAsync("Көмек керек сияқты");
        await teacher.ClickAsync("open-transcript");
        await Expect(teacher.Control("exchange")).ToContainTextAsync("Жапырақ неге жасыл?");
        await ShootBothAsync(teacher.Page, "tutor-transcript");
        await teacher.Page.Keyboard.PressAsync("Escape");
        await Expect(aigerim.Page.GetByTestId("opening")).ToContainTextAsync("Көмек керек сияқты");
        await aigerim.Page.ShootAsync("tutor-opened-kk");
        await aigerim.Page.Keyboard.PressAsync("Escape");
        await aigerim.Page.ShootAsync("tutor-door-kk");

        // The tutor does not answer: said in words, asked again with one tap.
        model.Mood = Mood.Empty;
        await ivan.Page.GetByTestId("tutor-door").ClickAsync();
        await ivan.Page.GetByTestId("tutor-text").FillAsync("Почему осенью листья желтеют?");
        await ivan.Page.GetByTestId("tutor-send").ClickAsync();
        await Expect(ivan.Page.Locator(".exchange .bubble").Nth(1)).ToContainTextAsync(new Regex("\\S{3,}"));
        await ivan.Page.ShootAsync("tutor-failed-ru");
        model.Mood = Mood.Normal;
        // Distress comes before everything else.
        await ivan.Page.GetByTestId("tutor-text").FillAsync("я не хочу жить");
        await ivan.Page.GetByTestId("tutor-send").ClickAsync();
        await Expect(teacher.Control("card-alarm")).ToContainTextAsync("Иван");
        await Expect(teacher.Page.Locator(".signals > div").First).ToHaveAttributeAsync("data-testid", "card-alarm");
        await Expect(ivan.Page.Locator(".exchange").Last).ToContainTextAsync("111");
        await ivan.Page.Keyboard.PressAsync("Escape");
        await ShootBothAsync(teacher.Page, "tutor-alarm");
        await teacher.ClickAsync("tab-students");
        await Expect(teacher.Control("incidents")).ToBeVisibleAsync();
        await ShootBothAsync(teacher.Page, "tutor-roster");
        await teacher.ClickAsync("tab-step");
        await Expect(teacher.Control("meter")).ToBeVisibleAsync();
        await teacher.ClickAsync("meter");
        await Expect(teacher.Control("meter-tokens")).ToContainTextAsync("1");
        await teacher.Page.ShootAsync("tutor-meter");
        await teacher.Page.Keyboard.PressAsync("Escape");

        // Feedback reaches a child after the teacher's yes only; a second version stands beside the first, its new words marked.
        await teacher.ClickAsync("ai-switch");
        await Expect(teacher.Control("ai-switch")).ToHaveAttributeAsync("aria-checked", "false");
        await teacher.GoToAsync("make");
        await aigerim.WriteAndHandInAsync(Work);
        await teacher.Starting("request-feedback-").First.ClickAsync();
        await teacher.Starting("open-feedback-").First.ClickAsync();
        await Expect(teacher.Starting("release-").First).ToBeVisibleAsync();
        (await aigerim.Page.Locator(".feedback").CountAsync()).ShouldBe(0, "a draft never reaches a child");
        await teacher.Starting("release-").First.ClickAsync();
        await Expect(aigerim.Page.Locator(".feedback .item").First).ToBeVisibleAsync();
        await Expect(aigerim.Page.Locator(".feedback")).ToHaveAttributeAsync("data-ai", "prepared");
        await aigerim.Page.ShootAsync("tutor-feedback-kk");
        await aigerim.Page.Locator("section.feedback ~ button").First.ClickAsync();
        await aigerim.Page.Locator("[role=group] button").First.ClickAsync();
        await aigerim.WriteAndHandInAsync(Work + " Қосымша мысал: көлеңкедегі гүл солды.");
        if (await teacher.Page.GetByTestId("compared").CountAsync() == 0)
        {
            await teacher.Page.Locator("[data-testid^='open-work-'][aria-expanded]").First.WaitForAsync();
        }

        await Expect(teacher.Control("compared").Locator("ins")).ToContainTextAsync("көлеңкедегі гүл солды.");
        await ShootBothAsync(teacher.Page, "tutor-compared");

        // The record to keep: every AI text in it is marked, for people and for machines.
        await teacher.ClickAsync("end-lesson");
        await teacher.ClickAsync("end-lesson-yes");
        await Expect(teacher.Control("record-html")).ToBeVisibleAsync();
        await ShootBothAsync(teacher.Page, "tutor-ended");
        var download = await teacher.Page.RunAndWaitForDownloadAsync(() => teacher.ClickAsync("record-html"));
        var page = await File.ReadAllTextAsync(await download.PathAsync());
        page.ShouldContain("data-ai=\"model\"");
        page.ShouldContain("data-ai=\"prepared\"");
        page.ShouldContain("local-model");
        page.ShouldContain(Kk[..20]);
        page.ShouldNotContain("<script", Case.Insensitive);
        var kept = Path.Combine(Screens.Folder, "tutor-record.html");
        await File.WriteAllTextAsync(kept, page);
        var print = await board.Context.NewPageAsync();
        await print.GotoAsync("file://" + kept);
        await print.SetViewportSizeAsync(800, 1100);
        await print.ShootAsync("tutor-record");
        var json = await teacher.Page.RunAndWaitForDownloadAsync(() => teacher.ClickAsync("record-json"));
        json.SuggestedFilename.ShouldEndWith(".json");

        browsers.Complaints.Where(c => !c.Contains("file://", StringComparison.Ordinal)).ShouldBeEmpty();
        silo.Failures.ShouldBeEmpty();
    }

    internal static string Unescaped(string body) => Regex.Unescape(body.Replace("\\\"", "'", StringComparison.Ordinal));

    private static string? AnswerTo(string body)
    {
        var asked = Unescaped(body);
        return asked.Contains("жеке көмектесесің", StringComparison.Ordinal) ? Coach
            : asked.Contains("Пиши только по-русски", StringComparison.Ordinal) ? Ru
            : asked.Contains("Сен сабақта мұғалімге көмектесесің", StringComparison.Ordinal)
                ? asked.Contains("бұрынғыдан да қарапайым", StringComparison.Ordinal) ? Simpler : Kk
            : En;
    }

    internal static async Task<IPage> OpenBoardAsync(Browsers browsers, SiloProcess silo, Teacher teacher)
    {
        var ticket = await teacher.Page.EvaluateAsync<string>(
            "async (id) => (await (await fetch(`/api/classrooms/${id}/board-ticket`, { method: 'POST', headers: { 'content-type': 'application/json', 'X-Ortaq': '1' }, body: '{}' })).json()).ticket",
            teacher.ClassroomId);
        return await browsers.OpenAsync($"{silo.Url}/board#ticket={Uri.EscapeDataString(ticket)}&classroom={teacher.ClassroomId}", 1920, 1080);
    }

    /// <summary>The teacher's laptop, and the same page on a phone.</summary>
    private static async Task ShootBothAsync(IPage page, string name)
    {
        await page.ShootAsync(name);
        await page.SetViewportSizeAsync(360, 740);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screens.Folder, name + "-360.png"), FullPage = true });
        await page.SetViewportSizeAsync(1280, 800);
    }
}
