using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Classroom.Cluster.Tests;

/// <summary>What nginx is for, before three silos of <c>deploy/three-silos</c>.</summary>
public sealed class ThroughNginx : IAsyncLifetime
{
    private const string Hub = "/hubs/classroom";
    private TestPostgres _database = null!;
    private ThreeSilos _three = null!;

    public async Task InitializeAsync()
    {
        _database = await TestPostgres.CreateAsync();
        _three = await ThreeSilos.StartAsync(_database);
    }

    public async Task DisposeAsync()
    {
        await _three.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task What_was_negotiated_goes_on_at_the_same_silo_whoever_calls()
    {
        var (_, code) = await OpenAsync();
        for (var number = 0; number < 9; number++)
        {
            using var http = Client();
            using var joined = await http.PostAsJsonAsync("/api/join", new { code, nickname = $"Құс {number}", language = "kk", level = "simple", themed = false });
            joined.IsSuccessStatusCode.ShouldBeTrue(await joined.Content.ReadAsStringAsync());
            var ticket = (await joined.Content.ReadFromJsonAsync<JsonNode>())!["ticket"]!.GetValue<string>();
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ticket);
            using var negotiated = await http.PostAsync(new Uri(Hub + "/negotiate?negotiateVersion=1", UriKind.Relative), null);
            var id = (await negotiated.Content.ReadFromJsonAsync<JsonNode>())!["connectionToken"]!.GetValue<string>();
            var (with, without) = (new Uri($"{Hub}?id={id}", UriKind.Relative), new Uri($"{Hub}?id={id}&access_token={ticket}", UriKind.Relative));

            // The first poll is answered at once, the second with the answer to the handshake. A browser's EventSource has its ticket in the address.
            (await http.GetStringAsync(with)).ShouldBeEmpty();
            using var shake = await http.PostAsync(with, new StringContent("{\"protocol\":\"json\",\"version\":1}\u001e", Encoding.UTF8));
            shake.EnsureSuccessStatusCode();
            http.DefaultRequestHeaders.Authorization = null;
            (await http.GetStringAsync(without)).ShouldStartWith("{}");
        }
    }

    [Fact]
    public async Task A_silo_that_stops_or_dies_is_skipped_by_pages_and_by_what_is_posted()
    {
        var (_, code) = await OpenAsync();
        var seat = 0;
        foreach (var end in new Func<Task>[] { () => _three.StopAsync(_three.Silos.First()), () => _three.KillAsync(_three.Silos.Last()) })
        {
            var gone = end();
            HttpStatusCode last;
            do
            {
                using var http = Client();
                // Many at once: a silo refuses for a tenth of a second only before it is gone.
                (await Task.WhenAll(Enumerable.Range(0, 24).Select(async _ =>
                {
                    using var page = await http.GetAsync(new Uri("/board", UriKind.Relative));
                    return page.StatusCode;
                }))).ShouldAllBe(status => status == HttpStatusCode.OK);
                using var pairing = await http.PostAsync(new Uri("/api/board/pair", UriKind.Relative), null);
                using var joined = await http.PostAsJsonAsync("/api/join", new { code, nickname = $"Құс {++seat}", language = "kk", level = "simple", themed = false });
                last = joined.StatusCode;
                foreach (var answer in new[] { pairing, joined }.Where(a => !a.IsSuccessStatusCode))
                {
                    // While the cluster notices, a grain may be away; that is said as the client understands it, and it tries again.
                    answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
                    (await answer.Content.ReadAsStringAsync()).ShouldContain("try-again");
                }
            }
            while (!gone.IsCompleted || last != HttpStatusCode.OK);

            await gone;
        }
    }

    [Fact]
    public async Task A_browser_comes_past_a_silo_that_stands_still_at_its_second_try()
    {
        var (_, code) = await OpenAsync();
        using var http = Client();
        using var joined = await http.PostAsJsonAsync("/api/join", new { code, nickname = "Құс", language = "kk", level = "simple", themed = false });
        var ticket = (await joined.Content.ReadFromJsonAsync<JsonNode>())!["ticket"]!.GetValue<string>();
        var hub = new Uri($"{_three.Url.Replace("http", "ws", StringComparison.Ordinal)}{Hub}?access_token={ticket}");
        // The others get some, and the one that stands still keeps none.
        var open = new List<ClientWebSocket>();
        var still = _three.Silos.First();
        await _three.StandStillAsync(still);
        try
        {
            for (var browser = 0; browser < 4; browser++)
            {
                open.Add((await TryAsync() ?? await TryAsync()).ShouldNotBeNull());
            }
        }
        finally
        {
            await _three.StandStillAsync(still, false);
            foreach (var socket in open)
            {
                socket.Dispose();
            }
        }

        // A page gives a try four seconds; here a busy machine may take longer.
        async Task<ClientWebSocket?> TryAsync()
        {
            var socket = new ClientWebSocket();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            try
            {
                await socket.ConnectAsync(hub, patience.Token);
                return socket;
            }
            catch (Exception e) when (e is OperationCanceledException or WebSocketException)
            {
                socket.Dispose();
                return null;
            }
        }
    }

    [Fact]
    public async Task Who_guesses_codes_is_stopped_by_the_address_and_nobody_else_is()
    {
        using var guesser = Client("127.0.0.9");
        var answers = new List<HttpStatusCode>();
        while (!answers.Contains(HttpStatusCode.TooManyRequests))
        {
            answers.AddRange(await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => GuessAsync(guesser))));
            answers.ShouldAllBe(s => s == HttpStatusCode.NotFound || s == HttpStatusCode.TooManyRequests);
            answers.Count.ShouldBeLessThan(4000);
        }

        using var other = Client("127.0.0.1");
        (await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => GuessAsync(other)))).ShouldAllBe(s => s == HttpStatusCode.NotFound);

        static async Task<HttpStatusCode> GuessAsync(HttpClient http)
        {
            using var answer = await http.PostAsJsonAsync("/api/join", new { code = "ZZZZZZ", nickname = "Құс", language = "kk", level = "simple", themed = false });
            return answer.StatusCode;
        }
    }

    private HttpClient Client(string from = "127.0.0.1")
    {
        var http = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false, AllowAutoRedirect = false,
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        }) { BaseAddress = new Uri(_three.Url) };
        http.DefaultRequestHeaders.Add("X-Ortaq", "1");
        return http;
    }

    private async Task<(Guid Classroom, string Code)> OpenAsync()
    {
        using var http = Client();
        using var entered = await http.GetAsync(new Uri(_three.TeachLink));
        var cookie = entered.Headers.GetValues("Set-Cookie").First(c => c.StartsWith("ortaq=", StringComparison.Ordinal)).Split(';')[0];
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        var kits = await http.GetFromJsonAsync<JsonArray>("/api/kits");
        using var opened = await http.PostAsJsonAsync("/api/classrooms", new
        {
            kitId = kits![0]!["id"]!.GetValue<string>(), lessonId = kits[0]!["lessons"]![0]!["id"]!.GetValue<string>(), className = "7Б", language = "kk", atCentre = false,
        });
        opened.EnsureSuccessStatusCode();
        var id = (await opened.Content.ReadFromJsonAsync<JsonNode>())!["classroomId"]!.GetValue<Guid>();
        await using var teacher = await WireClient.ConnectAsync(_three.Url, cookie: cookie);
        await teacher.SyncAsync(id);
        return (id, teacher.Get("plan")!["joinCode"]!.GetValue<string>());
    }
}
