using System.Text;
using System.Text.Json.Nodes;

namespace Classroom.Silo.Tests;

/// <summary>
/// The hub is the same by both ways: the short one (no negotiation) and SignalR's own. A client may cut its messages as RFC 6455 allows, and
/// receives of each end what the protocol says.
/// </summary>
public sealed class SocketTests(SharedSilo shared) : IClassFixture<SharedSilo>
{
    private const string Ping = "{\"type\":6}\u001e";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_in_many_frames_and_many_messages_in_a_frame_are_the_same_calls(bool negotiated)
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        await using var socket = await JoinAsync(lesson, "Барыс", negotiated);
        var handshake = RawSocket.Handshake;
        await socket.SendTextAsync(handshake[..5], fin: false);
        await socket.SendTextAsync("", fin: false, opcode: 0);
        // A control frame may stand between the pieces of a message.
        await socket.SendAsync(RawSocket.Frame(9, "alive"u8));
        await socket.SendTextAsync(handshake[5..] + Call(1, "Sync", lesson.ClassroomId, 0) + Ping, opcode: 0);
        await socket.UntilAsync("Snapshot");
        var calls = string.Concat(Enumerable.Range(2, 8).Select(i => Call(i, "Execute", new { id = Guid.CreateVersion7(), name = "RaiseHand", fields = new { topic = "т" + i } })));
        await socket.SendTextAsync(calls);
        var answers = new List<string>();
        while (answers.Count < 8)
        {
            var text = await socket.UntilAsync("\"type\":3");
            answers.AddRange(text!.Split('\u001e').Where(m => m.Contains("\"type\":3", StringComparison.Ordinal) && !m.Contains("\"invocationId\":\"1\"", StringComparison.Ordinal)));
        }

        answers.ShouldAllBe(a => !a.Contains("refusal", StringComparison.Ordinal));
        foreach (var letter in Call(10, "Execute", new { id = Guid.CreateVersion7(), name = "LowerHand", fields = new { } }))
        {
            await socket.SendTextAsync(letter.ToString());
        }

        (await socket.UntilAsync("\"invocationId\":\"10\""))!.ShouldNotContain("refusal");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_ping_is_answered_with_what_it_carried(bool negotiated)
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        await using var socket = await JoinAsync(lesson, "Құлан", negotiated);
        await socket.SendTextAsync(RawSocket.Handshake);
        await socket.UntilAsync("{}");
        await socket.SendAsync(RawSocket.Frame(9, "құстар"u8));
        (int Opcode, byte[] Payload)? received;
        do
        {
            received = await socket.ReadAsync();
        }
        while (received is { Opcode: not 10 });
        Encoding.UTF8.GetString(received!.Value.Payload).ShouldBe("құстар");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_close_is_answered_with_a_close(bool negotiated)
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        await using var socket = await JoinAsync(lesson, "Сұңқар", negotiated);
        await socket.SendTextAsync(RawSocket.Handshake);
        await socket.UntilAsync("{}");
        await socket.SendAsync(RawSocket.Frame(8, [3, 232]));
        (await socket.ToTheEndAsync()).ShouldContain(8);
    }

    [Theory]
    [InlineData(false, "{\"type\":7}\u001e")]
    [InlineData(true, "{\"type\":7}\u001e")]
    [InlineData(false, "nonsense\u001e")]
    [InlineData(true, "nonsense\u001e")]
    public async Task A_server_that_ends_a_connection_says_so(bool negotiated, string last)
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        await using var socket = await JoinAsync(lesson, "Тұлпар", negotiated);
        await socket.SendTextAsync(RawSocket.Handshake);
        await socket.UntilAsync("{}");
        await socket.SendTextAsync(last);
        (await socket.ToTheEndAsync()).ShouldContain(8);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 60)]
    [InlineData(true, 60)]
    public async Task A_message_over_the_limit_ends_the_connection_however_it_is_cut(bool negotiated, int pieces)
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        await using var socket = await JoinAsync(lesson, "Арлан", negotiated);
        await socket.SendTextAsync(RawSocket.Handshake);
        await socket.UntilAsync("{}");
        try
        {
            for (var i = 0; i < pieces; i++)
            {
                await socket.SendTextAsync(new string('x', 60_000 / pieces), fin: false, opcode: i == 0 ? 1 : 0);
            }
        }
        catch (IOException)
        {
            // It was ended before all was sent.
        }

        await socket.ToTheEndAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_flood_of_what_is_no_call_ends_its_connection(bool negotiated)
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        await using var socket = await JoinAsync(lesson, "Шортан", negotiated);
        await socket.SendTextAsync(RawSocket.Handshake);
        await socket.UntilAsync("{}");
        var pings = string.Concat(Enumerable.Repeat("{\"type\":6}\u001e", 2000));
        var sent = 0;
        try
        {
            for (; sent < 2000; sent++)
            {
                await socket.SendTextAsync(pings);
            }
        }
        catch (IOException)
        {
            // Ended, as it should be.
        }

        sent.ShouldBeLessThan(2000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_one_person_may_send_is_shared_by_all_tabs_and_outlives_a_reconnect(bool negotiated)
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var (_, ticket, _) = await lesson.JoinAsync("Сазан");
        var calls = string.Concat(Enumerable.Repeat("{\"type\":1,\"invocationId\":\"1\",\"target\":\"x\",\"arguments\":[]}\u001e", 100));
        var sent = 0;
        // Each connection sends no more than would be allowed to one alone.
        for (var tab = 0; tab < 12; tab++)
        {
            await using var socket = await OpenAsync(ticket, negotiated);
            try
            {
                await socket.SendTextAsync(RawSocket.Handshake);
                await socket.UntilAsync("{}");
                for (var i = 0; i < 5; i++)
                {
                    await socket.SendTextAsync(calls);
                    sent++;
                }

                await socket.SendTextAsync("{\"type\":1,\"invocationId\":\"last\",\"target\":\"x\",\"arguments\":[]}\u001e");
                if (await socket.UntilAsync("\"last\"") is null)
                {
                    return;
                }
            }
            catch (IOException)
            {
                return;
            }
        }

        sent.ShouldBe(0, "none of them was ended");
    }

    [Theory]
    [InlineData("http://evil.example", "", "403")]
    [InlineData(null, "", "401")]
    [InlineData(null, "?access_token=nonsense", "401")]
    [InlineData(null, "?access_token=", "401")]
    [InlineData("null", "", "403")]
    [InlineData("http://evil.example", "", "403", "/HUBS/classroom")]
    public async Task Another_sites_page_and_one_without_a_ticket_get_no_socket(string? origin, string query, string status, string path = "/hubs/classroom")
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var (_, ticket, _) = await lesson.JoinAsync("Аққу");
        var target = path + (origin is null ? query : "?access_token=" + Uri.EscapeDataString(ticket));
        await using var socket = await RawSocket.OpenAsync(shared.Silo.Url, target, origin is null ? [] : ["Origin: " + origin]);
        socket.Head.ShouldStartWith("HTTP/1.1 " + status);
        await using var own = await RawSocket.OpenAsync(shared.Silo.Url, "/hubs/classroom?access_token=" + Uri.EscapeDataString(ticket), "Origin: " + shared.Silo.Url);
        own.IsUpgraded.ShouldBeTrue();
    }

    [Fact]
    public async Task Long_polling_reaches_the_same_hub()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var (_, ticket, _) = await lesson.JoinAsync("Ителгі");
        using var http = await shared.Silo.BrowserAsync();
        http.DefaultRequestHeaders.Add("Authorization", "Bearer " + ticket);
        var target = await NegotiateAsync(http);
        (await http.GetAsync(target)).EnsureSuccessStatusCode();
        (await http.PostAsync(target, Body(RawSocket.Handshake + Call(1, "Sync", lesson.ClassroomId, 0)))).EnsureSuccessStatusCode();
        var received = new StringBuilder();
        while (!received.ToString().Contains("Snapshot", StringComparison.Ordinal))
        {
            received.Append(await http.GetStringAsync(target));
        }

        (await http.PostAsync(target, Body(Call(2, "Execute", new { id = Guid.CreateVersion7(), name = "RaiseHand", fields = new { topic = "күн" } })))).EnsureSuccessStatusCode();
        await lesson.Teacher.UntilAsync(t => t.All("hand").Count == 1, "the hand");
        (await http.DeleteAsync(target)).EnsureSuccessStatusCode();
        await lesson.Teacher.UntilAsync(t => t.Present.Count == 1, "only the socket of the same student is left");
    }

    [Fact]
    public async Task Server_sent_events_reach_the_same_hub()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var (_, ticket, _) = await lesson.JoinAsync("Лашын");
        using var http = await shared.Silo.BrowserAsync();
        http.DefaultRequestHeaders.Add("Authorization", "Bearer " + ticket);
        var target = await NegotiateAsync(http);
        using var request = new HttpRequestMessage(HttpMethod.Get, target) { Headers = { { "Accept", "text/event-stream" } } };
        using var events = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        events.EnsureSuccessStatusCode();
        (await http.PostAsync(target, Body(RawSocket.Handshake + Call(1, "Sync", lesson.ClassroomId, 0)))).EnsureSuccessStatusCode();
        using var lines = new StreamReader(await events.Content.ReadAsStreamAsync());
        string? line;
        do
        {
            line = await lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
        }
        while (line?.Contains("Snapshot", StringComparison.Ordinal) == false);
        line.ShouldNotBeNull();
    }

    internal static string Call(int id, string target, params object?[] arguments) =>
        System.Text.Json.JsonSerializer.Serialize(new { type = 1, invocationId = id.ToString(System.Globalization.CultureInfo.InvariantCulture), target, arguments }) + "\u001e";

    internal static async Task<string> NegotiateAsync(HttpClient http)
    {
        using var answer = await http.PostAsync("/hubs/classroom/negotiate?negotiateVersion=1", null);
        answer.EnsureSuccessStatusCode();
        return "/hubs/classroom?id=" + Uri.EscapeDataString(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["connectionToken"]!.GetValue<string>());
    }

    private static StringContent Body(string text) => new(text, Encoding.UTF8, "text/plain");

    private async Task<RawSocket> JoinAsync(LessonHost lesson, string nickname, bool negotiated)
    {
        var (_, ticket, _) = await lesson.JoinAsync(nickname);
        return await OpenAsync(ticket, negotiated);
    }

    private async Task<RawSocket> OpenAsync(string ticket, bool negotiated)
    {
        var target = "/hubs/classroom?access_token=" + Uri.EscapeDataString(ticket);
        if (negotiated)
        {
            using var http = await shared.Silo.BrowserAsync();
            http.DefaultRequestHeaders.Add("Authorization", "Bearer " + ticket);
            target = await NegotiateAsync(http) + "&access_token=" + Uri.EscapeDataString(ticket);
        }

        var socket = await RawSocket.OpenAsync(shared.Silo.Url, target);
        socket.IsUpgraded.ShouldBeTrue(socket.Head);
        return socket;
    }
}
