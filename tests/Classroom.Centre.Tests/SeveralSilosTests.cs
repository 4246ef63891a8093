using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Classroom.Cluster.Tests;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Ortaq.Centre.V1;

namespace Classroom.Centre.Tests;

/// <summary>Three silos start at once: not while other tests start theirs.</summary>
[CollectionDefinition(nameof(SeveralSilosTests), DisableParallelization = true)]
public sealed class SeveralSilosAlone;

/// <summary>The feed at one of several silos: it shows what is at the others, outlives their death, and what it is given is theirs too.</summary>
[Collection(nameof(SeveralSilosTests))]
public sealed class SeveralSilosTests : IAsyncLifetime
{
    private readonly List<LessonHost> _lessons = [];
    private SiloCluster _cluster = null!;
    private GrpcChannel _channel = null!;
    private CentreFeed.CentreFeedClient _feed = null!;
    private string _token = "";

    private string Address => "http://127.0.0.1:" + _cluster.Silos[0].Settings["Centre__GrpcPort"];

    public async Task InitializeAsync()
    {
        _cluster = await SiloCluster.StartAsync(null, 3, a => a + ",asyncTimeout=30000", () =>
            [("Centre__GrpcPort", SiloProcess.FreePort().ToString(CultureInfo.InvariantCulture)), ("Tutor__Prepared__WordDelay", "00:00:00")]);
        var (code, printed) = await _cluster.Silos[0].RunAsync("token", "make", "wall", "--centre", FeedHost.Centre, "--scope", "watch,kits");
        code.ShouldBe(0, printed);
        _token = printed.Split('\n')[0].Trim();
        _channel = GrpcChannel.ForAddress(Address);
        _feed = new CentreFeed.CentreFeedClient(_channel);
    }

    public async Task DisposeAsync()
    {
        foreach (var lesson in _lessons)
        {
            await lesson.DisposeAsync();
        }

        _channel.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_stream_shows_the_lessons_of_all_silos_and_outlives_the_death_of_another()
    {
        foreach (var silo in _cluster.Silos)
        {
            _lessons.Add(await LessonHost.OpenAsync(silo, atCentre: true));
        }

        using var wall = _feed.WatchSessions(new WatchSessionsRequest(), FeedHost.With(_token));
        await SeenOfAllAsync(wall, t => t.Phase == Phase.Lobby);

        await _cluster.Silos[1].KillAsync();
        using var http = await _cluster.Silos[2].BrowserAsync();
        foreach (var code in _lessons.Select(l => l.Code))
        {
            await JoinAsync(http, code);
        }

        await SeenOfAllAsync(wall, t => t.Joined == 1);
    }

    [Fact]
    public async Task The_terminal_comes_back_by_itself_to_a_silo_that_was_away_and_says_so()
    {
        _lessons.Add(await LessonHost.OpenAsync(_cluster.Silos[1], atCentre: true));
        using var wall = _feed.WatchSessions(new WatchSessionsRequest(), FeedHost.With(_token));
        await SeenOfAllAsync(wall, t => t.Phase == Phase.Lobby);
        using var terminal = new Process { StartInfo = FeedHost.CentreStart(Address, _token, "watch", "--json") };
        terminal.Start();
        try
        {
            await UntilAsync(terminal.StandardOutput, l => l.Contains("\"caughtUp\"", StringComparison.Ordinal));
            await _cluster.Silos[0].KillAsync();
            (await FeedHost.StatusOf(() => FeedHost.UntilAsync(wall, _ => false))).StatusCode.ShouldBe(StatusCode.Unavailable);
            await UntilAsync(terminal.StandardError, l => l.Contains("cannot be reached", StringComparison.Ordinal));

            using var http = await _cluster.Silos[2].BrowserAsync();
            await JoinAsync(http, _lessons[0].Code);
            await _cluster.Silos[0].StartAgainAsync();
            await UntilAsync(terminal.StandardOutput, l => l.Contains("\"joined\": 1", StringComparison.Ordinal));
        }
        finally
        {
            terminal.Kill();
            await terminal.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task A_kit_that_one_silo_was_given_is_offered_and_taught_at_every_other()
    {
        var yaml = KitText.Of("fractions")
            .Replace("id: fractions", "id: my-fractions", StringComparison.Ordinal);
        await _feed.ImportKitAsync(new ImportKitRequest { FileName = "mine.yaml", Yaml = ByteString.CopyFromUtf8(yaml) }, FeedHost.With(_token));
        foreach (var silo in _cluster.Silos)
        {
            using var teacher = await silo.BrowserAsync(silo.TeachLink);
            await OfferedAsync(teacher);
            // It may live at a silo that nobody has asked for kits.
            var lesson = await LessonHost.OpenAsync(silo, kit: "my-fractions");
            _lessons.Add(lesson);
            await lesson.Teacher.DoAsync("StartLesson", new { });
            var step = lesson.StepOf("explain");
            await lesson.Teacher.DoAsync("GoToStep", new { stepId = step });
            var explanation = Guid.CreateVersion7();
            await lesson.Teacher.DoAsync("RequestExplanation", new
            {
                explanationId = explanation, stepId = step, mode = "plain", sentences = Array.Empty<int>(),
                topicId = lesson.Teacher.Get("step", step)!["topics"]![0]!["id"]!.GetValue<string>(),
            });
            await lesson.Teacher.UntilAsync(t => t.TextOf(explanation, "kk-standard").Length > 40, "the kit's own text");
        }
    }

    // A silo that is slow to ask the database says what it knew before.
    private static async Task OfferedAsync(HttpClient teacher)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!(await teacher.GetFromJsonAsync<JsonArray>("/api/kits", patience.Token))!.Any(k => k!["id"]!.GetValue<string>() == "my-fractions"))
        {
            await Task.Delay(20, patience.Token);
        }
    }

    // Each session's newest state fits, at some moment.
    private Task<List<WatchSessionsReply>> SeenOfAllAsync(AsyncServerStreamingCall<WatchSessionsReply> wall, Func<Tile, bool> fits)
    {
        var missing = _lessons.Select(l => l.ClassroomId.ToString()).ToHashSet(StringComparer.Ordinal);
        return FeedHost.UntilAsync(wall, r => r.Tile is { } tile && fits(tile) && missing.Remove(tile.ClassroomId) && missing.Count == 0);
    }

    // While the others do not know yet that a silo is dead, a browser is told to try again.
    private static async Task JoinAsync(HttpClient http, string code)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            using var joined = await http.PostAsJsonAsync("/api/join", new { code, nickname = "Айгерім", language = "kk", level = "simple", themed = false }, patience.Token);
            if (joined.IsSuccessStatusCode)
            {
                return;
            }

            joined.StatusCode.ShouldBe(System.Net.HttpStatusCode.ServiceUnavailable, await joined.Content.ReadAsStringAsync());
            await Task.Delay(200, patience.Token);
        }
    }

    private static async Task UntilAsync(StreamReader lines, Func<string, bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await lines.ReadLineAsync(patience.Token) is { } line)
        {
            if (holds(line))
            {
                return;
            }
        }

        throw new InvalidOperationException("The program ended.");
    }
}
