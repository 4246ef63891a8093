using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>
/// A rehearsal from its beginning to its end, looked at on every screen. As a test it is played once, in one language and size. <c>tests/run --gallery DIR</c> plays
/// it in three languages and takes every screen in three sizes; <c>tests/run --pictures DIR</c> takes the pictures of the README.
/// </summary>
public sealed class GalleryTest
{
    private static readonly (int, int)[] Sizes = [(360, 740), (1366, 768), (1920, 1080)];
    private static readonly string? Wanted = Environment.GetEnvironmentVariable("ORTAQ_GALLERY");
    private static readonly string? Wished = Environment.GetEnvironmentVariable("ORTAQ_PICTURES");
    private static readonly string Folder = Wanted ?? Path.Combine(Screens.Folder, "gallery");
    private static readonly string Pictures = Wished ?? Path.Combine(Screens.Folder, "pictures");

    [Fact]
    public async Task A_whole_rehearsal_is_to_be_seen_on_every_screen()
    {
        Directory.CreateDirectory(Folder);
        Directory.CreateDirectory(Pictures);
        var gallery = new Gallery(Folder, Wanted is null ? [Sizes[1]] : Sizes);
        await using var silo = await SiloProcess.StartAsync();
        await using var browsers = await Browsers.StartAsync();
        var people = (Teacher: await SignInAsync(browsers, silo.TeachLink), Mentor: await SignInAsync(browsers, silo.MentorLink));
        foreach (var language in Wanted is not null ? Inspector.Languages : Wished is not null ? ["kk", "en"] : ["kk"])
        {
            await PlayAsync(silo, browsers, gallery, language, people.Teacher, people.Mentor);
        }

        var index = await File.ReadAllTextAsync(await gallery.BindAsync());
        foreach (var shot in new[] { "teach-home", "console-explain", "board-explain", "phone-explain", "wall", "board-results", "board-rounds", "board-discuss", "console-make", "board-ended" })
        {
            index.ShouldContain($"{shot}-kk-1366.png");
        }

        // What the README shows is loaded by whoever opens it.
        Directory.GetFiles(Pictures, "*.webp").ShouldAllBe(picture => new FileInfo(picture).Length < 150_000);
        browsers.Complaints.ShouldBeEmpty();
    }

    private static async Task PlayAsync(SiloProcess silo, Browsers browsers, Gallery gallery, string language, Func<IBrowserContext, Task> asTeacher, Func<IBrowserContext, Task> asMentor)
    {
        var door = await browsers.OpenAsync(silo.Url + "/", 360, 740, language);
        await Expect(door.Locator("input.code")).ToBeVisibleAsync();
        await SeeAsync(door, "join");
        await door.Context.CloseAsync();

        var page = await browsers.OpenAsync(silo.Url + "/teach", 1366, 768, language, asTeacher);
        await Expect(page.GetByTestId("rehearse")).ToBeVisibleAsync();
        await SeeAsync(page, "teach-home");
        await page.GetByTestId("new-classroom").ClickAsync();
        await Expect(page.GetByTestId("class-name")).ToBeVisibleAsync();
        await SeeAsync(page, "teach-new");
        await page.ReloadAsync();
        await page.GetByTestId("rehearse-kit").SelectOptionAsync((await page.Locator("[data-testid=rehearse-kit] option[value^='photosynthesis/']").GetAttributeAsync("value"))!);
        await page.GetByTestId("rehearse-at-centre").CheckAsync();
        await page.GetByTestId("rehearse").ClickAsync();
        await Expect(page.GetByTestId("join-code").First).ToBeVisibleAsync();
        var teacher = await Teacher.AtAsync(page);
        var board = await teacher.OpenBoardAsync(browsers, silo.Url, language);
        var phone = await Student.JoinAsync(browsers, silo.Url, teacher.Code, language switch { "kk" => "Айгерім", "ru" => "Иван", _ => "Tom" }, language, "standard", room: 1);
        var mentor = await browsers.OpenAsync(silo.Url + "/mentor", 1366, 768, language, asMentor);
        await mentor.GetByTestId("with-rehearsals").ClickAsync();

        // What many do not understand, and a hand.
        await teacher.Starting("explain-topic-").First.ClickAsync();
        await phone.PressSentenceAsync(1);
        await Expect(board.Locator(".tell .s.h1, .tell .s.h2, .tell .s.h3").First).ToBeVisibleAsync(Patient);
        await Expect(mentor.Locator("[data-testid^='claim-']").First).ToBeVisibleAsync(Patient);
        await AllSeeAsync("explain");
        await SeeAsync(mentor, "wall");
        await PictureAsync(board, "kk", "board", 1280, 720);
        await phone.Told.First.EvaluateAsync("told => told.scrollIntoView({ block: 'start' })");
        await PictureAsync(phone.Page, "kk", "phone", 360, 640);
        await PictureAsync(page, "en", "console", 1366, 768);
        await PictureAsync(mentor, "en", "wall", 1280, 320);

        await teacher.GoToAsync("ask");
        await teacher.Starting("ask-").First.ClickAsync();
        await phone.AnswerFirstAsync();
        await Expect(teacher.Page.GetByTestId("answered").First).ToContainTextAsync(Most, new() { Timeout = 60_000 });
        await AllSeeAsync("question");
        await teacher.ClickAsync("show-counts");
        await teacher.ClickAsync("reveal");
        await Expect(phone.Page.Locator(".question form")).ToHaveCountAsync(0);
        await AllSeeAsync("results");
        await teacher.Starting("ask-again-").First.ClickAsync();
        await Expect(teacher.Control("show-counts")).ToBeVisibleAsync();
        await Expect(teacher.Page.GetByTestId("answered").First).ToContainTextAsync(Most, new() { Timeout = 60_000 });
        await teacher.ClickAsync("show-counts");
        await teacher.ClickAsync("reveal");
        await Expect(board.Locator(".rounds").First).ToBeVisibleAsync();
        await AllSeeAsync("rounds");

        await teacher.GoToAsync("discuss");
        await teacher.ClickAsync("request-prompts");
        await teacher.Starting("pick-prompt-").First.ClickAsync();
        await teacher.ClickAsync("form-teams");
        await Expect(teacher.Page.Locator("[data-testid^='share-']:enabled").Nth(4)).ToBeVisibleAsync(Patient);
        await teacher.ClickAsync("share-ideas");
        await teacher.ClickAsync("share-ideas-yes");
        // More than fit come in pages.
        await Expect(board.Locator(".idea").Nth(2)).ToBeVisibleAsync();
        await AllSeeAsync("discuss");

        await teacher.GoToAsync("make");
        await Expect(teacher.Starting("request-feedback-").Nth(2)).ToBeVisibleAsync(Patient);
        await AllSeeAsync("make");
        await teacher.ClickAsync("tab-students");
        await SeeAsync(page, "console-students");
        await teacher.ClickAsync("tab-works");
        await SeeAsync(page, "console-works");
        await teacher.ClickAsync("tab-step");

        await teacher.ClickAsync("end-lesson");
        await teacher.ClickAsync("end-lesson-yes");
        await Expect(page.Locator("[data-plan]")).ToBeVisibleAsync();
        await Expect(board.Locator(".ended").First).ToBeVisibleAsync();
        await Expect(board.GetByTestId("rehearsal-mark")).ToBeVisibleAsync();
        await AllSeeAsync("ended");
        await Task.WhenAll(new[] { page, board, phone.Page, mentor }.Select(p => p.Context.CloseAsync()));

        Task SeeAsync(IPage screen, string name) => gallery.SeeAsync(screen, name, language);

        Task AllSeeAsync(string state) => Task.WhenAll(SeeAsync(page, "console-" + state), SeeAsync(board, "board-" + state), SeeAsync(phone.Page, "phone-" + state));

        async Task PictureAsync(IPage screen, string only, string name, int width, int height)
        {
            if (language != only)
            {
                return;
            }

            var own = screen.ViewportSize!;
            await screen.SetViewportSizeAsync(width, height);
            // As PNG they are three times as large.
            var session = await screen.Context.NewCDPSessionAsync(screen);
            var shot = (await session.SendAsync("Page.captureScreenshot", new() { ["format"] = "webp", ["quality"] = 85 }))!.Value;
            await File.WriteAllBytesAsync(Path.Combine(Pictures, name + ".webp"), shot.GetProperty("data").GetBytesFromBase64());
            await screen.SetViewportSizeAsync(own.Width, own.Height);
        }
    }

    private static readonly System.Text.RegularExpressions.Regex Most = new(@"^\D*(1[2-9]|2\d)\b");

    private static LocatorAssertionsToBeVisibleOptions Patient => new() { Timeout = 90_000 };

    // A printed link signs in once; the three languages are three browsers of one person.
    private static async Task<Func<IBrowserContext, Task>> SignInAsync(Browsers browsers, string link)
    {
        var page = await browsers.OpenAsync(link, 1366, 768);
        await Expect(page.Locator(".bar-top")).ToBeVisibleAsync();
        var cookies = await page.Context.CookiesAsync();
        await page.Context.CloseAsync();
        return context => context.AddCookiesAsync(cookies.Select(c => new Cookie { Name = c.Name, Value = c.Value, Domain = c.Domain, Path = c.Path, HttpOnly = c.HttpOnly }));
    }
}
