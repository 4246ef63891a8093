using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Classroom.Faults.Tests;

/// <summary>
/// Invariant: who sits at the end of a bad network (600 ms, 256 kbit/s, 5 % lost, cut now and then) has the same lesson: every word, every
/// notice, and every answer once.
/// </summary>
public sealed class BadNetwork(ITestOutputHelper output)
{
    private const int Cuts = 3;

    [Fact]
    public async Task A_student_behind_a_bad_network_gets_every_word_and_loses_and_doubles_nothing()
    {
        var (actions, seed, clock) = (Rounds.Of(40, 400), Rounds.Seed(), Stopwatch.StartNew());
        await using var silo = await SiloProcess.StartAsync(null, ("DOTNET_TieredPGO", "0"), ("Tutor__Prepared__WordDelay", "00:00:00.100"));
        await using var neighbours = await Neighbours.BeginAsync(silo, 3);
        var room = neighbours.Room;
        await using var path = new BadPath(silo.Url, seed);
        var far = await JoinAsync(room, path.Url);
        await using var _ = far;
        // Who comes late is in no team yet, and would have no idea to give.
        await room.Host.Teacher.DoAsync("MoveToTeam", new { studentId = far.Id, team = 1 });
        var explanation = await neighbours.ExplainAsync();
        for (var (done, cut) = (0, 0); done < actions; done++)
        {
            await far.ActAsync();
            if (done >= (cut + 1) * actions / (Cuts + 1))
            {
                cut++;
                path.Cut();
            }
        }

        // As a browser does when it comes back: what was sent meanwhile, from where it has it.
        await far.Wire.UntilAsync(w => w.Get("explanation", explanation.ToString())?["status"]?.GetValue<string>() == "finished", "the end of it");
        await far.Wire.CallAsync("ReadText", explanation, "kk-simple", far.Wire.TextOf(explanation, "kk-simple").Length);
        await far.Wire.UntilAsync(w => w.TextOf(explanation, "kk-simple") == room.Learners[0].Wire.TextOf(explanation, "kk-simple"), "every word");
        far.Returns.ShouldBeGreaterThanOrEqualTo(Cuts);
        var near = await neighbours.EndAsync();
        room.Learners.Add(far);
        await new Audit(() => Task.FromResult<Storage.IFactLog>(new Storage.SqliteFactLog(DatabaseSettings.ForFile(silo.SqliteFile).Sqlite))).CheckAsync(room);
        room.Learners.Remove(far);
        Neighbours.ErrorsIn(silo.Output).ShouldBeEmpty();
        Rounds.Print(output, $"bad network: {actions} actions over 600 ms and 256 kbit/s, {path.Lost} segments lost, {far.Returns} returns after {Cuts} cuts, {path.Bytes / 1024} KiB, "
            + $"{room.Ledger.Refusals.Count} refused and sent again, 0 lost, 0 doubled, every word, the view of a fresh snapshot; {near} acknowledged in all; "
            + $"seed {seed}, {clock.Elapsed.TotalSeconds:F0} s");
    }

    private static async Task<Learner> JoinAsync(ClassUnderFault room, string url)
    {
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        http.DefaultRequestHeaders.Add("X-Ortaq", "1");
        using var joined = await http.PostAsJsonAsync("/api/join", new { code = room.Host.Code, nickname = "Алыс", language = "kk", level = "simple", themed = false });
        joined.EnsureSuccessStatusCode();
        var reply = (await joined.Content.ReadFromJsonAsync<JsonNode>())!;
        var ticket = reply["ticket"]!.GetValue<string>();
        var wire = await WireClient.ConnectAsync(url, ticket);
        await wire.SyncAsync(room.Host.ClassroomId);
        return new Learner(room, wire, ticket, reply["studentId"]!.GetValue<Guid>(), () => url);
    }
}
