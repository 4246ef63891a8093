using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>
/// Ink on two boards of one lesson, by a hand that Chromium takes for a pen or a finger: seen on the other board while it is drawn, and after a reload,
/// without a connection, after the silo was killed. Prints how long it takes from the pointer's event to the other board's pixel.
/// </summary>
public sealed class InkTest(Xunit.Abstractions.ITestOutputHelper output)
{
    // The second page notes when a path it shows has changed and was painted; both pages read one clock.
    private const string Watch =
        """
        () => {
          window.painted = [];
          let last = '';
          const look = () => {
            const now = [...document.querySelectorAll('[data-testid=ink] path')].map(p => p.getAttribute('d')).join();
            if (now !== last) { last = now; requestAnimationFrame(() => window.painted.push(performance.timeOrigin + performance.now())); }
            requestAnimationFrame(look);
          };
          look();
        }
        """;

    [Fact]
    public async Task What_the_teacher_draws_is_on_every_board_and_outlives_reload_dead_line_and_a_killed_silo()
    {
        Directory.CreateDirectory(Screens.Folder);
        await using var silo = await SiloProcess.StartAsync(null, ("Tutor__Prepared__WordDelay", "00:00:00"));
        await using var browsers = await Browsers.StartAsync();
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var first = await teacher.OpenBoardAsync(browsers, silo.Url);
        var second = await PairedAsync(browsers, silo, teacher);
        var phone = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "kk", "simple");
        await teacher.ClickAsync("start-lesson");
        await teacher.GoToAsync("explain");
        await teacher.Starting("explain-topic-").First.ClickAsync();
        await Expect(first.Locator(".tell").First).ToContainTextAsync(new Regex("[әғқңөұүһі]"));

        // The board that the teacher opened draws; the one that was paired by its code looks, until the teacher lets it.
        await Expect(first.GetByTestId("ink-pen")).ToBeVisibleAsync();
        await Expect(second.GetByTestId("ink")).ToBeAttachedAsync();
        await Expect(second.GetByTestId("ink-pen")).ToHaveCountAsync(0);
        await TargetsAsync(first);

        // A finger before any pen: after one it might be the hand that held it.
        await first.GetByTestId("ink-sky").ClickAsync();
        await StrokeAsync(first, "touch", (1300, 300), (1400, 500), (1500, 300));
        await Expect(Paths(second)).ToHaveCountAsync(1);
        await first.GetByTestId("ink-coral").ClickAsync();
        await second.EvaluateAsync(Watch);
        await LatencyAsync(first, second);
        await Expect(Paths(second)).ToHaveCountAsync(2);
        (await D(second)).ShouldBe(await D(first), "the same line on both");
        await first.GetByTestId("ink-highlighter").ClickAsync();
        await StrokeAsync(first, "pen", (300, 420), (900, 430));
        await Expect(Paths(second)).ToHaveCountAsync(3);
        await first.ShootAsync("ink-first");
        await second.ShootAsync("ink-second");

        // A palm beside a writing pen draws nothing, on neither board.
        await first.GetByTestId("ink-pen").ClickAsync();
        await PalmAsync(first);
        await Expect(Paths(second)).ToHaveCountAsync(4);
        await Expect(Paths(first)).ToHaveCountAsync(4);
        await first.GetByTestId("ink-undo").ClickAsync();
        await Expect(Paths(second)).ToHaveCountAsync(3);

        // The eraser takes the whole stroke, undo brings it back; so with clearing.
        await first.GetByTestId("ink-eraser").ClickAsync();
        await StrokeAsync(first, "pen", (600, 380), (600, 480));
        await Expect(Paths(second)).ToHaveCountAsync(2);
        await first.GetByTestId("ink-undo").ClickAsync();
        await Expect(Paths(second)).ToHaveCountAsync(3);
        await first.GetByTestId("ink-clear").ClickAsync();
        await Expect(Paths(second)).ToHaveCountAsync(0);
        await Expect(first.GetByTestId("ink-clear")).ToBeDisabledAsync();
        await first.GetByTestId("ink-undo").ClickAsync();
        await Expect(Paths(second)).ToHaveCountAsync(3);

        // Another step has its own ink.
        await teacher.GoToAsync("ask");
        await Expect(Paths(second)).ToHaveCountAsync(0);
        await teacher.GoToAsync("explain");
        await Expect(Paths(second)).ToHaveCountAsync(3);

        // Without a line the stroke stays on the screen, also over a reload; then it is on the other board.
        await first.Context.SetOfflineAsync(true);
        await first.GetByTestId("ink-pen").ClickAsync();
        await StrokeAsync(first, "pen", (400, 700), (800, 720));
        await Expect(Paths(first)).ToHaveCountAsync(4);
        await Expect(Paths(second)).ToHaveCountAsync(3);
        await first.Context.SetOfflineAsync(false);
        await Expect(Paths(second)).ToHaveCountAsync(4);
        await Task.WhenAll(first.ReloadAsync(), second.ReloadAsync());
        await Expect(Paths(first)).ToHaveCountAsync(4);
        await Expect(Paths(second)).ToHaveCountAsync(4);
        (await D(second)).ShouldBe(await D(first));

        // The silo dies amid the lesson; what was drawn is stored, and drawing goes on.
        await silo.KillAsync();
        await first.GetByTestId("ink-pen").ClickAsync();
        await StrokeAsync(first, "pen", (1000, 700), (1200, 640));
        await Expect(Paths(first)).ToHaveCountAsync(5);
        await silo.StartAgainAsync();
        await Expect(Paths(second)).ToHaveCountAsync(5, new() { Timeout = 60_000 });

        // The teacher lets the second board draw, and takes the pen from the first.
        await teacher.ClickAsync("board");
        var pens = teacher.Page.Locator("[data-testid^='draw-']");
        await Expect(pens).ToHaveCountAsync(2);
        await Expect(pens.First).ToHaveAttributeAsync("aria-checked", "true");
        await Expect(pens.Last).ToHaveAttributeAsync("aria-checked", "false");
        await pens.Last.ClickAsync();
        await Expect(second.GetByTestId("ink-pen")).ToBeVisibleAsync();
        await pens.First.ClickAsync();
        await Expect(first.GetByTestId("ink-pen")).ToHaveCountAsync(0);
        await teacher.Page.ShootAsync("ink-teacher");
        await second.GetByTestId("ink-pen").ClickAsync();
        await StrokeAsync(second, "mouse", (300, 800), (500, 800));
        await Expect(Paths(first)).ToHaveCountAsync(6);

        (await phone.Page.ContentAsync()).ShouldNotContain("data-testid=\"ink\"", Case.Sensitive, "no ink on a phone");
        browsers.Complaints.ShouldBeEmpty();
        silo.Failures.ShouldBeEmpty();
    }

    private async Task LatencyAsync(IPage first, IPage second)
    {
        // A line of sixty moves, one a frame; each is noted by the first page when the event comes.
        await first.EvaluateAsync(
            "() => { window.moved = []; document.querySelector('[data-testid=ink]').addEventListener('pointermove', e => window.moved.push(performance.timeOrigin + e.timeStamp)); }");
        await StrokeAsync(first, "pen", [.. Enumerable.Range(0, 60).Select(i => (200 + (20 * i), 300 + (i % 7 * 12)))]);
        await Expect(Paths(second)).ToHaveCountAsync(2);
        var moved = await first.EvaluateAsync<double[]>("() => window.moved");
        var painted = await second.EvaluateAsync<double[]>("() => window.painted");
        painted.Length.ShouldBeGreaterThan(3, "it is seen while it is drawn, and not only once it is finished");
        var waits = moved.Select(m => painted.FirstOrDefault(p => p >= m) - m).Where(w => w > 0).Order().ToList();
        output.WriteLine($"ink: from the pointer's event to the second board's next picture: median {waits[waits.Count / 2]:0} ms, 95 % {waits[waits.Count * 95 / 100]:0} ms, {painted.Length} pictures of {moved.Length} moves");
    }

    private static ILocator Paths(IPage board) => board.GetByTestId("ink").Locator("path");

    private static Task<string> D(IPage board) => board.EvaluateAsync<string>("() => [...document.querySelectorAll('[data-testid=ink] path')].map(p => p.getAttribute('d')).join()");

    private static async Task TargetsAsync(IPage board)
    {
        foreach (var (width, height) in new[] { (1366, 768), (3840, 2160), (1920, 1080) })
        {
            await board.SetViewportSizeAsync(width, height);
            var boxes = await board.Locator(".ink-tools .tool").EvaluateAllAsync<float[][]>("all => all.map(e => { const b = e.getBoundingClientRect(); return [b.width, b.height, b.top, b.bottom, b.right]; })");
            boxes.Length.ShouldBe(9);
            boxes.ShouldAllBe(b => b[0] >= 64 && b[1] >= 64 && b[2] > height * 0.85 && b[3] <= height && b[4] <= width, $"{width}x{height}: large enough, and low on the board");
        }
    }

    // As a browser makes the events of a pen or a finger: CDP knows both, and coalesces none.
    private static async Task StrokeAsync(IPage board, string pointer, params (int X, int Y)[] points)
    {
        if (pointer == "touch")
        {
            var touch = await board.Context.NewCDPSessionAsync(board);
            await TouchAsync("touchStart", points[0]);
            foreach (var point in points.Skip(1))
            {
                await TouchAsync("touchMove", point);
            }

            await touch.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = "touchEnd", ["touchPoints"] = Array.Empty<object>() });
            return;

            Task TouchAsync(string type, (int X, int Y) at) => touch.SendAsync(
                "Input.dispatchTouchEvent", new() { ["type"] = type, ["touchPoints"] = new[] { new { x = at.X, y = at.Y, radiusX = 8, radiusY = 8 } } });
        }

        var mouse = await board.Context.NewCDPSessionAsync(board);
        await SendAsync("mousePressed", points[0]);
        foreach (var point in points.Skip(1))
        {
            await SendAsync("mouseMoved", point);
        }

        await SendAsync("mouseReleased", points[^1]);

        Task SendAsync(string type, (int X, int Y) at) => mouse.SendAsync("Input.dispatchMouseEvent", new()
        {
            ["type"] = type, ["x"] = at.X, ["y"] = at.Y, ["button"] = "left", ["buttons"] = type == "mouseReleased" ? 0 : 1, ["clickCount"] = 1,
            ["pointerType"] = pointer, ["force"] = 0.3 + (at.X % 100 / 200.0),
        });
    }

    private static async Task PalmAsync(IPage board)
    {
        var pen = await board.Context.NewCDPSessionAsync(board);
        await PenAsync("mousePressed", 500);
        await StrokeAsync(board, "touch", (700, 900), (720, 905), (760, 910));
        await PenAsync("mouseMoved", 560);
        await PenAsync("mouseReleased", 560);
        await StrokeAsync(board, "touch", (700, 900), (720, 905), (760, 910));

        Task PenAsync(string type, int x) => pen.SendAsync("Input.dispatchMouseEvent", new()
        {
            ["type"] = type, ["x"] = x, ["y"] = 600, ["button"] = "left", ["buttons"] = type == "mouseReleased" ? 0 : 1, ["clickCount"] = 1, ["pointerType"] = "pen", ["force"] = 0.5,
        });
    }

    private static async Task<IPage> PairedAsync(Browsers browsers, SiloProcess silo, Teacher teacher)
    {
        var board = await browsers.OpenAsync(silo.Url + "/board", 1920, 1080);
        await Expect(board.Locator(".pairing .digits")).ToHaveTextAsync(new Regex("[0-9]{3}"));
        var pairing = string.Concat((await board.Locator(".pairing .digits").InnerTextAsync()).Where(char.IsDigit));
        await teacher.Page.EvaluateAsync(
            "([id, pairing]) => fetch(`/api/classrooms/${id}/board`, { method: 'POST', headers: { 'content-type': 'application/json', 'X-Ortaq': '1' }, body: JSON.stringify({ pairing }) })",
            new[] { teacher.ClassroomId, pairing });
        await Expect(board.GetByText(new Regex(string.Join(".?", teacher.Code.AsEnumerable()))).First).ToBeVisibleAsync();
        return board;
    }
}
