using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>Type that fills the board: an explanation of sixty words, a question, a discussion, and a header that is read from eight metres, in each language and size.</summary>
public sealed class BoardTypeTest(Xunit.Abstractions.ITestOutputHelper output)
{
    private const string Kk =
        "Жапырақ күн сәулесін ұстап алады және одан күш жинайды. Тамыр суды топырақтан сорып, сабақ арқылы жоғары көтереді. Ауадан көмірқышқыл газы ұсақ саңылаулармен ішке кіреді. "
        + "Осы екеуінен өсімдік өзіне қант жасайды. Қант алма ағашының діңін, тамырын және тәтті жемісін өсіруге жұмсалады. "
        + "Ал артық оттегі қайтадан ауаға шығады, біз онымен дем аламыз. Сондықтан ауладағы терек көлеңке ғана емес, таза ауа да береді.";

    private const string Ru =
        "Лист ловит солнечный свет и берёт из него силу. Корень пьёт воду из земли, и по стеблю она поднимается вверх. Углекислый газ входит из воздуха через маленькие отверстия. "
        + "Из воды и газа растение делает сахар и хранит его в стебле. Сахар идёт на рост ствола, корня и сладкого яблока. "
        + "А лишний кислород выходит через те же отверстия, и мы им дышим. Поэтому тополь во дворе даёт тень и воздух.";

    private const string En =
        "A leaf catches the light of the sun and takes its energy from it. The roots drink water from the soil, and the stem lifts it up. Carbon dioxide enters from the air through tiny holes. "
        + "From both the plant makes sugar and keeps it. Sugar builds the trunk, the root and the sweet apple. The rest of the oxygen leaves, and we breathe it.";

    private static readonly (string Language, string Text)[] Texts = [("kk", Kk), ("ru", Ru), ("en", En)];
    private static readonly (int Width, int Height)[] Sizes = [(1280, 720), (1366, 768), (3840, 2160), (1920, 1080)];

    [Fact]
    public async Task An_explanation_of_sixty_words_fills_the_board_and_nothing_is_cut_off()
    {
        Directory.CreateDirectory(Screens.Folder);
        await using var model = await ProtocolServer.StartAsync();
        model.AnswerTo = body => TutorTest.Unescaped(body) switch
        {
            var b when b.Contains("Write in English only", StringComparison.Ordinal) => En,
            var b when b.Contains("Тек қазақ тілінде", StringComparison.Ordinal) => Kk,
            _ => Ru,
        };
        await using var silo = await SiloProcess.StartAsync(null, ("Tutor__Endpoint", model.Endpoint), ("Tutor__Model", "local-model"), ("Tutor__Prepared__WordDelay", "00:00:00"));
        await using var browsers = await Browsers.StartAsync();
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var board = await teacher.OpenBoardAsync(browsers, silo.Url);
        var aigerim = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "kk", "standard");
        await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Иван", "ru", "standard");
        await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Tom", "en", "standard");
        await teacher.ClickAsync("start-lesson");
        await teacher.GoToAsync("explain");
        foreach (var (language, text) in Texts)
        {
            text.Split(' ').Length.ShouldBeInRange(60, 70);
            await ExplainInAsync(teacher, language);
            await Expect(board.Locator(".telling .tell")).ToHaveTextAsync(text);
            await Expect(board.Locator(".cursor")).ToHaveCountAsync(0);
            foreach (var (width, height) in Sizes)
            {
                await WholeAsync(board, width, height, ".telling .fit");
                var units = await UnitsAsync(board, ".telling .tell");
                output.WriteLine($"type: {text.Split(' ').Length} words, {language}, {width}x{height}: {units:0} px of 1080");
                // A whole number of units, which the browser's pixels make a hair less.
                Math.Round(units, 1).ShouldBeGreaterThanOrEqualTo(56, $"{language} at {width}x{height}");
                await HeaderAsync(board, $"{language} at {width}x{height}");
            }

            await board.ShootAsync("type-explanation-" + language);
        }

        // Where the class is lost moves no word, and the teacher takes it off the board.
        await ExplainInAsync(teacher, "kk");
        await Expect(board.Locator(".telling .tell")).ToHaveTextAsync(Kk);
        await Expect(aigerim.Told.First).ToHaveTextAsync(Kk);
        var before = await board.Locator(".telling .s").EvaluateAllAsync<float[]>("all => all.map(e => e.getBoundingClientRect().top)");
        await aigerim.PressSentenceAsync(1);
        await Expect(board.Locator(".telling .heat-note")).ToHaveTextAsync("1");
        await board.ShootAsync("type-heat");
        (await board.Locator(".telling .s").EvaluateAllAsync<float[]>("all => all.map(e => e.getBoundingClientRect().top)")).ShouldBe(before);
        await board.GetByTestId("show-heat").ClickAsync();
        await Expect(board.Locator(".telling .heat-note")).ToHaveCountAsync(0);
        await teacher.ClickAsync("board");
        await Expect(teacher.Control("show-heat")).ToHaveAttributeAsync("aria-checked", "false");
        await teacher.ClickAsync("show-heat");
        await Expect(board.Locator(".telling .heat-note")).ToHaveCountAsync(1);
        await teacher.Page.Keyboard.PressAsync("Escape");

        // A minute more, from the board and from the console; the whole screen.
        var clock = board.GetByTestId("step-clock").Locator("b");
        var left = await SecondsAsync(clock);
        await board.GetByTestId("ink-pen").ClickAsync();
        await board.GetByTestId("add-minute").ClickAsync();
        await teacher.ClickAsync("add-minute");
        // Above what one minute alone can show: both have come.
        await board.WaitForFunctionAsync("least => { const [m, s] = document.querySelector('[data-testid=step-clock] b').innerText.split(':').map(Number); return m * 60 + s > least; }", left + 60);
        (await SecondsAsync(clock)).ShouldBeLessThanOrEqualTo(left + 120);
        await board.GetByTestId("full-screen").ClickAsync();
        (await board.EvaluateAsync<bool>("() => document.fullscreenElement !== null")).ShouldBeTrue();
        await board.GetByTestId("full-screen").ClickAsync();

        // The question first: no phone has the answers, until the teacher shows them at the board.
        await teacher.GoToAsync("ask");
        await teacher.Starting("stem-").First.ClickAsync();
        await Expect(board.Locator(".asking h2")).ToBeVisibleAsync();
        await Expect(board.Locator(".options li")).ToHaveCountAsync(0);
        await Expect(aigerim.Page.Locator(".question h2")).ToBeVisibleAsync();
        await Expect(aigerim.Page.Locator(".question .pick")).ToHaveCountAsync(0);
        await aigerim.Page.ShootAsync("type-stem-student");
        await board.ShootAsync("type-stem");
        await board.GetByTestId("show-options").ClickAsync();
        await Expect(board.Locator(".options li").First).ToBeVisibleAsync();
        await board.ShootAsync("type-options");
        await QuestionTimeAsync(teacher, board, aigerim.Page);
        await aigerim.AnswerFirstAsync();

        // The discussion has a clock of its own: it is the only one. More ideas than the panel holds come in pages, each of them whole.
        await teacher.GoToAsync("discuss");
        await teacher.ClickAsync("ai-switch");
        await teacher.ClickAsync("request-prompts");
        await teacher.Starting("pick-prompt-").First.ClickAsync();
        await Expect(board.Locator(".talking")).ToBeVisibleAsync();
        await Expect(board.Locator("[role=timer]")).ToHaveCountAsync(1);
        await teacher.Control("team-count").FillAsync("1");
        await teacher.ClickAsync("form-teams");
        for (var i = 0; i < 9; i++)
        {
            await aigerim.AddIdeaAsync($"Терек ауладағы ауаны салқындатады, біз оны күн сайын таңертең және кешке өлшеп, кестеге жазып отырамыз ({i + 1})");
            await Expect(aigerim.Page.Locator(".idea")).ToHaveCountAsync(i + 1);
        }

        await teacher.ClickAsync("share-ideas");
        await teacher.ClickAsync("share-ideas-yes");
        await Expect(board.Locator(".idea")).ToHaveCountAsync(9);
        var seen = new HashSet<string>();
        foreach (var (width, height) in Sizes)
        {
            await WholeAsync(board, width, height, ".talking .fit");
        }

        for (var pages = 1; ; pages++)
        {
            pages.ShouldBeLessThan(10);
            var ideas = await board.Locator(".page > :not(.later)").EvaluateAllAsync<string[]>(
                "all => { const page = document.querySelector('.page').getBoundingClientRect(); return all.filter(e => e.getBoundingClientRect().bottom <= page.bottom + 1).map(e => e.innerText); }");
            ideas.Length.ShouldBe(await board.Locator(".page > :not(.later)").CountAsync(), "each of them whole");
            seen.UnionWith(ideas);
            if (pages == 1)
            {
                await board.ShootAsync("type-ideas");
            }

            if (await board.GetByTestId("page-on").IsDisabledAsync())
            {
                break;
            }

            await board.GetByTestId("page-on").ClickAsync();
        }

        seen.Count.ShouldBe(9);
        browsers.Complaints.ShouldBeEmpty();
        silo.Failures.ShouldBeEmpty();
    }

    // The question has a time of its own: it is the board's only clock, as large as the step's, and whole in each language and size.
    private static async Task QuestionTimeAsync(Teacher teacher, IPage board, IPage phone)
    {
        await Expect(board.GetByTestId("step-clock")).ToBeVisibleAsync();
        var clock = board.GetByTestId("question-clock");
        await teacher.Page.Locator("[data-testid^='time-'][data-testid$='-180']").ClickAsync();
        await Expect(clock.Locator("[role=timer]")).ToBeVisibleAsync();
        await Expect(board.GetByTestId("step-clock")).ToHaveCountAsync(0);
        await Expect(phone.GetByTestId("question-clock").Locator("[role=timer]")).ToBeVisibleAsync();
        var left = await SecondsAsync(clock.Locator("b"));
        await board.GetByTestId("time-question").ClickAsync();
        await board.WaitForFunctionAsync("least => { const [m, s] = document.querySelector('[data-testid=question-clock] b').innerText.split(':').map(Number); return m * 60 + s > least; }", left);
        // Who comes back has the same time left.
        await phone.ReloadAsync();
        await Expect(phone.GetByTestId("question-clock").Locator("[role=timer]")).ToBeVisibleAsync();
        await EachAsync("type-time", seconds: true);
        await phone.ShootAsync("type-time-student");
        await teacher.Page.ShootAsync("type-time-teacher");

        // Five minutes later, as far as these screens know.
        foreach (var page in new[] { board, phone, teacher.Page })
        {
            await page.EvaluateAsync("() => { const now = Date.now; Date.now = () => now() + 300_000; }");
        }

        await Expect(clock.Locator("[role=timer]")).ToHaveCountAsync(0);
        await EachAsync("type-time-over", seconds: false);
        await Expect(phone.Locator("[data-testid=question-clock] [role=status]")).ToHaveTextAsync("Уақыт бітті. Мұғалім жауап қабылдауды аяқтағанша жауап бере аласыз.");
        await Expect(phone.Locator(".question .pick").First).ToBeEnabledAsync();
        await phone.ShootAsync("type-time-over-student");
        // What is most likely next is full, and the others are lines; none changes its place under a finger.
        await Expect(teacher.Page.Locator(".question.live > .row.wrap:last-child button.btn:not(.line):not(.quiet)")).ToHaveAttributeAsync("data-testid", new Regex("^close-"));
        await teacher.Page.ShootAsync("type-time-over-teacher");
        foreach (var page in new[] { board, phone, teacher.Page })
        {
            await page.EvaluateAsync("() => { const now = Date.now; Date.now = () => now() - 300_000; }");
        }

        async Task EachAsync(string name, bool seconds)
        {
            foreach (var language in Inspector.Languages.Reverse())
            {
                await SpeakAsync(teacher, language);
                await Expect(board.Locator("html")).ToHaveAttributeAsync("lang", language);
                foreach (var (width, height) in Sizes)
                {
                    var where = $"{name}, {language} at {width}x{height}";
                    await WholeAsync(board, width, height, ".asking .fit");
                    (await UnitsAsync(board, "[data-testid=question-clock] b")).ShouldBeGreaterThanOrEqualTo(seconds ? 70 : 42, where);
                    (await board.Locator("[role=timer]").CountAsync()).ShouldBe(seconds ? 1 : 0, where);
                    var cut = await board.Locator("[data-testid=question-clock] > *").EvaluateAllAsync<bool[]>(
                        "all => all.map(e => { const [at, card] = [e, e.closest('.card')].map(x => x.getBoundingClientRect()); return e.scrollWidth > e.clientWidth + 1 || at.right > card.right || at.bottom > card.bottom; })");
                    cut.ShouldBe([false, false], where);
                }

                await board.ShootAsync($"{name}-{language}");
            }
        }
    }

    private static async Task ExplainInAsync(Teacher teacher, string language)
    {
        await SpeakAsync(teacher, language);
        await teacher.Starting("explain-topic-").First.ClickAsync();
    }

    // An explanation stays in the language in which it was begun.
    private static async Task SpeakAsync(Teacher teacher, string language)
    {
        await teacher.ClickAsync("board");
        var choice = teacher.Page.Locator(".sheet .choices").First.Locator("button").Nth(Array.IndexOf(Inspector.Languages, language));
        await choice.ClickAsync();
        await Expect(choice).ToHaveAttributeAsync("aria-checked", "true");
        await teacher.Page.Keyboard.PressAsync("Escape");
    }

    // All of it is seen: in its box nothing is left to scroll, and the page is the window's.
    private static async Task WholeAsync(IPage board, int width, int height, string box)
    {
        await board.SetViewportSizeAsync(width, height);
        await board.WaitForFunctionAsync("box => { const e = document.querySelector(box); return e && e.scrollHeight <= e.clientHeight + 1 && e.scrollWidth <= e.clientWidth + 1; }", box);
        (await board.EvaluateAsync<bool>("() => document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue();
    }

    private static async Task HeaderAsync(IPage board, string where)
    {
        (await UnitsAsync(board, ".corner small")).ShouldBeGreaterThanOrEqualTo(34, "the address, " + where);
        (await UnitsAsync(board, ".corner b")).ShouldBeGreaterThanOrEqualTo(50, "the code, " + where);
        (await UnitsAsync(board, ".clock b")).ShouldBeGreaterThanOrEqualTo(70, "the time of the step, " + where);
        (await board.Locator("[role=timer]").CountAsync()).ShouldBe(1, where);
        var cut = await board.Locator(".corner b, .corner small, .clock b").EvaluateAllAsync<bool[]>("all => all.map(e => e.scrollWidth > e.clientWidth + 1 || e.getBoundingClientRect().right > innerWidth)");
        cut.ShouldAllBe(c => !c, where);
    }

    // The size of the type on a board of 1920 x 1080: what a class sees of it is the same on each.
    private static Task<double> UnitsAsync(IPage board, string what) =>
        board.Locator(what).First.EvaluateAsync<double>("e => parseFloat(getComputedStyle(e).fontSize) / Math.min(innerWidth / 1920, innerHeight / 1080)");

    private static async Task<int> SecondsAsync(ILocator clock)
    {
        var parts = (await clock.InnerTextAsync()).Split(':');
        return (int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture) * 60) + int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
