using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>Formulas and tables of a kit on the board, the phones and the console: set, whole, named, under the page's own policy; and a page that cannot fetch what sets them.</summary>
public sealed class FormulasTest(ITestOutputHelper output)
{
    private const string Equation = "$$\\ce{6CO2 + 6H2O ->[\\text{{0}}] C6H12O6 + 6O2}$$";

    // What breaks a page's policy is told to nobody else.
    private const string Policy = "window.__broken = []; addEventListener('securitypolicyviolation', e => __broken.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}`));";

    private static readonly (int Width, int Height)[] Boards = [(1280, 720), (1920, 1080)];

    private static string Tri(string indent, Func<string, string> text) =>
        string.Concat(Inspector.Languages.Select(l => $"{indent}{l}: |\n{string.Concat(text(l).Split('\n').Select(line => $"{indent}  {line}\n"))}"));

    private static string Word(string language, string kk, string ru, string en) => language switch { "kk" => kk, "ru" => ru, _ => en };

    private static string Kit()
    {
        string Light(string l) => Equation.Replace("{0}", Word(l, "жарық", "свет", "light"), StringComparison.Ordinal);
        string Table(string l) => $"| {Word(l, "Жыл", "Год", "Year")} | {Word(l, "Бөлігі", "Доля", "Share")} |\n|---|---:|\n| 1 | $\\frac{{1}}{{2}}$ |\n| 2 | **$\\frac{{3}}{{4}}$** |";
        string Wide(string l) => "|" + string.Concat(Enumerable.Range(1, 8).Select(i => $" {Word(l, "Апталар", "Недели", "Weeks")} {i} |")) + "\n|" + string.Concat(Enumerable.Repeat("---|", 8)) + "\n|" + string.Concat(Enumerable.Range(1, 8).Select(i => $" {i * 1000} |"));
        string Hello(string l) => Word(l, "Жарық пен жапырақ", "Свет и лист", "Light and leaf");
        var option = (string id, string tex, bool correct) => $"              - id: {id}\n                text:\n{Tri("                  ", _ => tex)}                correct: {(correct ? "true" : "false")}\n";
        return "id: set-formulas\nversion: \"1.0\"\ntitle:\n" + Tri("  ", Hello) + "lessons:\n  - id: one\n    title:\n" + Tri("      ", Hello) + "    subject:\n" + Tri("      ", Hello)
            + "    gradeFrom: 5\n    gradeTo: 7\n    minutes: 10\n    goals:\n      -\n" + Tri("        ", Hello) + "    materials:\n      -\n" + Tri("        ", Hello)
            + "    steps:\n      - id: look\n        kind: ask\n        minutes: 10\n        devices: true\n        title:\n" + Tri("          ", Hello)
            + "        board:\n" + Tri("          ", l => $"**{Hello(l)}**: $\\frac{{1}}{{2}} + \\frac{{1}}{{4}} = \\frac{{3}}{{4}}$\n{Light(l)}\n{Table(l)}")
            + "        student:\n" + Tri("          ", l => $"{Hello(l)}: $\\sqrt{{16}} = 4$, $x^2$, $\\left(\\frac{{1}}{{2}}\\right)^2$.\n{Light(l)}\n{Wide(l)}\n\n{Table(l)}")
            + "        teacher:\n" + Tri("          ", l => $"{Hello(l)}: $\\cancel{{4}}$, $\\begin{{cases}} x + 1 = 2 \\\\ y = 3 \\end{{cases}}$\n{Table(l)}")
            + "        questions:\n          - id: which\n            kind: single\n            text:\n" + Tri("              ", l => $"{Word(l, "Қайсысы үлкен", "Что больше", "Which is more")}: $\\frac{{2}}{{3}}$, $\\frac{{3}}{{4}}$?\n{Table(l)}")
            + "            options:\n" + option("a", "$\\frac{2}{3}$", false) + option("b", "$\\frac{3}{4}$", true);
    }

    [Fact]
    public async Task Formulas_and_tables_are_set_whole_on_every_screen()
    {
        Directory.CreateDirectory(Screens.Folder);
        var kits = Directory.CreateTempSubdirectory("kits").FullName;
        await File.WriteAllTextAsync(Path.Combine(kits, "set-formulas.yaml"), Kit());
        await using var silo = await SiloProcess.StartAsync(null, ("Tutor__Prepared__WordDelay", "00:00:00"), ("Kits__Folder", kits));
        await using var browsers = await Browsers.StartAsync();
        static Task Watch(IBrowserContext context) => context.AddInitScriptAsync(Policy);
        var teacher = await Teacher.OpenAsync(browsers, silo.TeachLink, silo.Url, atCentre: false, Watch, "set-formulas");
        var board = await teacher.OpenBoardAsync(browsers, silo.Url);
        await board.EvaluateAsync($"() => {{ {Policy} }}");
        // This phone never gets what sets formulas.
        var offline = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Tom", "en", "standard", c => c.RouteAsync("**/typeset-*.js", r => r.AbortAsync()));
        // And this one not even what finds them.
        var serik = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Серік", "kk", "standard", c => c.RouteAsync("**/marked-*.js", r => r.AbortAsync()));
        var aigerim = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "kk", "standard", Watch);
        (await aigerim.Page.EvaluateAsync<int>("() => performance.getEntriesByType('resource').filter(r => r.name.includes('typeset')).length")).ShouldBe(0, "nothing of it is in the first load");
        await teacher.ClickAsync("start-lesson");

        await Expect(board.Locator(".stepText math mfrac").First).ToBeVisibleAsync();
        await Expect(board.Locator(".stepText td math")).ToHaveCountAsync(2);
        await Expect(board.GetByRole(AriaRole.Math, new() { Name = "алымы 1, бөлімі 2 қосу алымы 1, бөлімі 4 тең алымы 3, бөлімі 4" })).ToHaveCountAsync(1);
        await StackedAsync(board, ".stepText");
        await LookAtBoardAsync("step", ".stepText .fit", 36);

        var inspector = await Inspector.CreateAsync(["Айгерім", "Tom", "Серік"]);
        foreach (var width in new[] { 360, 320 })
        {
            await aigerim.Page.SetViewportSizeAsync(width, 640);
            await Expect(aigerim.Page.Locator(".stepText math").First).ToBeVisibleAsync();
            await FitsAsync(aigerim.Page, $"phone {width}");
            await aigerim.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screens.Folder, $"formulas-phone-step-{width}.png"), FullPage = true });
        }

        // The wide table scrolls within its own box.
        (await aigerim.Page.Locator(".table").First.EvaluateAsync<bool>("e => e.scrollWidth > e.clientWidth + 1")).ShouldBeTrue();
        await inspector.AxeAsync(aigerim.Page, "formulas phone");
        await inspector.AxeAsync(board, "formulas board");
        await Expect(teacher.Page.Locator(".notes math").First).ToBeVisibleAsync();
        await inspector.AxeAsync(teacher.Page, "formulas console");
        await teacher.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screens.Folder, "formulas-console.png"), FullPage = true });

        // Without it the same stands there in plain signs, and nothing else is amiss.
        await Expect(offline.Page.Locator(".stepText .formula.plain").First).ToHaveTextAsync("√16 = 4");
        await Expect(offline.Page.Locator(".stepText math")).ToHaveCountAsync(0);

        // Where nothing finds them they stand as they were written, which is said, with the way out; a reload brings them.
        await Expect(serik.Page.Locator(".stepText")).ToContainTextAsync("\\sqrt{16}");
        await Expect(serik.Page.GetByTestId("marks-lacking")).ToBeVisibleAsync();
        await serik.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screens.Folder, "formulas-phone-lacking.png") });
        await inspector.AxeAsync(serik.Page, "formulas lacking");
        await serik.Page.Context.UnrouteAsync("**/marked-*.js");
        await serik.Page.GetByTestId("marks-lacking").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(serik.Page.Locator(".stepText math").First).ToBeVisibleAsync();
        await Expect(serik.Page.GetByTestId("marks-lacking")).ToHaveCountAsync(0);

        await teacher.ClickAsync("ask-look.which");
        await Expect(board.Locator(".options math")).ToHaveCountAsync(2);
        await LookAtBoardAsync("question", ".asking .fit", 28);
        await Expect(aigerim.Page.Locator(".option math")).ToHaveCountAsync(2);
        await Expect(aigerim.Page.GetByRole(AriaRole.Radio, new() { Name = "алымы 3, бөлімі 4" })).ToHaveCountAsync(1);
        await aigerim.AnswerFirstAsync();
        await FitsAsync(aigerim.Page, "question");
        await aigerim.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screens.Folder, "formulas-phone-question.png"), FullPage = true });
        await inspector.AxeAsync(aigerim.Page, "formulas question");
        await teacher.ClickAsync("show-counts");
        await teacher.ClickAsync("reveal");

        // The teacher's own question, made up on the spot.
        await teacher.ClickAsync("own-question");
        await teacher.Control("own-text").FillAsync("Неге $x^2 = 4$ теңдеуінің екі түбірі бар? Бағасы 5$.");
        await teacher.ClickAsync("own-ask");
        await Expect(board.Locator(".asking h2 math")).ToHaveCountAsync(1);
        await Expect(board.Locator(".asking h2")).ToContainTextAsync("Бағасы 5$.");
        await board.ShootAsync("formulas-board-own");
        foreach (var page in new[] { board, aigerim.Page, teacher.Page })
        {
            (await page.EvaluateAsync<string[]>("() => window.__broken")).ShouldBeEmpty();
        }

        inspector.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();
        Directory.Delete(kits, recursive: true);

        async Task LookAtBoardAsync(string name, string box, int least)
        {
            foreach (var (width, height) in Boards)
            {
                await board.SetViewportSizeAsync(width, height);
                await board.WaitForFunctionAsync("box => { const e = document.querySelector(box); return e && e.scrollHeight <= e.clientHeight + 1 && e.scrollWidth <= e.clientWidth + 1; }", box);
                var type = await board.Locator(box).EvaluateAsync<double>("e => parseFloat(getComputedStyle(e).fontSize) / Math.min(innerWidth / 1920, innerHeight / 1080)");
                output.WriteLine($"{name} at {width}: type {type:0}");
                Math.Round(type, 1).ShouldBeGreaterThanOrEqualTo(least);
                await board.ShootAsync($"formulas-board-{name}-{width}");
            }
        }
    }

    [Fact]
    public async Task The_kit_of_fractions_has_them_stacked_in_its_explanation()
    {
        Directory.CreateDirectory(Screens.Folder);
        await using var silo = await SiloProcess.StartAsync(null, ("Tutor__Prepared__WordDelay", "00:00:00"));
        await using var browsers = await Browsers.StartAsync();
        var teacher = await Teacher.OpenAsync(browsers, silo.TeachLink, silo.Url, atCentre: false, null, "fractions");
        var board = await teacher.OpenBoardAsync(browsers, silo.Url);
        var ivan = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Иван", "ru", "simple");
        await teacher.ClickAsync("start-lesson");
        await teacher.GoToAsync("explain");
        await Expect(board.Locator(".stepText b math mfrac")).ToHaveCountAsync(1);
        await board.ShootAsync("formulas-fractions-step");
        await teacher.Starting("explain-topic-").First.ClickAsync();
        await Expect(board.Locator(".cursor")).ToHaveCountAsync(0);
        await Expect(board.Locator(".telling math mfrac").First).ToBeVisibleAsync();
        await StackedAsync(board, ".telling");
        await board.WaitForFunctionAsync("() => { const e = document.querySelector('.telling .fit'); return e.scrollHeight <= e.clientHeight + 1 && e.scrollWidth <= e.clientWidth + 1; }");
        var type = await board.Locator(".telling .tell").EvaluateAsync<double>("e => parseFloat(getComputedStyle(e).fontSize)");
        output.WriteLine($"explanation with fractions: type {type:0}");
        type.ShouldBeGreaterThanOrEqualTo(48);
        await board.ShootAsync("formulas-fractions-explanation");

        // Each sentence is pressed whole, and is read aloud with its fraction.
        await Expect(ivan.Page.Locator(".reading .s[role=button]")).ToHaveCountAsync(4);
        await Expect(ivan.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Одна часть называется одной четвёртой и пишется дробь: числитель 1, знаменатель 4 ?\\.$") })).ToHaveCountAsync(1);
        await ivan.PressSentenceAsync(1);
        await Expect(ivan.Page.Locator(".reading .s.mine math")).ToHaveCountAsync(1);
        await FitsAsync(ivan.Page, "explanation");
        await ivan.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screens.Folder, "formulas-phone-explanation.png"), FullPage = true });
        browsers.Complaints.ShouldBeEmpty();
    }

    /// <summary>The figures of the first fraction stand over each other, within their element.</summary>
    private static async Task StackedAsync(IPage page, string within) =>
        (await page.Locator($"{within} mfrac").First.EvaluateAsync<bool>(
            "e => { const [a, b] = [...e.children].map(c => c.getBoundingClientRect()); const all = e.getBoundingClientRect(); return a.bottom <= b.top + 1 && a.height > 8 && all.top <= a.top + 1 && b.bottom <= all.bottom + 1; }")).ShouldBeTrue();

    private static async Task FitsAsync(IPage page, string what)
    {
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0, what);
        // Of a formula nothing is outside of what is seen, but in one that scrolls, by keys too.
        (await page.Locator(".formula").EvaluateAllAsync<string[]>("all => all.filter(e => { if (e.closest('.table')) return false; const box = e.getBoundingClientRect(); const scrolls = e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX === 'auto' && e.tabIndex === 0; return box.right > innerWidth + 1 || box.left < -1 || (!scrolls && [...e.querySelectorAll('math, math *')].some(m => { const r = m.getBoundingClientRect(); return r.width > 0 && (r.right > box.right + 2 || r.left < box.left - 2); })); }).map(e => e.textContent)")).ShouldBeEmpty(what);
    }
}
