using Microsoft.Playwright;

namespace Classroom.E2e.Tests;

/// <summary>A child with a cheap phone: what a hand does on the student's page.</summary>
internal sealed class Student(IPage page, string name, string language)
{
    private static readonly string[] Levels = ["simple", "standard", "advanced"];

    public IPage Page => page;

    public string Name => name;

    public string Language => language;

    public static async Task<Student> JoinAsync(Browsers browsers, string url, string code, string name, string language, string level, Func<IBrowserContext, Task>? first = null, int? room = null, bool worker = false)
    {
        var page = await browsers.OpenAsync($"{url}/j/{code}{(room is null ? "" : $"?room={room}")}", 360, 740, language, first, worker);
        await page.Locator("input[type=text]").Last.FillAsync(name);
        await page.Locator("fieldset:not([data-testid=rooms]) button.pick").Nth(Array.IndexOf(Levels, level)).ClickAsync();
        await page.Locator("button[type=submit]").ClickAsync();
        // The seat is taken once the form is gone.
        await Assertions.Expect(page.Locator("fieldset")).ToHaveCountAsync(0);
        return new Student(page, name, language);
    }

    public Task<string> HtmlLanguageAsync() => page.EvaluateAsync<string>("document.documentElement.lang");

    public ILocator Told => page.Locator(".reading .tell");

    public async Task PressSentenceAsync(int index) => await page.Locator(".reading .tell .s[role=button]").Nth(index).ClickAsync();

    public async Task AnswerFirstAsync()
    {
        await page.Locator(".question .pick").First.ClickAsync();
        await page.Locator(".question button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator(".question .own")).ToBeVisibleAsync();
    }

    public async Task AddIdeaAsync(string text)
    {
        await page.Locator("form.card textarea").First.FillAsync(text);
        await page.Locator("form.card button[type=submit]").First.ClickAsync();
    }

    /// <summary>Fills every field of the work (text first) and hands it in, answering the question in place.</summary>
    /// <param name="asked">While the question is asked.</param>
    public async Task WriteAndHandInAsync(string text, params Func<Task>[] asked)
    {
        var fields = page.Locator(".editor textarea");
        await fields.First.WaitForAsync();
        for (var i = await fields.CountAsync() - 1; i > 0; i--)
        {
            await fields.Nth(i).FillAsync("Өзім бақыладым, оқулықтан қарадым");
        }

        await fields.First.FillAsync(text);
        await page.Locator(".editor > button").ClickAsync();
        foreach (var look in asked)
        {
            await look();
        }

        await page.Locator(".editor [role=group] button").First.ClickAsync();
        await Assertions.Expect(page.Locator(".editor")).ToHaveCountAsync(0);
    }

    public async Task RaiseHandAsync(string topic = "")
    {
        await page.Locator("nav button").First.ClickAsync();
        await page.Locator("[role=dialog] input[type=text]").FillAsync(topic);
        await page.Locator("[role=dialog] button[type=submit]").ClickAsync();
    }

    public Task OfflineAsync(bool offline) => page.Context.SetOfflineAsync(offline);
}
