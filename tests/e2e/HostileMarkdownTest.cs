using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.Playwright;

namespace Classroom.E2e.Tests;

/// <summary>
/// What a child or a model writes never becomes more than text. The product's own components, on a page of their own that the real silo
/// serves under its real policy, show hundreds of hostile texts in every place a text can stand, and a part of them unit by unit.
/// </summary>
public sealed class HostileMarkdownTest
{
    private const string Hit = "window.__ran=1,alert(1)";

    private static readonly string[] Vectors =
    [
        $"<script>{Hit}</script>", "<script src=https://evil.test/x.js></script>", $"<svg onload={Hit}>", $"<svg><script>{Hit}</script></svg>",
        "<svg><use href='https://evil.test/x.svg#a'/></svg>", $"<svg><animate onbegin={Hit} attributeName=x dur=1s>", $"<math><mtext><img src=x onerror={Hit}></mtext></math>",
        $"<img src=x onerror={Hit}>", "<img src='https://evil.test/p.png'>", "<img srcset='https://evil.test/p.png 1x, //evil.test/q.png 2x'>",
        $"<picture><source srcset=//evil.test/p><img src=x onerror={Hit}></picture>", $"<iframe src=\"javascript:{Hit}\"></iframe>", $"<iframe srcdoc=\"<script>parent.{Hit}</script>\">",
        $"<object data=\"javascript:{Hit}\"></object>", "<embed src=https://evil.test/x.swf>", "<link rel=stylesheet href=https://evil.test/x.css>",
        "<style>@import url(https://evil.test/x.css);</style>", "<style>body{background:url(https://evil.test/p.png)}</style>",
        "<div style=\"background:url(//evil.test/p)\">a</div>", $"<div style=\"width:expression({Hit})\">a</div>", "<meta http-equiv=refresh content=\"0;url=https://evil.test\">",
        "<base href=https://evil.test/>", $"<form action=\"javascript:{Hit}\"><button autofocus>a</button></form>", "<form action=https://evil.test><input type=submit autofocus>",
        $"<input autofocus onfocus={Hit}>", $"<details open ontoggle={Hit}>a</details>", $"<video autoplay onloadstart={Hit}><source src=//evil.test/v></video>",
        $"<audio src=x onerror={Hit}>", $"<body onload={Hit}>", $"<marquee onstart={Hit}>a</marquee>", $"<a href=\"javascript:{Hit}\">a</a>", $"<a href=\"jav&#x09;ascript:{Hit}\">a</a>",
        $"<a href=\"vbscript:{Hit}\">a</a>", $"<a href=\"data:text/html,<script>{Hit}</script>\">a</a>", $"<noscript><p title=\"</noscript><img src=x onerror={Hit}>\">",
        $"<template><img src=x onerror={Hit}></template>", $"<math><mi//xlink:href=\"data:x,<script>{Hit}</script>\">", $"<table background=\"javascript:{Hit}\"><td>a",
        $"<select><style></select><img src=x onerror={Hit}></style>", $"<svg></p><style><a id=\"</style><img src=1 onerror={Hit}>\">",
        $"<form><math><mtext></form><form><mglyph><style></math><img src onerror={Hit}>", $"<x-y onclick={Hit} tabindex=1 autofocus onfocus={Hit}>a</x-y>", $"<!--><img src=x onerror={Hit}>-->",
        $"<![CDATA[><img src=x onerror={Hit}>]]>", $"<?xml version=\"1.0\"?><img src=x onerror={Hit}>", $"\"><img src=x onerror={Hit}>", $"' autofocus onfocus={Hit} x='", $"`><img src=x onerror={Hit}>",
    ];

    private static readonly string[] Markdown =
    [
        $"[a](javascript:{Hit})", $"[a](JaVaScRiPt:{Hit})", $"[a](java\tscript:{Hit})", $"[a](&#106;avascript:{Hit})", $"[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
        $"[a](vbscript:{Hit})", "![a](https://evil.test/p.png)", $"![a](x\" onerror=\"{Hit})", $"![a](javascript:{Hit})", "![a][r]\n\n[r]: https://evil.test/p.png", $"[a][r]\n\n[r]: javascript:{Hit}",
        $"<javascript:{Hit}>", "<https://evil.test/a>", "https://evil.test/p.png", "www.evil.test", $"[a](<javascript:{Hit}>)", $"[![a](https://evil.test/p.png)](javascript:{Hit})",
        $"# <img src=x onerror={Hit}>", $"> <img src=x onerror={Hit}>", $"| a |\n|---|\n| <img src=x onerror={Hit}> |", $"- [ ] <img src=x onerror={Hit}>", $"**<img src=x onerror={Hit}>**",
        $"```html\n<img src=x onerror={Hit}>\n```", $"```\"><img src=x onerror={Hit}>\n```", $"~~~\n</code></pre><script>{Hit}</script>\n~~~", $"$$\\href{{javascript:{Hit}}}{{a}}$$", $"$\\text{{<img src=x onerror={Hit}>}}$", $"$$\\text{{<script>{Hit}</script>}}$$", $"$\\href{{javascript:{Hit}}}{{a}}$", $"\\(\\style{{position:fixed}}{{x}}\\)", $"[^1]\n\n[^1]: <img src=x onerror={Hit}>",
        "\u202E<script>\u202C", "\uD83D\uDE00<\uD83D", "{{constructor.constructor('alert(1)')()}}", "${alert(1)}", "<%= alert(1) %>",
    ];

    private static readonly Func<string, string>[] Disguises =
    [
        v => v,
        v => v.ToUpperInvariant().Replace("WINDOW.__RAN=1,ALERT(1)", Hit, StringComparison.Ordinal),
        v => "Су. " + v + " Жарық.",
        WebUtility.HtmlEncode,
        v => string.Concat(v.Select(c => $"&#x{(int)c:x};")),
        v => string.Concat(v.Select(c => c is '<' or '>' or '"' or ':' ? $"&#{(int)c}" : c.ToString())),
        v => Uri.EscapeDataString(v),
        v => v.Replace("<", "<\u0000", StringComparison.Ordinal).Replace("script", "scr\u0000ipt", StringComparison.Ordinal),
        v => v.Replace("<", "\uFF1C", StringComparison.Ordinal).Replace(">", "\uFF1E", StringComparison.Ordinal) + v,
        v => v.Replace("script", "scr\u200Bipt\u00AD", StringComparison.Ordinal).Replace("on", "o\u200Dn", StringComparison.Ordinal) + v.Replace(' ', '\f'),
        v => v.TrimEnd('>'),
        v => "<!-- " + v + " --!> " + v,
        v => "**" + v + "\n- " + v + "\n1. " + v,
        v => "</p></div></textarea></title></style></script>" + v,
    ];

    [Fact]
    public async Task No_text_runs_and_none_asks_for_anything()
    {
        var root = Directory.CreateTempSubdirectory("ortaq-stage").FullName;
        Copy(Path.Combine(Screens.Root, "silo", "Classroom.Silo", "wwwroot"), root);
        await BuildStageAsync(root);
        await using var silo = await SiloProcess.StartAsync(null, ("ASPNETCORE_WEBROOT", root));
        await using var browsers = await Browsers.StartAsync();
        var page = await browsers.OpenAsync(silo.Url + "/stage.html", 1280, 800);
        var seen = new ConcurrentQueue<string>();
        page.Dialog += async (_, dialog) =>
        {
            seen.Enqueue("dialog: " + dialog.Message);
            await dialog.DismissAsync();
        };
        page.Console += (_, message) => seen.Enqueue($"console {message.Type}: {message.Text}");
        page.FrameNavigated += (_, frame) => seen.Enqueue("navigated: " + frame.Url);
        page.Context.Page += (_, other) => seen.Enqueue("a new page: " + other.Url);
        page.Context.Request += (_, request) => seen.Enqueue("request: " + request.Url);
        await page.EvaluateAsync("() => { window.__seen = []; addEventListener('securitypolicyviolation', e => window.__seen.push(e.violatedDirective + ' ' + e.blockedURI)); }");

        // What harmless texts look like is all there may ever be.
        var known = await page.EvaluateAsync<int>("list => learn(list)", new[] { "Су.", "Су бұлттан келеді.\n\n- **бір**\n- екі\n\n1. үш", "Жапырақ жасыл. Неге?", "$\\text{а} = \\frac{1}{2}$", "$$\\text{а}$$", "| а |\n|---|\n| б |" });
        known.ShouldBeGreaterThan(60, "every screen stands on the stage");
        // What shows formulas has come, for a harmless one, and the parts of the page that come late; nothing else is ever asked for.
        seen.ShouldAllBe(s => s.StartsWith("request: " + silo.Url + "/assets/", StringComparison.Ordinal) && (s.EndsWith(".js", StringComparison.Ordinal) || s.EndsWith(".css", StringComparison.Ordinal)));
        seen.Clear();

        string[] all = [.. Vectors.SelectMany(v => Disguises.Select(d => d(v))).Concat(Markdown).Distinct()];
        all.Length.ShouldBeGreaterThanOrEqualTo(500);
        foreach (var some in all.Chunk(40))
        {
            (await page.EvaluateAsync<string[]>("list => showAll(list)", some)).ShouldBeEmpty();
        }

        // Cut at every unit, as a stream is: each prefix is rendered.
        var prefixes = 0;
        foreach (var some in Vectors.Concat(Markdown).Concat(all.Where((_, i) => i % 31 == 0)).Distinct().Chunk(20))
        {
            var told = await page.EvaluateAsync<JsonElement>("list => tellAll(list)", some);
            told.GetProperty("wrong").EnumerateArray().Select(w => w.GetString()).ShouldBeEmpty();
            prefixes += told.GetProperty("prefixes").GetInt32();
        }

        prefixes.ShouldBeGreaterThan(5_000);
        (await page.EvaluateAsync<bool>("() => '__ran' in window")).ShouldBeFalse();
        (await page.EvaluateAsync<string[]>("() => window.__seen")).ShouldBeEmpty();
        seen.ShouldBeEmpty();
        browsers.Complaints.ShouldBeEmpty();

        // The same eyes do see an attack, where one is let in by hand; the policy stops it even then.
        await page.EvaluateAsync("html => document.body.insertAdjacentHTML('beforeend', html)", $"<img src=/nothing onerror=\"{Hit}\"><img src=https://evil.test/p.png>");
        await page.WaitForFunctionAsync("() => window.__seen.length >= 2");
        seen.ShouldContain(s => s.StartsWith("request: " + silo.Url + "/nothing", StringComparison.Ordinal));
        seen.ShouldNotContain(s => s.StartsWith("dialog", StringComparison.Ordinal));
        (await page.EvaluateAsync<bool>("() => '__ran' in window")).ShouldBeFalse();
        Directory.Delete(root, recursive: true);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static async Task BuildStageAsync(string root)
    {
        using var node = Process.Start(new ProcessStartInfo("node", ["tests/hostile/build.mjs", root])
        {
            WorkingDirectory = Path.Combine(Screens.Root, "clients", "web"), UseShellExecute = false, RedirectStandardError = true,
        })!;
        var said = await node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();
        node.ExitCode.ShouldBe(0, said);
    }
}
