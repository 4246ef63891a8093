using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Playwright;

namespace Classroom.E2e.Tests;

/// <summary>Walks a screen through languages, widths and themes; takes a picture of each and notes what <c>probe.js</c> and axe complain of.</summary>
internal sealed class Inspector(string words, string probe, string axe, IReadOnlyList<string> nicknames)
{
    public static readonly string[] Languages = ["kk", "ru", "en"];
    private static readonly string[] Themes = ["light", "dark", "contrast"];

    /// <summary>Chooses a language as a hand does: in the open, or in the sheet behind the "Aa" button, which is then closed.</summary>
    private const string Speak =
        """
        async (language) => {
          const control = (id) => document.querySelector(`[data-testid="${id}"]`);
          const until = async (holds) => {
            for (let tries = 0; !holds(); tries++) {
              if (tries > 500) throw new Error(`${language}: the switch does not answer`);
              await new Promise((turn) => setTimeout(turn, 10));
            }
          };
          // The page may be on its way still.
          await until(() => control('language-' + language) ?? control('look'));
          const hidden = !control('language-' + language);
          if (hidden) {
            control('look').click();
            await until(() => control('language-' + language));
          }
          control('language-' + language).click();
          if (hidden) {
            document.querySelector('.veil').click();
            await until(() => !document.querySelector('.sheet'));
          }
        }
        """;

    private readonly string _folder = Path.Combine(Screens.Folder, "matrix");
    private int _turn;

    public ConcurrentQueue<string> Complaints { get; } = [];

    public static async Task<Inspector> CreateAsync(IReadOnlyList<string> nicknames)
    {
        var web = Path.Combine(Screens.Root, "clients", "web");
        using var node = Process.Start(new ProcessStartInfo("node", ["tests/words.mjs"]) { WorkingDirectory = web, UseShellExecute = false, RedirectStandardOutput = true })!;
        var printed = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        var inspector = new Inspector(
            printed,
            await File.ReadAllTextAsync(Path.Combine(Screens.Root, "tests", "e2e", "probe.js")),
            await File.ReadAllTextAsync(Path.Combine(web, "node_modules", "axe-core", "axe.min.js")), nicknames);
        Directory.CreateDirectory(inspector._folder);
        return inspector;
    }

    /// <summary>One screen in one language and size as it stands.</summary>
    public async Task LookAsync(IPage page, string name, string language, int width)
    {
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(_folder, $"{name}-{language}-{width}.png") });
        foreach (var complaint in await page.EvaluateAsync<string[]>(probe, new object[] { language, words, nicknames }))
        {
            Complaints.Enqueue($"{name} {language} {width}: {complaint}");
        }
    }

    /// <summary>A screen with a language switch: every language at every size, then axe at the last.</summary>
    public async Task WalkAsync(IPage page, string name, params (int Width, int Height)[] sizes)
    {
        foreach (var (width, height) in sizes)
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (var language in Languages)
            {
                await page.EvaluateAsync(Speak, language);
                await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
                await LookAsync(page, name, language, width);
            }
        }

        await AxeAsync(page, name);
    }

    /// <summary>A sheet, which lies over the language switch: opened anew in every language at every size.</summary>
    public async Task WalkSheetAsync(IPage page, string name, Func<Task> open, params (int Width, int Height)[] sizes)
    {
        foreach (var (width, height) in sizes)
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (var language in Languages)
            {
                await page.EvaluateAsync(Speak, language);
                await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
                await open();
                await LookAsync(page, name, language, width);
                await (language == Languages[^1] ? AxeAsync(page, name) : Task.CompletedTask);
                await page.Keyboard.PressAsync("Escape");
                await Assertions.Expect(page.Locator(".sheet")).ToHaveCountAsync(0);
            }
        }
    }

    /// <summary>axe in the next theme: over a lesson each screen meets all three.</summary>
    public Task AxeAsync(IPage page, string name) => AxeAsync(page, name, Themes[Interlocked.Increment(ref _turn) % Themes.Length], isWhole: false);

    /// <summary>axe in each theme, with what it calls moderate or minor too.</summary>
    public async Task WholeAxeAsync(IPage page, string name)
    {
        foreach (var theme in Themes)
        {
            await AxeAsync(page, name, theme, isWhole: true);
        }
    }

    private async Task AxeAsync(IPage page, string name, string theme, bool isWhole)
    {
        await page.EvaluateAsync("source => { if (!window.axe) (0, eval)(source); }", axe);
        var found = await page.EvaluateAsync<string[]>(
            """
            async ([theme, isWhole]) => {
              const kept = document.documentElement.dataset.theme;
              document.documentElement.dataset.theme = theme;
              const { violations } = await axe.run(document, { resultTypes: ['violations'], iframes: false });
              document.documentElement.dataset.theme = kept;
              return violations.filter(v => isWhole || v.impact === 'serious' || v.impact === 'critical')
                .map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target + ' ' + (n.any[0]?.message ?? '')).join(' | ')}`);
            }
            """, new object[] { theme, isWhole });
        foreach (var violation in found)
        {
            Complaints.Enqueue($"{name} in {theme}: axe {violation}");
        }
    }
}
