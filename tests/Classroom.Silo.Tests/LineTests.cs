namespace Classroom.Silo.Tests;

/// <summary>Invariant: a screen that is looked at and dies without a word is gone for the teacher within seconds; one that sleeps is not dead.</summary>
public sealed class LineTests
{
    [Theory]
    [InlineData("")]
    [InlineData("&id=")]
    public async Task Who_is_looked_at_and_silent_is_gone_and_who_is_hidden_stays(string road)
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Hub__VisibleSilentSeconds", "2"));
        await using var lesson = await LessonHost.OpenAsync(silo);
        var (hidden, hiddenId) = await SilentAsync(silo, lesson, "Елік", road, isVisible: false);
        var (dead, deadId) = await SilentAsync(silo, lesson, "Суыр", road, isVisible: true);
        await using var _ = hidden;
        await using var __ = dead;

        await lesson.Teacher.UntilAsync(t => !t.Present.Contains(deadId), "the one that died to be gone");

        // Silent for longer than the other, and there.
        lesson.Teacher.Present.ShouldContain(hiddenId);
        await hidden.SendTextAsync(SocketTests.Call(9, "Ping", true));
        (await hidden.UntilAsync("\"9\"")).ShouldNotBeNull();
        await lesson.Teacher.UntilAsync(t => !t.Present.Contains(hiddenId), "the other once it is looked at");
        silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_that_is_heard_stays_whatever_it_says()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Hub__VisibleSilentSeconds", "5"));
        await using var lesson = await LessonHost.OpenAsync(silo);
        var (alive, aliveId) = await SilentAsync(silo, lesson, "Елік", "", isVisible: true);
        await using var _ = alive;
        using var beating = new CancellationTokenSource();
        var beats = BeatAsync(alive, beating.Token);
        var (dead, deadId) = await SilentAsync(silo, lesson, "Суыр", "", isVisible: true);
        await using var __ = dead;

        await lesson.Teacher.UntilAsync(t => !t.Present.Contains(deadId), "the one that died to be gone");

        lesson.Teacher.Present.ShouldContain(aliveId);
        await beating.CancelAsync();
        await beats;
        await lesson.Teacher.UntilAsync(t => !t.Present.Contains(aliveId), "the other once it is silent too");
    }

    [Fact]
    public async Task Anybody_may_ask_and_a_word_that_is_none_is_refused()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var lesson = await LessonHost.OpenAsync(silo);
        var (student, _, _) = await lesson.JoinAsync("Елік");
        await using var __ = student;
        foreach (var wire in (WireClient[])[student, lesson.Teacher])
        {
            (await wire.CallAsync("Ping", true))!["refusal"].ShouldBeNull();
            foreach (var bad in (object?[])[null, "true", 1, new { }])
            {
                (await wire.CallAsync("Ping", bad))!["refusal"]!["code"]!.GetValue<string>().ShouldBe("bad-value");
            }
        }
    }

    /// <summary>A student who comes in, says whether the page is looked at, and nothing more.</summary>
    /// <param name="road">With an id SignalR's own transport takes the socket.</param>
    private static async Task<(RawSocket Socket, Guid Id)> SilentAsync(SiloProcess silo, LessonHost lesson, string name, string road, bool isVisible)
    {
        var (there, ticket, id) = await lesson.JoinAsync(name);
        await there.DisposeAsync();
        await lesson.Teacher.UntilAsync(t => !t.Present.Contains(id), "nobody");
        var token = road.Length == 0 ? "" : await NegotiateAsync(silo, ticket);
        var socket = await RawSocket.OpenAsync(silo.Url, $"/hubs/classroom?access_token={Uri.EscapeDataString(ticket)}{(token.Length == 0 ? "" : road + token)}");
        socket.IsUpgraded.ShouldBeTrue(socket.Head);
        await socket.SendTextAsync(RawSocket.Handshake + SocketTests.Call(1, "Sync", lesson.ClassroomId, 0) + SocketTests.Call(2, "Ping", isVisible));
        await lesson.Teacher.UntilAsync(t => t.Present.Contains(id), name);
        return (socket, id);
    }

    private static async Task<string> NegotiateAsync(SiloProcess silo, string ticket)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, silo.Url + "/hubs/classroom/negotiate?negotiateVersion=1");
        request.Headers.Authorization = new("Bearer", ticket);
        using var response = await http.SendAsync(request);
        var answer = System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return answer["connectionToken"]!.GetValue<string>();
    }

    private static async Task BeatAsync(RawSocket socket, CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            await socket.SendTextAsync("{\"type\":6}\u001e");
            await Task.Delay(200, until).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
