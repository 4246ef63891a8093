using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>A lesson for who has no mouse, who hears the page, who sees it four times as large, or in other colours.</summary>
public sealed class AccessTest
{
    private const string Work =
        "Ауладағы терек жапырағы күнге бұрылады, себебі оған жарық керек. Мен үш күн бақыладым және суретін салдым, жапырақ санын санадым, "
        + "топырақты өлшедім, су құйдым, көлеңкедегі бұтақпен салыстырдым және оттегі туралы ойымды жаздым. Жарық көп жерде жапырақ қалың екенін байқадым. Мұны досыма да көрсетіп, түсіндіріп бердім.";

    /// <summary>With what is said to a screen reader as it happens.</summary>
    [Fact]
    public async Task A_whole_lesson_without_a_mouse_and_told_to_who_hears_it()
    {
        await using var silo = await SiloProcess.StartAsync(settings: ("Tutor__Prepared__WordDelay", "00:00:00"));
        await using var browsers = await Browsers.StartAsync();
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var console = await Keyboard.AtAsync(teacher.Page);
        var page = await browsers.OpenAsync(silo.Url + "/", 360, 740);
        var child = await Keyboard.AtAsync(page);
        var said = page.GetByTestId("said");

        await child.TypeAsync("input.code", teacher.Code);
        await child.PressHereAsync("Enter");
        await child.TypeAsync("label input[type=text]:not(.code)", "Айгерім");
        await child.PressAsync("fieldset button.pick", "Space");
        await child.PressAsync("button[type=submit]");
        await Expect(page.Locator(".lobby")).ToBeVisibleAsync();

        await console.PressAsync("[data-testid=start-lesson]");
        await Expect(teacher.Control("end-lesson")).ToBeVisibleAsync();
        await GoToAsync("explain");
        await Expect(said).ToContainTextAsync(new Regex("\\S"));
        await console.PressAsync("[data-testid^='explain-topic-']:enabled");
        // What is told comes into a live region, sentence by sentence.
        await Expect(page.Locator(".tell[aria-live=polite] .s[role=button]").First).ToBeVisibleAsync();
        await child.PressAsync(".reading .tell .s[role=button]");
        await Expect(page.Locator(".reading .s.mine[aria-pressed=true]")).ToHaveCountAsync(1);

        await GoToAsync("ask");
        await Expect(said).ToContainTextAsync(await page.Locator(".stepTitle").InnerTextAsync());
        await console.PressAsync("[data-testid^='ask-']:enabled");
        await Expect(said).ToContainTextAsync("Сұрақ");
        var heard = await page.Locator("body").AriaSnapshotAsync();
        foreach (var part in new[] { "- main", "- navigation", "- heading", "- status", "- button" })
        {
            heard.ShouldContain(part);
        }

        await child.PressAsync(".question .pick, .question .pick input", "Space");
        await child.PressAsync(".question button[type=submit]");
        await Expect(page.Locator(".question .own")).ToBeVisibleAsync();
        await console.PressAsync("[data-testid=show-counts]");
        await console.PressAsync("[data-testid=reveal]");
        await Expect(page.Locator(".question form")).ToHaveCountAsync(0);

        await child.PressAsync("nav.tools .tool:nth-of-type(2)");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await child.TypeAsync("[role=dialog] input", "Хлорофилл");
        await child.PressHereAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(teacher.Starting("claim-").First).ToBeVisibleAsync();
        await child.PressAsync("nav.tools .tool:nth-of-type(3)");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await child.PressHereAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await GoToAsync("discuss");
        await console.PressAsync("[data-testid=request-prompts]");
        await console.PressAsync("[data-testid^='pick-prompt-']:enabled");
        await console.ReachAsync("[data-testid=team-count]");
        await console.PressHereAsync("Control+A");
        await teacher.Page.Keyboard.InsertTextAsync("1");
        await console.PressAsync("[data-testid=form-teams]");
        await child.TypeAsync("form.card textarea", "Терек көлеңке береді");
        await child.PressAsync("form.card button[type=submit]");
        await Expect(teacher.Page.GetByText("Терек көлеңке береді").First).ToBeVisibleAsync();

        await GoToAsync("make");
        await child.TypeAsync(".editor textarea", Work);
        for (var fields = await page.Locator(".editor textarea").CountAsync(); fields > 1; fields--)
        {
            await child.PressHereAsync("Tab");
            await child.TypeAsync(".editor textarea", "Өзім бақыладым, оқулықтан қарадым");
        }

        await child.PressAsync(".editor > button");
        await child.PressAsync(".editor [role=group] button");
        await Expect(page.Locator(".editor")).ToHaveCountAsync(0);
        await console.PressAsync("[data-testid^='request-feedback-']:enabled");
        await console.PressAsync("[data-testid^='open-feedback-']:enabled");
        await console.PressAsync("[data-testid^='release-']:enabled");
        await Expect(page.Locator(".feedback .item").First).ToBeVisibleAsync();
        await Expect(said).ToContainTextAsync(await page.Locator(".feedback h2, .feedback h3").First.InnerTextAsync());

        await page.Context.SetOfflineAsync(true);
        await Expect(said).ToContainTextAsync("Байланыс");
        await Expect(page.GetByTestId("offline")).ToHaveAttributeAsync("role", "status");
        await page.Context.SetOfflineAsync(false);
        await Expect(page.GetByTestId("offline")).ToHaveCountAsync(0);

        await console.PressAsync("[data-testid=end-lesson]");
        await console.PressAsync("[data-testid=end-lesson-yes]");
        await Expect(page.Locator("main.page .card.ok")).ToBeVisibleAsync();
        (await child.PressesOfPointerAsync() + await console.PressesOfPointerAsync()).ShouldBe(0);
        browsers.Complaints.ShouldBeEmpty();

        async Task GoToAsync(string kind)
        {
            await console.PressAsync($"[data-testid='step-{teacher.Step(kind)}']");
            await Expect(teacher.Control("step-" + teacher.Step(kind))).ToHaveAttributeAsync("aria-current", "step");
        }
    }

    /// <summary>At 320 CSS pixels, which is 1280 at 400 %, nothing is scrolled sideways; at half of a screen, which is 200 %, the same; and nothing moves by itself.</summary>
    [Fact]
    public async Task Every_main_screen_has_nothing_for_axe_in_three_themes_flows_anew_when_enlarged_and_keeps_still()
    {
        await using var silo = await SiloProcess.StartAsync(settings: ("Tutor__Prepared__WordDelay", "00:00:00"));
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync([]);
        var wrong = new List<string>();
        var door = await browsers.OpenAsync(silo.Url + "/", 360, 740, "ru");
        await Expect(door.Locator("input.code")).ToBeVisibleAsync();
        await LookAsync(door, "code", 320);
        var home = await browsers.OpenAsync(silo.Url + "/teach", 1280, 800, "ru");
        await Expect(home.Locator("input[type=password]")).ToBeVisibleAsync();
        await LookAsync(home, "sign-in", 320);
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var name = await browsers.OpenAsync($"{silo.Url}/j/{teacher.Code}", 360, 740, "ru");
        await Expect(name.Locator(".names .pick").First).ToBeVisibleAsync();
        await LookAsync(name, "name", 320);
        var board = await teacher.OpenBoardAsync(browsers, silo.Url);
        var child = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "kk", "simple");
        await Expect(child.Page.Locator(".lobby")).ToBeVisibleAsync();
        await AllAsync("lobby");
        await teacher.ClickAsync("start-lesson");
        await Expect(teacher.Control("end-lesson")).ToBeVisibleAsync();
        await teacher.GoToAsync("explain");
        await teacher.Starting("explain-topic-").First.ClickAsync();
        await child.PressSentenceAsync(1);
        await Expect(child.Page.Locator(".reading .s.mine")).ToHaveCountAsync(1);
        await AllAsync("explain");
        await teacher.GoToAsync("ask");
        await teacher.Starting("ask-").First.ClickAsync();
        await child.AnswerFirstAsync();
        await AllAsync("question");
        await teacher.GoToAsync("discuss");
        await teacher.ClickAsync("request-prompts");
        await teacher.Starting("pick-prompt-").First.ClickAsync();
        await Expect(child.Page.Locator("form.card textarea, .card").First).ToBeVisibleAsync();
        await AllAsync("talk");
        await teacher.GoToAsync("make");
        await child.Page.Locator(".editor textarea").First.WaitForAsync();
        await AllAsync("work");
        await teacher.ClickAsync("end-lesson");
        await teacher.ClickAsync("end-lesson-yes");
        await Expect(child.Page.Locator("main.page .card.ok")).ToBeVisibleAsync();
        await AllAsync("ended");

        wrong.AddRange(eye.Complaints);
        string.Join('\n', wrong).ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();

        async Task AllAsync(string state)
        {
            await LookAsync(child.Page, "student-" + state, 320);
            await LookAsync(teacher.Page, "console-" + state, 640);
            await LookAsync(teacher.Page, "console-" + state, 320);
            await LookAsync(board, "board-" + state, null);
        }

        async Task LookAsync(IPage page, string screen, int? narrow)
        {
            await eye.WholeAxeAsync(page, screen);
            foreach (var moving in await page.EvaluateAsync<string[]>(
                "() => document.getAnimations().filter(a => a.playState === 'running' && a.effect.getComputedTiming().endTime > 20).map(a => a.animationName ?? a.transitionProperty ?? 'an animation')"))
            {
                wrong.Add($"{screen}: {moving} runs");
            }

            if (narrow is not { } width || page.ViewportSize is not { } size)
            {
                return;
            }

            await page.SetViewportSizeAsync(width, width == 640 ? 400 : 256 * 2);
            foreach (var wide in await page.EvaluateAsync<string[]>(
                """
                async () => {
                  await new Promise((turn) => requestAnimationFrame(() => requestAnimationFrame(turn)));
                  if (document.documentElement.scrollWidth <= innerWidth) return [];
                  return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 4)
                    .map(e => `${e.tagName}.${e.className} ends at ${Math.round(e.getBoundingClientRect().right)}`);
                }
                """))
            {
                wrong.Add($"{screen} at {width}: {wide}");
            }

            Directory.CreateDirectory(Screens.Folder);
            await page.ShootAsync($"narrow-{width}-{screen}");
            await page.SetViewportSizeAsync(size.Width, size.Height);
        }
    }
}
