using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Classroom.E2e.Tests;

/// <summary>A teacher at the console: clicks what stands on the screen, by its test id.</summary>
internal sealed class Teacher(IPage page, JsonArray steps, string classroomId, string code)
{
    public IPage Page => page;

    public string Code => code;

    public string ClassroomId => classroomId;

    /// <summary>Signs in, opens the photosynthesis kit through the API of the page's own session, and stands in the lobby.</summary>
    public static Task<Teacher> OpenAsync(Browsers browsers, SiloProcess silo, bool atCentre, Func<IBrowserContext, Task>? first = null) =>
        OpenAsync(browsers, silo.TeachLink, silo.Url, atCentre, first);

    /// <param name="kit">Its first lesson.</param>
    public static async Task<Teacher> OpenAsync(Browsers browsers, string teachLink, string url, bool atCentre, Func<IBrowserContext, Task>? first = null, string kit = "photosynthesis")
    {
        var page = await browsers.OpenAsync(teachLink, 1280, 800, first: first);
        var opened = await page.EvaluateAsync<string>(
            """
            async ([atCentre, kit]) => {
              const kits = await (await fetch('/api/kits')).json();
              const lesson = kits.find(k => k.id === kit).lessons[0];
              const answer = await fetch('/api/classrooms', { method: 'POST', headers: { 'content-type': 'application/json', 'X-Ortaq': '1' },
                body: JSON.stringify({ kitId: kit, lessonId: lesson.id, className: '7Б', language: 'kk', atCentre }) });
              return JSON.stringify({ ...(await answer.json()), steps: lesson.steps });
            }
            """, new object[] { atCentre, kit });
        var node = JsonNode.Parse(opened)!;
        var id = node["classroomId"]!.GetValue<string>();
        await page.GotoAsync($"{url}/teach#{id}");
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByTestId("join-code").First).ToBeVisibleAsync();
        var shown = await page.GetByTestId("join-code").First.InnerTextAsync();
        return new Teacher(page, node["steps"]!.AsArray(), id, string.Concat(shown.Where(char.IsLetterOrDigit)));
    }

    /// <summary>At the console of the lesson that the page shows.</summary>
    public static async Task<Teacher> AtAsync(IPage page)
    {
        var steps = await page.EvaluateAsync<string>("async () => JSON.stringify((await (await fetch('/api/kits')).json()).find(k => k.id === 'photosynthesis').lessons[0].steps)");
        var shown = await page.GetByTestId("join-code").First.InnerTextAsync();
        return new Teacher(page, JsonNode.Parse(steps)!.AsArray(), new Uri(page.Url).Fragment.TrimStart('#'), string.Concat(shown.Where(char.IsLetterOrDigit)));
    }

    /// <summary>The board of this lesson, by a ticket of the page's own session.</summary>
    public Task<IPage> OpenBoardAsync(Browsers browsers, string url, string language = "kk") => OpenRoomBoardAsync(browsers, url, null, language);

    /// <summary>The same, in one of the lesson's rooms.</summary>
    public async Task<IPage> OpenRoomBoardAsync(Browsers browsers, string url, int? room, string language = "kk")
    {
        var ticket = await page.EvaluateAsync<string>(
            "async ([id, room]) => (await (await fetch(`/api/classrooms/${id}/board-ticket`, { method: 'POST', headers: { 'content-type': 'application/json', 'X-Ortaq': '1' }, body: JSON.stringify({ room }) })).json()).ticket",
            new object?[] { classroomId, room });
        return await browsers.OpenAsync($"{url}/board#ticket={Uri.EscapeDataString(ticket)}&classroom={classroomId}", 1920, 1080, language);
    }

    public string Step(string kind) => steps.First(s => s!["kind"]!.GetValue<string>() == kind)!["id"]!.GetValue<string>();

    public ILocator Control(string testId) => page.GetByTestId(testId).First;

    public Task ClickAsync(string testId) => Control(testId).ClickAsync();

    public ILocator Starting(string prefix) => page.Locator($"[data-testid^='{prefix}']:enabled");

    public async Task GoToAsync(string kind)
    {
        // Before the lesson is live the same press only looks.
        await Assertions.Expect(Control("start-lesson")).ToHaveCountAsync(0);
        await ClickAsync("step-" + Step(kind));
        await Assertions.Expect(Control("step-" + Step(kind))).ToHaveAttributeAsync("aria-current", "step");
    }
}
