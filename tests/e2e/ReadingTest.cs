using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>
/// A text that is easier to read: aloud in the device's voice or the server's, with more space, another face and a ruler; and with all of it at its largest nothing of a phone of 320 px is cut off, in Kazakh.
/// </summary>
public sealed class ReadingTest
{
    private const int Narrow = 320;

    /// <summary>A device with one voice, Russian, that notes what it says and says it at once.</summary>
    private const string Voice =
        """
        (() => {
          window.said = [];
          const voice = { lang: 'ru-RU', localService: true, name: 'test' };
          class Utterance { constructor(text) { this.text = text; } }
          window.SpeechSynthesisUtterance = Utterance;
          let going;
          Object.defineProperty(window, 'speechSynthesis', { value: {
            getVoices: () => [voice, { lang: 'kk-KZ', localService: false, name: 'remote' }],
            speak: (u) => { window.said.push(u.text); going = u; window.endSentence = () => u.onend?.(); },
            cancel: () => { const u = going; going = undefined; u?.onerror?.({ error: 'canceled' }); },
          } });
        })();
        """;

    [Fact]
    public async Task An_explanation_is_read_aloud_by_the_device_by_the_server_or_the_phone_says_that_it_has_no_voice()
    {
        Directory.CreateDirectory(Screens.Folder);
        using var folder = new TempFolder();
        var program = VoiceProgram.In(folder.Path);
        await using var silo = await SiloProcess.StartAsync(null, ("Tutor__Prepared__WordDelay", "00:00:00"), ("Speech__Program", program));
        await using var browsers = await Browsers.StartAsync();
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var ivan = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Иван", "ru", "simple", context => context.AddInitScriptAsync(Voice));
        var dana = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Дана", "kk", "simple", context => context.AddInitScriptAsync(Voice));
        var tom = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Tom", "en", "simple");
        await teacher.ClickAsync("start-lesson");
        await Expect(teacher.Control("end-lesson")).ToBeVisibleAsync();
        await teacher.GoToAsync("explain");
        await teacher.Starting("explain-topic-").First.ClickAsync();

        // The device's own voice: sentence by sentence, and the one that is pressed while it reads is where it goes on; nobody is told that a sentence was not understood.
        var first = await SentenceAsync(ivan, 0);
        var third = await SentenceAsync(ivan, 2);
        await ivan.Page.GetByTestId("listen-start").ClickAsync();
        await Expect(Aloud(ivan)).ToHaveTextAsync(first);
        await ivan.Page.EvaluateAsync("() => window.endSentence()");
        await Expect(Aloud(ivan)).ToHaveTextAsync(await SentenceAsync(ivan, 1));
        await ivan.PressSentenceAsync(2);
        await Expect(Aloud(ivan)).ToHaveTextAsync(third);
        await Expect(ivan.Page.Locator(".reading .s.mine")).ToHaveCountAsync(0);
        await ivan.Page.ShootAsync("matrix/reading-aloud-ru");
        await ivan.Page.GetByTestId("listen-pause").ClickAsync();
        await ivan.Page.GetByTestId("listen-go").ClickAsync();
        await Expect(Aloud(ivan)).ToHaveTextAsync(third);
        await ivan.Page.GetByTestId("listen-stop").ClickAsync();
        await Expect(Aloud(ivan)).ToHaveCountAsync(0);
        (await ivan.Page.EvaluateAsync<string[]>("() => window.said")).ShouldBe([first, await SentenceAsync(ivan, 1), third, third]);
        await ivan.PressSentenceAsync(2);
        await Expect(ivan.Page.Locator(".reading .s.mine")).ToHaveCountAsync(1);

        // A voice that sends the text to its maker is none: for Kazakh the server's reads, to the end.
        await dana.Page.SetViewportSizeAsync(Narrow, 640);
        await Expect(dana.Page.GetByTestId("listen-start")).ToBeVisibleAsync();
        var asked = dana.Page.WaitForResponseAsync(new Regex("/0/speech\\?epoch=1$"));
        // A sentence may be over before one looks: what was marked is written down.
        await dana.Page.EvaluateAsync(
            """
            () => {
              window.aloud = [];
              new MutationObserver(() => {
                const now = document.querySelector(".aloud")?.textContent;
                if (now && window.aloud.at(-1) !== now) window.aloud.push(now);
              }).observe(document.body, { subtree: true, childList: true, attributes: true });
            }
            """);
        await dana.Page.GetByTestId("listen-start").ClickAsync();
        (await asked).Status.ShouldBe(200);
        await dana.Page.ShootAsync("matrix/reading-aloud-kk");
        await Expect(dana.Page.GetByTestId("listen")).ToHaveAttributeAsync("data-mode", "silent", new() { Timeout = 60_000 });
        (await dana.Page.EvaluateAsync<string[]>("() => window.aloud")).ShouldContain(await SentenceAsync(dana, 1));

        // The program here speaks no English.
        await tom.Page.GetByTestId("listen-start").ClickAsync();
        await Expect(tom.Page.GetByTestId("no-voice")).ToBeVisibleAsync();
        await tom.Page.ShootAsync("matrix/reading-no-voice-en");

        browsers.Complaints.ShouldBeEmpty();
        silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task With_the_largest_text_the_widest_space_and_the_other_face_a_phone_of_320_px_shows_all_of_it_in_Kazakh()
    {
        Directory.CreateDirectory(Screens.Folder);
        await using var silo = await SiloProcess.StartAsync(null, ("Tutor__Prepared__WordDelay", "00:00:00"), ("Speech__Program", ""));
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync(["Нұрсұлтан Әбдірахман", "Ернар"]);
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var page = await browsers.OpenAsync($"{silo.Url}/j/{teacher.Code}", Narrow, 640, "kk", context => context.AddInitScriptAsync("localStorage.setItem('ortaq.size', '2')"));
        await Expect(page.Locator(".names .pick").First).ToBeVisibleAsync();
        await LookAsync("join");
        await page.Locator("input[type=text]").Last.FillAsync("Нұрсұлтан Әбдірахман");
        await page.Locator("button[type=submit]").ClickAsync();
        await Expect(page.GetByTestId("own-pill")).ToBeVisibleAsync();
        await LookAsync("lobby");
        var yernar = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Ернар", "kk", "simple");
        await teacher.ClickAsync("start-lesson");
        await Expect(teacher.Control("end-lesson")).ToBeVisibleAsync();
        await teacher.GoToAsync("explain");
        await teacher.Starting("explain-topic-").First.ClickAsync();
        await Expect(page.Locator(".reading .tell .s[role=button]").Nth(1)).ToBeVisibleAsync();

        // The sheet of how to read; it stays over a reload, and the face has every Kazakh letter.
        await page.Locator("nav.tools .tool").Last.ClickAsync();
        await LookAsync("sheet");
        await page.GetByTestId("space-2").ClickAsync();
        await page.GetByTestId("face-clear").ClickAsync();
        await page.GetByTestId("ruler-on").ClickAsync();
        await LookAsync("sheet-widest");
        await eye.AxeAsync(page, "reading-sheet");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByTestId("ruler")).ToBeVisibleAsync();
        var before = await page.GetByTestId("ruler").BoundingBoxAsync();
        await page.GetByTestId("ruler").Locator("button").PressAsync("ArrowDown");
        await Expect(page.GetByTestId("ruler").Locator("button")).ToHaveAttributeAsync("aria-valuenow", "33");
        (await page.GetByTestId("ruler").BoundingBoxAsync())!.Y.ShouldBeGreaterThan(before!.Y);
        await page.ShootAsync("matrix/reading-ruler-kk-320");
        await page.ReloadAsync();
        await Expect(page.GetByTestId("ruler")).ToBeVisibleAsync();
        (await page.EvaluateAsync<bool>("() => document.fonts.ready.then(() => document.fonts.check('16px Andika', 'ӘәҒғҚқҢңӨөҰұҮүҺһІі'))")).ShouldBeTrue();
        (await page.EvaluateAsync<int>("() => [...document.fonts].filter(f => f.family.includes('Andika') && f.status === 'loaded').length")).ShouldBeGreaterThan(1);
        await page.Locator("nav.tools .tool").Last.ClickAsync();
        await page.GetByTestId("ruler-off").ClickAsync();
        await page.Keyboard.PressAsync("Escape");

        await Expect(page.Locator(".reading .tell .s[role=button]").Nth(1)).ToBeVisibleAsync();
        await LookAsync("explaining");
        await page.Locator("nav.tools .tool").Nth(1).ClickAsync();
        await LookAsync("hand");
        await page.Locator("[role=dialog] button[type=submit]").ClickAsync();
        await page.Locator("nav.tools .tool").Nth(1).ClickAsync();
        await Expect(page.GetByTestId("place")).ToBeVisibleAsync();
        await LookAsync("hand-place");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("nav.tools .tool").Nth(2).ClickAsync();
        await LookAsync("tempo");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByTestId("own-pill").ClickAsync();
        await LookAsync("settings");
        await page.Keyboard.PressAsync("Escape");

        await teacher.GoToAsync("ask");
        await teacher.Starting("ask-").First.ClickAsync();
        await Expect(page.Locator(".question .pick").First).ToBeVisibleAsync();
        await LookAsync("question");
        await page.Locator(".question .pick").First.ClickAsync();
        await page.Locator(".question button[type=submit]").ClickAsync();
        await Expect(page.Locator(".question .own")).ToBeVisibleAsync();
        await LookAsync("answered");
        await yernar.AnswerFirstAsync();
        await teacher.ClickAsync("show-counts");
        await teacher.ClickAsync("reveal");
        await Expect(page.Locator(".question .result").First).ToBeVisibleAsync();
        await LookAsync("results");

        await teacher.GoToAsync("discuss");
        await teacher.ClickAsync("request-prompts");
        await teacher.Starting("pick-prompt-").First.ClickAsync();
        await teacher.Control("team-count").FillAsync("1");
        await teacher.ClickAsync("form-teams");
        await Expect(page.Locator("form.card textarea").First).ToBeVisibleAsync();
        await yernar.AddIdeaAsync("Терек ауладағы ауаны салқындатады, біз оны өлшейміз");
        await Expect(page.Locator("article.idea").First).ToBeVisibleAsync();
        await LookAsync("talk");
        await teacher.GoToAsync("make");
        await Expect(page.Locator(".editor textarea").First).ToBeVisibleAsync();
        await LookAsync("work");
        await teacher.ClickAsync("end-lesson");
        await teacher.ClickAsync("end-lesson-yes");
        await page.GetByTestId("today-open").ClickAsync();
        await LookAsync("today");
        await page.GetByTestId("today-back").ClickAsync();
        await LookAsync("ended");

        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();

        Task LookAsync(string state) => eye.LookAsync(page, "reading-" + state, "kk", Narrow);
    }

    private static ILocator Aloud(Student student) => student.Page.Locator(".reading .s.aloud");

    private static async Task<string> SentenceAsync(Student student, int index) =>
        (await student.Page.Locator(".reading .tell .s[role=button]").Nth(index).InnerTextAsync()).Trim();
}
