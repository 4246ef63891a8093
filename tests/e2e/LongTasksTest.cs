using System.Text.Json;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>
/// A measurement: what holds up a finger on a phone whose processor is slowed four times, over a child's whole lesson. It prints and judges no time; it fails where
/// the lesson does, or where nothing was measured.
/// </summary>
public sealed class LongTasksTest(ITestOutputHelper output)
{
    private const string Work =
        "Ауладағы терек жапырағы күнге бұрылады, себебі оған жарық керек. Мен үш күн бақыладым және суретін салдым, жапырақ санын санадым, "
        + "топырақты өлшедім, су құйдым, көлеңкедегі бұтақпен салыстырдым және оттегі туралы ойымды жаздым. Жарық көп жерде жапырақ қалың екенін байқадым. Мұны досыма да көрсетіп, түсіндіріп бердім.";

    private const string Watch =
        """
        globalThis.tasks = [];
        new PerformanceObserver((list) => { for (const e of list.getEntries()) tasks.push({ at: e.startTime, takes: e.duration, by: "" }); }).observe({ type: "longtask", buffered: true });
        new PerformanceObserver((list) => {
          for (const e of list.getEntries())
            tasks.push({ at: e.startTime, takes: -e.duration, by: e.scripts.map((s) => `${s.invokerType} ${s.invoker} ${Math.round(s.duration)} ms (layout ${Math.round(s.forcedStyleAndLayoutDuration)}) ${s.sourceURL.split("/").pop()}:${s.sourceCharPosition}`).join("; ") });
        }).observe({ type: "long-animation-frame", buffered: true });
        """;

    /// <summary>With <c>tests/run --long</c> the browser's trace says what the long ones are made of; it slows the page itself.</summary>
    private static readonly bool Traces = Environment.GetEnvironmentVariable("ORTAQ_LONG") == "1";

    private readonly TaskCompletionSource<ICDPSession> _session = new();
    private readonly List<(int Process, int Thread, string Name, double At, double Takes)> _traced = [];

    [Fact]
    public async Task What_holds_up_a_finger_on_a_slow_phone()
    {
        await using var silo = await SiloProcess.StartAsync(settings: ("Tutor__Prepared__WordDelay", "00:00:00.04"));
        await using var browsers = await Browsers.StartAsync();
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var child = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "kk", "simple", async context =>
        {
            await context.AddInitScriptAsync(Watch);
            context.Page += async (_, page) =>
            {
                var session = await context.NewCDPSessionAsync(page);
                session.Event("Tracing.dataCollected").OnEvent += (_, e) => Remember(e!.Value.GetProperty("value"));
                if (Traces)
                {
                    await session.SendAsync("Tracing.start", new Dictionary<string, object> { ["transferMode"] = "ReportEvents", ["categories"] = "toplevel,devtools.timeline,v8" });
                }

                await session.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = 4 });
                _session.TrySetResult(session);
            };
        });
        var page = child.Page;
        await Expect(page.Locator(".lobby")).ToBeVisibleAsync();
        await TellAsync("the page, the name, the lobby");

        await teacher.ClickAsync("start-lesson");
        await Expect(teacher.Control("end-lesson")).ToBeVisibleAsync();
        await teacher.GoToAsync("explain");
        await teacher.Starting("explain-topic-").First.ClickAsync();
        await child.PressSentenceAsync(2);
        await Expect(page.Locator(".reading .s.mine")).ToHaveCountAsync(1);
        await Expect(page.Locator(".cursor")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await TellAsync("an explanation");
        await teacher.GoToAsync("ask");
        await teacher.Starting("ask-").First.ClickAsync();
        await child.AnswerFirstAsync();
        await teacher.ClickAsync("show-counts");
        await teacher.ClickAsync("reveal");
        await Expect(page.Locator(".question form")).ToHaveCountAsync(0);
        await TellAsync("a question");
        await teacher.GoToAsync("make");
        await child.WriteAndHandInAsync(Work);
        await TellAsync("a work");
        await page.ReloadAsync();
        await Expect(page.Locator(".room")).ToBeVisibleAsync();
        await TellAsync("loaded again");
        await (Traces ? ExplainAsync() : Task.CompletedTask);
        browsers.Complaints.ShouldBeEmpty();

        async Task TellAsync(string what)
        {
            var tasks = JsonDocument.Parse(await page.EvaluateAsync<string>(
                "async () => { await new Promise((turn) => requestAnimationFrame(() => setTimeout(turn))); return JSON.stringify(tasks.splice(0)); }")).RootElement.EnumerateArray()
                .Select(t => (At: t.GetProperty("at").GetDouble(), Takes: t.GetProperty("takes").GetDouble(), By: t.GetProperty("by").GetString())).ToList();
            var longs = tasks.Where(t => t.Takes > 0).Select(t => t.Takes).ToList();
            output.WriteLine($"{what}: {longs.Count} tasks over 50 ms, the longest {longs.DefaultIfEmpty(0).Max():F0} ms");
            foreach (var (at, takes, by) in tasks.OrderBy(t => t.At))
            {
                output.WriteLine(takes > 0 ? $"    {at,6:F0} a task of {takes:F0} ms" : $"    {at,6:F0} a picture after {-takes:F0} ms: {by}");
            }

            (await page.EvaluateAsync<bool>("() => Array.isArray(globalThis.tasks) && PerformanceObserver.supportedEntryTypes.includes('longtask')")).ShouldBeTrue();
        }
    }

    private void Remember(JsonElement events)
    {
        foreach (var e in events.EnumerateArray().Where(e => e.GetProperty("ph").GetString() == "X" && e.TryGetProperty("dur", out _)))
        {
            lock (_traced)
            {
                _traced.Add((e.GetProperty("pid").GetInt32(), e.GetProperty("tid").GetInt32(), e.GetProperty("name").GetString()!, e.GetProperty("ts").GetDouble() / 1000, e.GetProperty("dur").GetDouble() / 1000));
            }
        }
    }

    /// <summary>What the long tasks of the page's own thread were made of, by the browser's trace.</summary>
    private async Task ExplainAsync()
    {
        var session = await _session.Task;
        var whole = new TaskCompletionSource();
        session.Event("Tracing.tracingComplete").OnEvent += (_, _) => whole.TrySetResult();
        await session.SendAsync("Tracing.end");
        await whole.Task.WaitAsync(TimeSpan.FromMinutes(1));
        var page = _traced.Where(t => t.Name is "UpdateLayoutTree" or "Layout" or "FunctionCall").GroupBy(t => (t.Process, t.Thread)).MaxBy(g => g.Count())!.Key;
        var own = _traced.Where(t => (t.Process, t.Thread) == page).ToList();
        own.ShouldNotBeEmpty();
        var began = own.Min(t => t.At);
        foreach (var task in own.Where(t => t.Takes > 50 && t.Name.EndsWith("RunTask", StringComparison.Ordinal)).OrderBy(t => t.At))
        {
            var parts = own.Where(t => t.At >= task.At && t.At + t.Takes <= task.At + task.Takes && t.Takes > 4 && t != task).OrderByDescending(t => t.Takes).Take(8);
            output.WriteLine($"at {task.At - began:F0} ms a task of {task.Takes:F0} ms: {string.Join(", ", parts.Select(t => $"{t.Name} {t.Takes:F0}"))}");
        }
    }
}
