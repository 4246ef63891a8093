using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>What a child has written is on its phone: given without a line and the tab closed, half a sentence on another phone, and all of it to keep at the end.</summary>
public sealed class OwnFieldsTest
{
    private const int Narrow = 320;

    [Fact]
    public async Task What_was_given_without_a_line_stands_there_and_half_a_sentence_comes_along()
    {
        Directory.CreateDirectory(Screens.Folder);
        await using var silo = await SiloProcess.StartAsync(null, ("Tutor__Prepared__WordDelay", "00:00:00"));
        await using var browsers = await Browsers.StartAsync();
        var eye = await Inspector.CreateAsync(["Дана", "Ернар"]);
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var dana = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Дана", "kk", "simple");
        var yernar = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Ернар", "kk", "simple");
        await dana.Page.SetViewportSizeAsync(Narrow, 640);
        await teacher.ClickAsync("start-lesson");
        await Expect(teacher.Control("end-lesson")).ToBeVisibleAsync();

        // An answer without a line; the tab is closed, and opened again when the line is back: it stands there as it was given.
        await teacher.GoToAsync("ask");
        await teacher.Starting("ask-").First.ClickAsync();
        await Expect(dana.Page.Locator(".question .pick").First).ToBeVisibleAsync();
        await dana.OfflineAsync(true);
        await dana.AnswerFirstAsync();
        var given = await dana.Page.Locator(".question .own b").InnerTextAsync();
        await eye.LookAsync(dana.Page, "own-offline-answer", "kk", Narrow);
        var context = dana.Page.Context;
        await dana.Page.CloseAsync();
        await context.SetOfflineAsync(false);
        var page = await ReopenAsync(context, silo.Url, teacher.Code);
        await Expect(page.Locator(".question .own b")).ToHaveTextAsync(given);
        await Expect(page.Locator(".question form")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("own-pill")).ToBeVisibleAsync();

        // Of a second round it sees what it first said, once it has answered anew.
        await yernar.AnswerFirstAsync();
        await teacher.ClickAsync("show-counts");
        await teacher.Starting("ask-again-").First.ClickAsync();
        await Expect(page.Locator(".question .pick").First).ToBeVisibleAsync();
        await Expect(page.GetByTestId("first-answer")).ToHaveCountAsync(0);
        await page.Locator(".question .pick").Nth(1).ClickAsync();
        await page.Locator(".question button[type=submit]").ClickAsync();
        await Expect(page.GetByTestId("first-answer")).ToContainTextAsync(given);
        await eye.LookAsync(page, "own-first-answer", "kk", Narrow);

        // An idea without a line is there as not sent, until it is.
        await teacher.GoToAsync("discuss");
        await teacher.ClickAsync("request-prompts");
        await teacher.Starting("pick-prompt-").First.ClickAsync();
        await teacher.Control("team-count").FillAsync("1");
        await teacher.ClickAsync("form-teams");
        var field = page.Locator("form.card textarea").First;
        await Expect(field).ToBeVisibleAsync();
        await context.SetOfflineAsync(true);
        await field.FillAsync("Терек көлеңке береді");
        await page.Locator("form.card button[type=submit]").First.ClickAsync();
        await Expect(page.GetByTestId("unsent-idea")).ToContainTextAsync("Терек көлеңке береді");
        await Expect(field).ToHaveValueAsync("");
        await eye.LookAsync(page, "own-unsent-idea", "kk", Narrow);
        await context.SetOfflineAsync(false);
        await Expect(page.GetByTestId("unsent-idea")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        await Expect(page.Locator("article.idea")).ToContainTextAsync("Терек көлеңке береді");

        // Half a sentence: over a reload, and to another phone of the same child.
        await field.FillAsync("Жапырақ жа");
        await page.ReloadAsync();
        await Expect(field).ToHaveValueAsync("Жапырақ жа");
        var phone = await browsers.OpenAsync($"{silo.Url}/j/{teacher.Code}", Narrow, 640, "kk");
        await phone.Locator("input[type=text]").Last.FillAsync("Дана");
        await phone.Locator("button[type=submit]").ClickAsync();
        await phone.Locator("[role=alert] button").ClickAsync();
        var number = (await phone.GetByTestId("device-code").InnerTextAsync()).Trim();
        await teacher.ClickAsync("approve-device-" + number);
        await Expect(phone.Locator("form.card textarea").First).ToHaveValueAsync("Жапырақ жа");

        // All of it to keep: on the phone, as a page and as a file, in the child's language.
        await teacher.GoToAsync("make");
        await phone.Locator(".editor textarea").First.FillAsync("Ауладағы терек жапырағы күнге бұрылады");
        await phone.GetByTestId("own-pill").ClickAsync();
        await phone.GetByTestId("today-open").ClickAsync();
        var today = phone.GetByTestId("today");
        await Expect(today).ToContainTextAsync(given);
        await Expect(today).ToContainTextAsync("Ауладағы терек жапырағы күнге бұрылады");
        await eye.LookAsync(phone, "own-today", "kk", Narrow);
        await eye.AxeAsync(phone, "own-today");
        var file = await (await phone.RunAndWaitForDownloadAsync(() => phone.GetByTestId("today-save").ClickAsync())).PathAsync();
        var text = await File.ReadAllTextAsync(file);
        text.ShouldContain("Ауладағы терек жапырағы күнге бұрылады");
        text.ShouldContain("lang=\"kk\"");
        Regex.IsMatch(text, "<button|<script|/api/", RegexOptions.IgnoreCase).ShouldBeFalse("it is a page by itself");
        var kept = await browsers.OpenAsync("about:blank", 360, 640);
        await kept.SetContentAsync(text);
        await Expect(kept.Locator("h1")).ToBeVisibleAsync();
        await kept.ShootAsync("matrix/own-today-file");
        await phone.GetByTestId("today-back").ClickAsync();
        await Expect(phone.Locator(".editor textarea").First).ToHaveValueAsync("Ауладағы терек жапырағы күнге бұрылады");
        await teacher.ClickAsync("end-lesson");
        await teacher.ClickAsync("end-lesson-yes");
        await Expect(phone.GetByTestId("today-open")).ToBeVisibleAsync();
        await eye.LookAsync(phone, "own-ended", "kk", Narrow);

        eye.Complaints.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();
        silo.Failures.ShouldBeEmpty();
    }

    private static async Task<IPage> ReopenAsync(IBrowserContext context, string url, string code)
    {
        var page = await context.NewPageAsync();
        await page.SetViewportSizeAsync(Narrow, 640);
        await page.GotoAsync($"{url}/j/{code}");
        return page;
    }
}
