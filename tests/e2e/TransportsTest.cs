using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>
/// A browser comes into a lesson by a WebSocket with nothing asked before; where none can be had, by what SignalR does without one. A lesson is
/// the same by each transport: texts arrive, a press is stored, and after the server was killed the page comes back by itself.
/// </summary>
public sealed class TransportsTest
{
    [Theory]
    [InlineData("open", "websocket")]
    [InlineData("no WebSocket in the browser", "eventsource")]
    [InlineData("a proxy that closes", "eventsource")]
    [InlineData("a proxy that says nothing", "eventsource")]
    [InlineData("neither WebSocket nor EventSource", "polling")]
    public async Task A_student_takes_part_by_whatever_transport_there_is(string network, string transport)
    {
        await using var silo = await SiloProcess.StartAsync(settings: ("Tutor__Prepared__WordDelay", "00:00:00"));
        await using var browsers = await Browsers.StartAsync();
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        var (asked, sockets) = (new ConcurrentQueue<IRequest>(), new ConcurrentQueue<IWebSocket>());
        var student = await Student.JoinAsync(browsers, silo.Url, teacher.Code, "Айгерім", "kk", "simple", async context =>
        {
            await HinderAsync(context, network);
            context.Request += (_, request) => asked.Enqueue(request);
            context.Page += (_, page) => page.WebSocket += (_, socket) => sockets.Enqueue(socket);
        });
        await Expect(student.Page.Locator(".lobby")).ToBeVisibleAsync();

        await teacher.ClickAsync("start-lesson");
        await Expect(teacher.Control("end-lesson")).ToBeVisibleAsync();
        await teacher.GoToAsync("explain");
        await teacher.Starting("explain-topic-").First.ClickAsync();
        await Expect(student.Page.Locator(".reading .tell .s[role=button]").Nth(2)).ToBeVisibleAsync();
        await student.PressSentenceAsync(1);
        await Expect(teacher.Page.GetByText("Айгерім").First).ToBeVisibleAsync();

        if (transport == "websocket")
        {
            asked.ShouldAllBe(r => !r.Url.Contains("/hubs/", StringComparison.Ordinal), "nothing was asked before");
            sockets.ShouldHaveSingleItem().Url.ShouldNotContain("id=");
        }

        // The server is killed and started again; nobody does anything on the phone.
        await silo.KillAsync();
        await Expect(student.Page.GetByTestId("offline")).ToBeVisibleAsync();
        await silo.StartAgainAsync();
        await Expect(student.Page.GetByTestId("offline")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        await Expect(student.Page.Locator(".reading .s.mine")).ToHaveCountAsync(1);
        await teacher.GoToAsync("ask");
        await teacher.Starting("ask-").First.ClickAsync();
        await student.AnswerFirstAsync();

        if (transport != "websocket")
        {
            var hub = asked.Where(r => r.Url.Contains("/hubs/classroom", StringComparison.Ordinal)).ToList();
            hub.ShouldContain(r => r.Url.Contains("/negotiate", StringComparison.Ordinal));
            hub.Any(r => r.ResourceType == "eventsource").ShouldBe(transport == "eventsource");
        }

        browsers.Complaints.ShouldBeEmpty();
    }

    private static Task HinderAsync(IBrowserContext context, string network) => network switch
    {
        "open" => Task.CompletedTask,
        "no WebSocket in the browser" => context.AddInitScriptAsync("delete window.WebSocket"),
        "neither WebSocket nor EventSource" => context.AddInitScriptAsync("delete window.WebSocket; delete window.EventSource"),
        "a proxy that closes" => context.RouteWebSocketAsync("**/hubs/**", socket => _ = socket.CloseAsync()),
        "a proxy that says nothing" => context.RouteWebSocketAsync("**/hubs/**", _ => { }),
        _ => throw new ArgumentOutOfRangeException(nameof(network), network, "unknown"),
    };
}
