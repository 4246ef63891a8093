using System.Text;
using Microsoft.Playwright;

namespace Classroom.E2e.Tests;

/// <summary>Pictures of screens as a person sees them, and one page on which all stand beside each other: a row a screen and language, a column a size.</summary>
internal sealed class Gallery(string folder, IReadOnlyList<(int Width, int Height)> sizes)
{
    private readonly List<(string Screen, string Language)> _rows = [];

    /// <summary>The screen in every size; then in the one that it had.</summary>
    public async Task SeeAsync(IPage page, string screen, string language)
    {
        var own = page.ViewportSize!;
        foreach (var (width, height) in sizes)
        {
            await page.SetViewportSizeAsync(width, height);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, Name(screen, language, width)) });
        }

        await page.SetViewportSizeAsync(own.Width, own.Height);
        lock (_rows)
        {
            _rows.Add((screen, language));
        }
    }

    /// <summary>Writes <c>index.html</c>. The same screen in three languages stands below each other, in the order in which they came.</summary>
    public async Task<string> BindAsync()
    {
        var html = new StringBuilder("<!doctype html><meta charset=\"utf-8\"><title>Ortaq: every screen</title><style>body{font:14px sans-serif;margin:16px;background:#ddd}"
            + "section{display:flex;gap:12px;align-items:start;margin:8px 0}img{height:360px;border:1px solid #999;background:#fff}h2{margin:24px 0 0}nav a{margin-right:8px}</style>");
        var screens = _rows.Select(r => r.Screen).Distinct().ToList();
        html.AppendLine("<nav>").AppendJoin('\n', screens.Select(s => $"<a href=\"#{s}\">{s}</a>")).AppendLine("</nav>");
        foreach (var screen in screens)
        {
            html.AppendLine($"<h2 id=\"{screen}\">{screen}</h2>");
            foreach (var (_, language) in _rows.Where(r => r.Screen == screen))
            {
                html.Append("<section>").AppendJoin("", sizes.Select(s => Name(screen, language, s.Width))
                    .Select(name => $"<a href=\"{name}\"><img loading=\"lazy\" src=\"{name}\" alt=\"{name}\" title=\"{name}\"></a>")).AppendLine("</section>");
            }
        }

        var page = Path.Combine(folder, "index.html");
        await File.WriteAllTextAsync(page, html.ToString());
        return page;
    }

    private static string Name(string screen, string language, int width) => $"{screen}-{language}-{width}.png";
}
