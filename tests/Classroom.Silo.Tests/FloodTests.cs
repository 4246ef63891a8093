using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Classroom.Silo.Tests;

/// <summary>
/// Whatever one child's browser sends, by whichever way, is counted for the child: a few of each kind are nothing, a flood ends, and who sits beside is served.
/// No test says how long a flood takes: it goes on until the server ends it.
/// </summary>
public sealed class FloodTests(FloodedSilo flooded) : IClassFixture<FloodedSilo>
{
    private const int MostBytes = 96 * 1024 * 1024;
    private const int Draft = 7_900;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private SiloProcess Silo => flooded.Silo;

    public static TheoryData<bool, string> Kinds()
    {
        var all = new TheoryData<bool, string>();
        foreach (var kind in Messages.Keys.Concat(Frames.Keys))
        {
            all.Add(false, kind);
            all.Add(true, kind);
        }

        return all;
    }

    private static readonly Dictionary<string, string> Messages = new(StringComparer.Ordinal)
    {
        ["unknown methods"] = """{"type":1,"target":"DropTables","arguments":[]}""",
        ["unknown methods that want an answer"] = """{"type":1,"invocationId":"7","target":"DropTables","arguments":[]}""",
        ["too many arguments"] = """{"type":1,"target":"Execute","arguments":[1,2,3]}""",
        ["pings"] = """{"type":6}""",
        ["items of no stream"] = """{"type":2,"invocationId":"7","item":1}""",
        ["streams of no method"] = """{"type":4,"invocationId":"7","target":"Execute","arguments":[]}""",
        ["cancellations of nothing"] = """{"type":5,"invocationId":"7"}""",
    };

    private static readonly Dictionary<string, byte[]> Frames = new(StringComparer.Ordinal)
    {
        ["ping frames"] = RawSocket.Frame(9, "x"u8),
        ["pong frames"] = RawSocket.Frame(10, []),
        ["empty messages"] = RawSocket.Frame(1, []),
        ["binary frames"] = RawSocket.Frame(2, Encoding.UTF8.GetBytes("{\"type\":6}\u001e")),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_flood_of_anything_ends_the_connection_that_sends_it_and_no_other(bool negotiated, string kind)
    {
        var one = Frames.GetValueOrDefault(kind) ?? RawSocket.Frame(1, Encoding.UTF8.GetBytes(Messages[kind] + "\u001e"));
        await using var lesson = await LessonHost.OpenAsync(Silo);
        var (_, ticket, _) = await lesson.JoinAsync("Құлан");
        var (neighbour, _, _) = await lesson.JoinAsync("Сұңқар");
        await using var socket = await OpenAsync(ticket, negotiated);
        await socket.SendTextAsync(RawSocket.Handshake);
        await socket.UntilAsync("{}");
        for (var i = 0; i < 5; i++)
        {
            await socket.SendAsync(one);
        }

        await socket.SendTextAsync(SocketTests.Call(1, "DropTables"));
        (await socket.UntilAsync("\"invocationId\":\"1\"")).ShouldNotBeNull("a few are no flood");
        var hearing = socket.ToTheEndAsync();
        var flood = FloodAsync(socket, [.. Enumerable.Repeat(one, 32 * 1024 / one.Length).SelectMany(b => b)], hearing);
        (await flood.WaitAsync(Patience)).ShouldBeLessThan(MostBytes, "it was never ended");
        await hearing.WaitAsync(Patience);
        (await neighbour.RefusalAsync("LowerHand", new { })).ShouldBeNull();
        Silo.Failures.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Half_a_message_ends_its_connection_in_time_though_a_letter_of_it_comes_now_and_then(bool negotiated)
    {
        await using var lesson = await LessonHost.OpenAsync(Silo);
        var (_, ticket, _) = await lesson.JoinAsync("Құлан");
        await using var socket = await OpenAsync(ticket, negotiated);
        await socket.SendTextAsync(RawSocket.Handshake);
        await socket.UntilAsync("{}");
        await socket.SendTextAsync(SocketTests.Call(1, "DropTables") + "{\"type\":1,\"target\":\"");
        var hearing = socket.ToTheEndAsync();
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(300));
        var (clock, isEnded) = (Stopwatch.StartNew(), false);
        while (!isEnded && !hearing.IsCompleted && clock.Elapsed < Patience && await beat.WaitForNextTickAsync())
        {
            try
            {
                await socket.SendTextAsync("x");
            }
            catch (IOException)
            {
                // The end is heard a moment after it is felt.
                isEnded = true;
            }
        }

        (isEnded || hearing.IsCompleted).ShouldBeTrue("half a message was kept for " + clock.Elapsed);
        await hearing.WaitAsync(Patience);
    }

    [Fact]
    public async Task Sockets_that_never_say_who_they_are_are_so_many_and_end_by_themselves()
    {
        await using var lesson = await LessonHost.OpenAsync(Silo);
        var (_, ticket, _) = await lesson.JoinAsync("Құлан");
        var (neighbour, other, _) = await lesson.JoinAsync("Сұңқар");
        var mute = new List<RawSocket>();
        RawSocket? refused = null;
        while (refused is null)
        {
            var socket = await RawSocket.OpenAsync(Silo.Url, Target(ticket));
            if (socket.IsUpgraded)
            {
                mute.Add(socket);
                mute.Count.ShouldBeLessThan(2 * Realtime.Allowances.MaxOfASeat, "the child's own screen is one");
            }
            else
            {
                refused = socket;
            }
        }

        refused.Head.ShouldStartWith("HTTP/1.1 429");
        await refused.DisposeAsync();
        await using (var theirs = await RawSocket.OpenAsync(Silo.Url, Target(other)))
        {
            theirs.IsUpgraded.ShouldBeTrue(theirs.Head);
        }

        (await neighbour.RefusalAsync("LowerHand", new { })).ShouldBeNull();
        await Task.WhenAll(mute.Select(s => s.ToTheEndAsync())).WaitAsync(Patience);
        foreach (var socket in mute)
        {
            await socket.DisposeAsync();
        }

        await UpgradedAsync(ticket);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Coming_and_going_in_a_loop_is_refused_by_a_code_and_later_let_in_again(bool negotiated)
    {
        await using var lesson = await LessonHost.OpenAsync(Silo);
        var (_, ticket, _) = await lesson.JoinAsync("Құлан");
        var (_, other, _) = await lesson.JoinAsync("Сұңқар");
        using var http = await Silo.BrowserAsync();
        http.DefaultRequestHeaders.Add("Authorization", "Bearer " + ticket);
        var refusals = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            for (var i = 0; i < 50_000 && refusals.IsEmpty; i++)
            {
                if (await TriedAsync() is { } refusal)
                {
                    refusals.Enqueue(refusal);
                }
            }
        }));
        refusals.ShouldNotBeEmpty("it may come and go for ever");
        refusals.First().ShouldContain(negotiated ? "too-fast" : "HTTP/1.1 429");
        await using (var neighbour = await OpenAsync(other, negotiated))
        {
            await neighbour.SendTextAsync(RawSocket.Handshake);
            (await neighbour.UntilAsync("{}")).ShouldNotBeNull();
        }

        await UpgradedAsync(ticket);

        async Task<string?> TriedAsync()
        {
            if (negotiated)
            {
                using var answer = await http.PostAsync(new Uri("/hubs/classroom/negotiate?negotiateVersion=1", UriKind.Relative), null);
                return answer.StatusCode == HttpStatusCode.TooManyRequests ? await answer.Content.ReadAsStringAsync() : null;
            }

            await using var socket = await RawSocket.OpenAsync(Silo.Url, Target(ticket));
            return socket.IsUpgraded ? null : socket.Head;
        }
    }

    [Fact]
    public async Task Twenty_sockets_of_a_phone_with_three_seats_have_stored_what_one_phone_may_and_the_last_draft_is_kept()
    {
        await using var lesson = await LessonHost.OpenAsync(Silo);
        await lesson.Teacher.DoAsync("StartLesson", new { });
        var step = lesson.StepOf("make");
        await lesson.Teacher.DoAsync("GoToStep", new { stepId = step });
        var (neighbour, _, _) = await lesson.JoinAsync("Сұңқар");
        using var phone = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() });
        phone.DefaultRequestHeaders.Add("X-Ortaq", "1");
        var sockets = new List<WireClient>();
        var clock = Stopwatch.StartNew();
        for (var seat = 0; seat < 3; seat++)
        {
            using var joined = await phone.PostAsJsonAsync(Silo.Url + "/api/join", new { code = lesson.Code, nickname = "Құс " + seat, language = "kk", level = "simple" });
            joined.EnsureSuccessStatusCode();
            var ticket = (await joined.Content.ReadFromJsonAsync<JsonNode>())!["ticket"]!.GetValue<string>();
            for (var i = 0; i < 7 && sockets.Count < 20; i++)
            {
                var socket = await WireClient.ConnectAsync(Silo.Url, ticket);
                sockets.Add(socket);
                await socket.SyncAsync(lesson.ClassroomId);
            }
        }

        var codes = (await Task.WhenAll(sockets.Select(async (s, number) =>
        {
            var mine = new List<string?>();
            for (var i = 0; i < 6; i++)
            {
                mine.Add(await s.RefusalAsync("SaveDraft", Text(number, i)));
            }

            return mine;
        }))).SelectMany(c => c).ToList();
        var most = (Quota.AtOnce + (Quota.ASecond * clock.Elapsed.TotalSeconds)) / (Draft + Quota.Row);
        codes.Where(c => c is not null).Distinct().ShouldBe(["too-fast"]);
        codes.Count(c => c is null).ShouldBeInRange(1, (int)most + 1);
        (await neighbour.RefusalAsync("SaveDraft", Text(0, 0))).ShouldBeNull();

        // The client sends the newest again until it is taken, as it does here.
        var code = await sockets[0].RefusalAsync("SaveDraft", Text(77, 7));
        using var backoff = new PeriodicTimer(TimeSpan.FromMilliseconds(300));
        while (code == "too-fast" && clock.Elapsed < Patience && await backoff.WaitForNextTickAsync())
        {
            code = await sockets[0].RefusalAsync("SaveDraft", Text(77, 7));
        }

        code.ShouldBeNull();
        await sockets[1].UntilAsync(s => s.All("work").Any(w => w.Value["text"]?.GetValue<string>() == Words(77, 7)), "the last draft");
        foreach (var socket in sockets)
        {
            await socket.DisposeAsync();
        }

        object Text(int a, int b) => new { stepId = step, text = Words(a, b), ownContribution = "", reflection = "", sources = Array.Empty<string>() };

        static string Words(int a, int b) => new string('a', Draft - 6) + a.ToString("000", CultureInfo.InvariantCulture) + b.ToString("000", CultureInfo.InvariantCulture);
    }

    private static string Target(string ticket) => "/hubs/classroom?access_token=" + Uri.EscapeDataString(ticket);

    // Its allowance comes back by itself: a browser tries again, and so does this.
    private async Task UpgradedAsync(string ticket)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            await using var socket = await RawSocket.OpenAsync(Silo.Url, Target(ticket));
            if (socket.IsUpgraded)
            {
                return;
            }

            clock.Elapsed.ShouldBeLessThan(Patience, socket.Head);
        }
    }

    private static async Task<long> FloodAsync(RawSocket socket, byte[] batch, Task over)
    {
        var sent = 0L;
        try
        {
            for (; sent < MostBytes && !over.IsCompleted; sent += batch.Length)
            {
                await socket.SendAsync(batch);
            }
        }
        catch (IOException)
        {
            // Ended, as it should be.
        }

        return sent;
    }

    private async Task<RawSocket> OpenAsync(string ticket, bool negotiated)
    {
        var target = Target(ticket);
        if (negotiated)
        {
            using var http = await Silo.BrowserAsync();
            using var answer = await http.PostAsync(new Uri(target.Replace("?", "/negotiate?negotiateVersion=1&", StringComparison.Ordinal), UriKind.Relative), null);
            target += "&id=" + Uri.EscapeDataString((await answer.Content.ReadFromJsonAsync<JsonNode>())!["connectionToken"]!.GetValue<string>());
        }

        var socket = await RawSocket.OpenAsync(Silo.Url, target);
        socket.IsUpgraded.ShouldBeTrue(socket.Head);
        return socket;
    }
}

/// <summary>Half a message is given four seconds here.</summary>
public sealed class FloodedSilo : IAsyncLifetime
{
    public SiloProcess Silo { get; private set; } = null!;

    public async Task InitializeAsync() => Silo = await SiloProcess.StartAsync(null, ("Hub__SilentSeconds", "4"));

    public async Task DisposeAsync() => await Silo.DisposeAsync();
}
