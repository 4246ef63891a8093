using Microsoft.Playwright;

namespace Classroom.E2e.Tests;

/// <summary>A person without a mouse: what the Tab key reaches, and that it shows where it is.</summary>
internal sealed class Keyboard(IPage page)
{
    private const int Farthest = 200;

    public static async Task<Keyboard> AtAsync(IPage page)
    {
        await page.EvaluateAsync("() => { globalThis.pointed = 0; addEventListener('pointerdown', () => globalThis.pointed++, true); }");
        return new Keyboard(page);
    }

    public Task<int> PressesOfPointerAsync() => page.EvaluateAsync<int>("() => globalThis.pointed");

    /// <summary>By Tab alone to something that is there; it must be seen to have the focus.</summary>
    public async Task ReachAsync(string selector)
    {
        await page.Locator(selector).First.WaitForAsync();
        for (var tabs = 0; tabs < Farthest; tabs++)
        {
            var found = await page.EvaluateAsync<string>(
                """
                (selector) => {
                  const e = document.activeElement;
                  if (!e?.matches(selector)) return 'no';
                  const looks = getComputedStyle(e);
                  return looks.outlineStyle !== 'none' && parseFloat(looks.outlineWidth) > 0 ? 'yes' : 'unseen';
                }
                """, selector);
            if (found == "yes")
            {
                return;
            }

            found.ShouldBe("no", $"{selector} has the focus and does not show it");
            await page.Keyboard.PressAsync("Tab");
        }

        throw new ShouldAssertException($"{selector} is not reached by {Farthest} Tabs on {page.Url}");
    }

    public async Task PressAsync(string selector, string key = "Enter")
    {
        await ReachAsync(selector);
        await page.Keyboard.PressAsync(key);
    }

    public async Task TypeAsync(string selector, string text)
    {
        await ReachAsync(selector);
        await page.Keyboard.InsertTextAsync(text);
    }

    public Task PressHereAsync(string key) => page.Keyboard.PressAsync(key);
}
