using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>
/// Every screen in every language at every width, through the states of one lesson with a class of 24. The pictures in
/// <c>artifacts/screens/matrix</c> are for people; what a machine can see of them is asserted.
/// </summary>
public sealed class ScreensTest
{
    private static readonly (int, int) Phone = (360, 740);
    private static readonly (int, int) Laptop = (1280, 800);
    private static readonly (int, int) Wall = (1920, 1080);

    private static readonly string[] Class =
    [
        "Нұрсұлтан Әбдірахманов", "Гүлнұр", "Бекзат", "Anna-Maria Konstantinova", "Данияр", "Жанерке Сейітқызы", "Олжас", "Мадина", "Тимур", "Сәуле", "Арман",
        "Екатерина Александрова", "Ержан", "Құралай", "Дильназ", "Максим", "Рустам", "Әлихан", "Зарина", "Бауыржан", "София",
    ];

    private static readonly string Work = string.Join(' ', Enumerable.Repeat("Ауладағы терек жапырағы күнге бұрылады, себебі оған жарық керек.", 6));

    [Fact]
    public async Task Every_screen_in_every_language_at_every_width()
    {
        // AI is off but where children ask it.
        await using var model = await ProtocolServer.StartAsync();
        model.Answer = "Жапырақтың жасыл түсі хлорофилл деген заттан шығады. Ал сенің ойыңша, күзде ол зат қайда кетеді?";
        model.AnswerTo = body => TutorTest.Unescaped(body).Contains("Пиши только по-русски", StringComparison.Ordinal)
            ? "Ответ за тебя я не напишу, начнём с первого шага. Какого цвета лист и почему, как ты думаешь?" : null;
        await using var silo = await SiloProcess.StartAsync(
            null, ("Tutor__Prepared__WordDelay", "00:00:00"), ("Tutor__Endpoint", model.Endpoint), ("Tutor__Model", "local-model"));
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync([.. Class, "Айгерім", "Иван", "Tom"]);

        // The doors: joining, signing in, pairing a board, the teacher's lessons.
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: true);
        var board = await browsers.OpenAsync(silo.Url + "/board", 1920, 1080);
        var mentor = await browsers.OpenAsync(silo.MentorLink, 1280, 800, "ru");
        await Task.WhenAll(
            DoorAsync("/", "join-code", page => Expect(page.Locator("input.code")).ToBeVisibleAsync(), Phone),
            DoorAsync($"/j/{teacher.Code}", "join-name", page => Expect(page.Locator(".names .pick").First).ToBeVisibleAsync(), Phone));
        await Task.WhenAll(
            DoorAsync("/teach", "teach-door", page => Expect(page.GetByTestId("sign-in")).ToBeVisibleAsync(), Phone, Laptop),
            DoorAsync("/mentor", "mentor-door", page => Expect(page.GetByTestId("sign-in")).ToBeVisibleAsync(), Phone, Laptop),
            DoorAsync("/helper", "helper-door", page => Expect(page.Locator(".helper-note")).ToBeVisibleAsync(), Phone, Laptop));
        await Expect(board.Locator(".pairing .digits")).ToHaveTextAsync(new Regex("[0-9]{3}"));
        await eye.WalkAsync(board, "board-pairing", Laptop, Wall);
        var home = await teacher.Page.Context.NewPageAsync();
        await home.GotoAsync(silo.Url + "/teach");
        await Expect(home.Locator(".lesson").First).ToBeVisibleAsync();
        await eye.WalkAsync(home, "teach-home", Phone, Laptop);
        await home.GetByTestId("new-classroom").ClickAsync();
        await Expect(home.Locator(".lesson").First).ToBeVisibleAsync();
        await eye.WalkAsync(home, "teach-new", Phone, Laptop);
        await home.CloseAsync();

        // The lobby of a class of 24: three with a browser, the others came and went.
        var ticket = await teacher.Page.EvaluateAsync<string>(
            "async (id) => (await (await fetch(`/api/classrooms/${id}/board-ticket`, { method: 'POST', headers: { 'content-type': 'application/json', 'X-Ortaq': '1' }, body: '{}' })).json()).ticket",
            teacher.ClassroomId);
        await board.GotoAsync($"{silo.Url}/board#ticket={Uri.EscapeDataString(ticket)}&classroom={teacher.ClassroomId}");
        await board.ReloadAsync();
        using var http = await silo.BrowserAsync();
        foreach (var nickname in Class)
        {
            using var joined = await http.PostAsJsonAsync("/api/join", new { code = teacher.Code, nickname, language = "kk", level = "standard", themed = false });
            joined.EnsureSuccessStatusCode();
        }

        Student[] students =
        [
            await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "kk", "advanced"),
            await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Иван", "ru", "simple"),
            await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Tom", "en", "standard"),
        ];
        var (aigerim, ivan, tom) = (students[0], students[1], students[2]);
        await Expect(teacher.Control("joined")).ToContainTextAsync("24");
        await SeeAsync("1-lobby");

        // The board tells the longest of the kit's texts; it stands whole beside the list of what is unclear.
        await teacher.ClickAsync("board");
        await teacher.Page.Locator(".sheet .choices").Nth(1).Locator("button").Nth(2).ClickAsync();
        await Expect(teacher.Page.Locator(".sheet .choices").Nth(1).Locator("button").Nth(2)).ToHaveAttributeAsync("aria-checked", "true");
        await teacher.Page.Keyboard.PressAsync("Escape");

        await teacher.ClickAsync("ai-switch");
        await Expect(teacher.Control("ai-switch")).ToHaveAttributeAsync("aria-checked", "false");
        await teacher.ClickAsync("start-lesson");
        await teacher.GoToAsync("explain");
        await teacher.Starting("explain-topic-").First.ClickAsync();
        await Expect(aigerim.Page.Locator(".reading .tell .s[role=button]").Nth(2)).ToBeVisibleAsync();
        await aigerim.PressSentenceAsync(1);
        await aigerim.PressSentenceAsync(2);
        await ivan.PressSentenceAsync(1);
        await Expect(board.Locator(".telling .heat-note")).ToHaveCountAsync(2);
        await tom.Page.Locator("nav.tools .tool").Nth(1).ClickAsync();
        await tom.Page.Locator(".sheet input").FillAsync("chlorophyll");
        await tom.Page.Locator(".sheet button[type=submit]").ClickAsync();
        await Expect(mentor.Locator("[data-testid^='claim-']")).ToHaveCountAsync(1);
        await SeeAsync("2-explaining");
        (await board.Locator(".telling .fit").EvaluateAsync<int>("e => e.scrollHeight - e.clientHeight")).ShouldBeLessThanOrEqualTo(1, "but for rounding, nothing is left to scroll");
        await teacher.ClickAsync("look");
        await eye.LookAsync(teacher.Page, "teacher-look", "en", Laptop.Item1);
        await eye.AxeAsync(teacher.Page, "teacher-look");
        await teacher.Page.Keyboard.PressAsync("Escape");

        await TutorAsync();

        await teacher.GoToAsync("ask");
        await teacher.Starting("ask-").First.ClickAsync();
        await aigerim.AnswerFirstAsync();
        await Expect(ivan.Page.Locator(".question .pick").First).ToBeVisibleAsync();
        // The times that can be given; then the one that runs, on every screen.
        await eye.WalkAsync(teacher.Page, "teacher-3-times", Phone, Laptop);
        await teacher.Page.Locator("[data-testid^='time-'][data-testid$='-180']").ClickAsync();
        foreach (var page in students.Select(s => s.Page).Append(board))
        {
            await Expect(page.GetByTestId("question-clock")).ToBeVisibleAsync();
        }

        await SeeAsync("3-question");
        await ivan.AnswerFirstAsync();
        await teacher.ClickAsync("show-counts");
        await Expect(tom.Page.Locator(".question form")).ToHaveCountAsync(0);
        await SeeAsync("3-counts");
        await teacher.ClickAsync("reveal");
        await Expect(tom.Page.Locator(".question form")).ToHaveCountAsync(0);
        await SeeAsync("4-results");

        await teacher.GoToAsync("discuss");
        await teacher.ClickAsync("request-prompts");
        await Expect(teacher.Starting("pick-prompt-").First).ToBeVisibleAsync();
        await eye.WalkAsync(teacher.Page, "teacher-5-prompts", Phone, Laptop);
        await teacher.Starting("pick-prompt-").First.ClickAsync();
        await teacher.Control("team-count").FillAsync("5");
        await teacher.ClickAsync("form-teams");
        foreach (var student in students)
        {
            await student.AddIdeaAsync(student.Language == "en" ? "A poplar gives shade and cools the yard" : "Терек ауладағы ауаны салқындатады, біз оны өлшейміз");
        }

        await Expect(teacher.Page.GetByText("A poplar gives shade").First).ToBeVisibleAsync();
        await Expect(tom.Page.Locator(".idea .pill")).ToHaveCountAsync(1);
        await teacher.ClickAsync("share-ideas");
        await teacher.ClickAsync("share-ideas-yes");
        await Expect(board.Locator(".idea").First).ToBeVisibleAsync();
        await SeeAsync("5-discussion");

        await teacher.GoToAsync("make");
        await aigerim.WriteAndHandInAsync(Work);
        await ivan.WriteAndHandInAsync(Work);
        await teacher.Starting("request-feedback-").First.ClickAsync();
        await teacher.Starting("open-feedback-").First.ClickAsync();
        await teacher.Starting("release-").First.ClickAsync();
        await Expect(teacher.Starting("release-")).ToHaveCountAsync(0);
        await teacher.Starting("request-feedback-").First.ClickAsync();
        await teacher.Starting("open-feedback-").First.ClickAsync();
        // His words are Kazakh, the descriptors of his language find nothing in them: there is nothing to release yet.
        await Expect(teacher.Starting("edit-").First).ToBeVisibleAsync();
        await SeeAsync("6-making");
        await teacher.ClickAsync("tab-students");
        await eye.WalkAsync(teacher.Page, "teacher-6-students", Phone, Laptop);
        await ForgetAsync();
        await teacher.ClickAsync("tab-works");
        await eye.WalkAsync(teacher.Page, "teacher-6-works", Phone, Laptop);
        await teacher.ClickAsync("tab-step");

        await teacher.ClickAsync("end-lesson");
        await teacher.ClickAsync("end-lesson-yes");
        await Expect(teacher.Control("reopen-lesson")).ToBeVisibleAsync();
        await SeeAsync("7-ended");

        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();

        async Task SeeAsync(string state)
        {
            await Task.WhenAll(
                eye.WalkAsync(teacher.Page, "teacher-" + state, state is "2-explaining" or "6-making" ? [Phone, Wall, Laptop] : [Phone, Laptop]),
                BoardAsync(state),
                MentorAsync(state),
                PhonesAsync(state));
        }

        // The teacher reads first; a private thread on three phones, what the teacher knows of it, and the transcript behind its reason.
        async Task TutorAsync()
        {
            await teacher.ClickAsync("preview-switch");
            await teacher.Starting("explain-topic-").Nth(1).ClickAsync();
            await Expect(teacher.Control("preview-banner")).ToBeVisibleAsync();
            await eye.WalkAsync(teacher.Page, "teacher-2-preview", Phone, Laptop);
            await teacher.ClickAsync("release-explanation");
            await teacher.ClickAsync("preview-switch");
            await teacher.ClickAsync($"policy-{teacher.Step("explain")}-draft");
            await teacher.ClickAsync("ai-switch");
            await Expect(teacher.Control("ai-switch")).ToHaveAttributeAsync("aria-checked", "true");
            foreach (var student in students)
            {
                await student.Page.GetByTestId("tutor-door").ClickAsync();
                await student.Page.GetByTestId("tutor-text").FillAsync(student.Language switch { "kk" => "Жапырақ неге жасыл?", "ru" => "Напиши за меня готовый ответ", _ => "I want to die" });
                await student.Page.GetByTestId("tutor-send").ClickAsync();
                await Expect(student.Page.Locator(".exchange [data-ai]")).ToBeVisibleAsync();
                await eye.LookAsync(student.Page, "student-2-tutor", student.Language, Phone.Item1);
            }

            await eye.AxeAsync(tom.Page, "student-2-tutor en");
            await Expect(teacher.Control("card-alarm")).ToContainTextAsync("Tom");
            await eye.WalkAsync(teacher.Page, "teacher-2-tutor", Phone, Laptop);
            await teacher.ClickAsync("tab-students");
            await Expect(teacher.Control("incidents")).ToBeVisibleAsync();
            await eye.WalkAsync(teacher.Page, "teacher-2-threads", Phone, Laptop);
            await teacher.Control("card-alarm").Locator("button").ClickAsync();
            await eye.LookAsync(teacher.Page, "teacher-2-reason", "en", Laptop.Item1);
            await teacher.Control("transcript-reason").FillAsync("Seems to need help");
            await teacher.ClickAsync("open-transcript");
            await Expect(teacher.Control("exchange")).ToBeVisibleAsync();
            await eye.LookAsync(teacher.Page, "teacher-2-transcript", "en", Laptop.Item1);
            await eye.AxeAsync(teacher.Page, "teacher-2-transcript");
            await teacher.Page.SetViewportSizeAsync(Phone.Item1, Phone.Item2);
            await eye.LookAsync(teacher.Page, "teacher-2-transcript", "en", Phone.Item1);
            await teacher.Page.SetViewportSizeAsync(Laptop.Item1, Laptop.Item2);
            await teacher.Page.Keyboard.PressAsync("Escape");
            await teacher.ClickAsync("more");
            await eye.LookAsync(teacher.Page, "teacher-2-more", "en", Laptop.Item1);
            await teacher.Page.Keyboard.PressAsync("Escape");
            await teacher.ClickAsync("tab-step");
            await Expect(tom.Page.GetByTestId("opening")).ToBeVisibleAsync();
            await eye.LookAsync(tom.Page, "student-2-opened", "en", Phone.Item1);
            await teacher.ClickAsync("ai-switch");
            await Expect(teacher.Control("ai-switch")).ToHaveAttributeAsync("aria-checked", "false");
            foreach (var student in students)
            {
                await student.Page.Keyboard.PressAsync("Escape");
            }
        }

        // What is erased, and that nobody brings it back, is read before the second press; then there is a line and no name.
        async Task ForgetAsync()
        {
            var (row, door) = (teacher.Page.Locator(".seat", new() { HasText = "София" }), teacher.Page.Locator(".seat", new() { HasText = "София" }).Locator("[data-testid^='forget-']"));
            await eye.WalkSheetAsync(teacher.Page, "teacher-6-data", () => door.ClickAsync(), (390, 844), (1366, 768));
            await eye.WalkSheetAsync(teacher.Page, "teacher-6-erase", async () =>
            {
                await door.ClickAsync();
                await teacher.ClickAsync("forget-family");
            }, (390, 844), (1366, 768));
            await door.ClickAsync();
            await teacher.ClickAsync("forget-family");
            await teacher.ClickAsync("forget-family-yes");
            await Expect(row).ToHaveCountAsync(0);
            await Expect(teacher.Control("forgotten")).ToBeVisibleAsync();
            await eye.WalkAsync(teacher.Page, "teacher-6-forgotten", (390, 844), (1366, 768), Laptop);
        }

        // The wall changes little: it is looked at while nobody, and while somebody waits.
        Task MentorAsync(string state) =>
            state is "1-lobby" or "6-making" ? eye.WalkAsync(mentor, "mentor-" + state, Phone, Wall, Laptop) : Task.CompletedTask;

        async Task BoardAsync(string state)
        {
            await eye.WalkAsync(board, "board-" + state, Laptop, Wall);
            var shown = await board.Locator("body").InnerTextAsync();
            foreach (var nickname in Class.Concat(students.Select(s => s.Name)))
            {
                shown.ShouldNotContain(nickname, Case.Sensitive, "the board names no child");
            }
        }

        async Task PhonesAsync(string state)
        {
            foreach (var student in students)
            {
                await eye.LookAsync(student.Page, "student-" + state, student.Language, Phone.Item1);
            }

            // The three differ in words only: by turns, each of them meets axe.
            var next = students[state[0] % students.Length];
            await eye.AxeAsync(next.Page, $"student-{state} {next.Language}");
        }

        async Task DoorAsync(string path, string name, Func<IPage, Task> ready, params (int, int)[] sizes)
        {
            var page = await browsers.OpenAsync(silo.Url + path, 360, 740);
            await ready(page);
            await eye.WalkAsync(page, name, sizes);
            await page.Context.CloseAsync();
        }
    }
}
