using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Classroom.Faults.Tests;

/// <summary>
/// Invariant: a clock that is set, by an hour back or forward, ends nothing: order is by version, leases run by the time that passes, nobody is
/// dropped, codes and tickets work, what is being streamed is streamed to its end.
/// </summary>
[Collection(Alone.Name)]
public sealed class ClockSet(ITestOutputHelper output)
{
    private const int Students = 6;

    // What is idle is looked for every few seconds here, so that a jump that makes everything look idle is seen at once.
    private static readonly (string, string?)[] Settings =
    [
        ("DOTNET_TieredPGO", "0"), ("Tutor__Prepared__WordDelay", "00:00:00.100"), ("Engine__CollectEvery", "00:00:00.500"),
    ];

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_lesson_goes_on_when_the_clock_jumps_by_an_hour_and_back(int hours)
    {
        var clock = Stopwatch.StartNew();
        await using var time = await SettableClock.CreateAsync();
        await using var silo = await SiloProcess.StartAsync(null, [.. Settings, .. time.Environment]);
        await using var neighbours = await Neighbours.BeginAsync(silo, Students);
        var host = neighbours.Room.Host;
        using var anybody = await silo.BrowserAsync();
        var board = await host.BoardAsync();
        await host.Teacher.UntilAsync(t => t.Present.Count == Students, "everybody");
        using var begun = await anybody.PostAsync(new Uri("/api/board/pair", UriKind.Relative), null);
        var pairing = (await begun.Content.ReadFromJsonAsync<JsonNode>())!;
        var joined = new List<Guid>();
        var acknowledged = neighbours.Room.Ledger.Acknowledged;
        foreach (var off in new[] { TimeSpan.FromHours(hours), TimeSpan.Zero })
        {
            var before = await NowAsync(anybody);
            time.Set(off);
            var jump = await NowAsync(anybody) - before;
            Math.Abs(jump.TotalMinutes).ShouldBeInRange(59, 61, "the clock was not set");
            // The class goes on: every one of these needs answers from the classroom as it is, and words that were not yet streamed.
            await neighbours.ExplainAsync();
            await neighbours.Room.Ledger.AcknowledgedAsync(acknowledged += Students * 20);
            joined.Add((await host.JoinAsync(string.Create(CultureInfo.InvariantCulture, $"Кейін {off.TotalHours + 1}"))).Id);
            await (await host.BoardAsync()).DisposeAsync();
        }

        (await host.TeacherHttp.PostAsJsonAsync($"/api/classrooms/{host.ClassroomId}/board", new { pairing = pairing["pairing"]!.GetValue<string>() }))
            .IsSuccessStatusCode.ShouldBeTrue("a pairing begun before the jump");
        await host.Teacher.UntilAsync(t => joined.TrueForAll(t.Present.Contains) && t.Present.Count == Students + joined.Count, "everybody, and those who joined");
        board.IsOpen.ShouldBeTrue();
        board.Gaps.ShouldBe(0);
        var all = await neighbours.EndAsync();
        Neighbours.ErrorsIn(silo.Output).ShouldBeEmpty();
        silo.Output.ShouldNotContain("reloading");
        var facts = await Audit.ReadAsync(new Storage.SqliteFactLog(DatabaseSettings.ForFile(silo.SqliteFile).Sqlite), neighbours.Room.Stream);
        var backwards = facts.Zip(facts.Skip(1)).Count(pair => pair.Second.At < pair.First.At - TimeSpan.FromMinutes(30));
        backwards.ShouldBe(1, "the facts' own times show the jump, and their order does not");
        Rounds.Print(output, $"clock set {hours:+0;-0} h and back: {all} acknowledged, 0 lost, 0 doubled, 0 gaps, nobody dropped, {joined.Count} joined by the code, "
            + $"boards by ticket and by pairing, every word of {neighbours.Explanations} explanations; {clock.Elapsed.TotalSeconds:F0} s");
    }

    private static async Task<DateTimeOffset> NowAsync(HttpClient http) =>
        (await http.GetFromJsonAsync<JsonNode>("/api/session"))!["now"]!.GetValue<DateTimeOffset>();
}
