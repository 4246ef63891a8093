using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Classroom.Faults.Tests;

/// <summary>
/// Invariant: a process that is asked to stop (SIGTERM) finishes what is under way, says what remains, sends its browsers to whoever answers
/// next, and ends by itself; with the same ids sent again nothing is lost and nothing is there twice.
/// </summary>
[Collection(Alone.Name)]
public sealed partial class GracefulStop(ITestOutputHelper output)
{
    private const int Students = 8;
    private const int ActionsEach = 30;

    /// <summary>The bound is the invariant: service managers kill what takes longer.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Sigterm_amid_a_stream_of_actions_drains_and_loses_none_and_doubles_none()
    {
        var (rounds, seed, clock) = (Rounds.Of(2, 30), Rounds.Seed(), Stopwatch.StartNew());
        var random = new Random(seed);
        await using var silo = await SiloProcess.StartAsync(null, ("DOTNET_TieredPGO", "0"));
        await using var room = await ClassUnderFault.OpenAsync(silo, Students);
        var audit = new Audit(() => Task.FromResult<Storage.IFactLog>(new Storage.SqliteFactLog(DatabaseSettings.ForFile(silo.SqliteFile).Sqlite)));
        var (sentAgain, longest, said) = (0, TimeSpan.Zero, new List<string>());
        for (var round = 0; round < rounds; round++)
        {
            var before = room.Ledger.Acknowledged;
            var acting = room.ActAsync(ActionsEach);
            await await Task.WhenAny(acting, room.Ledger.AcknowledgedAsync(before + random.Next(1, Students * ActionsEach / 2)));
            var stopping = clock.Elapsed;
            (await room.StopAsync()).ShouldBe(0, silo.Output);
            var took = clock.Elapsed - stopping;
            longest = took > longest ? took : longest;
            sentAgain += room.Ledger.All.Count(s => s.Seq is null);
            await room.StartAgainAsync();
            await acting;
            await room.EverybodyBackAsync();
            (room.Ledger.Acknowledged - before).ShouldBe(Students * ActionsEach);
            await audit.CheckAsync(room);
        }

        longest.ShouldBeLessThan(Bound);
        said.AddRange(Remains().Matches(silo.Output).Select(m => m.Value));
        said.Count(s => s.StartsWith("Stopping", StringComparison.Ordinal)).ShouldBe(rounds);
        said.Where(s => s.StartsWith("Drained", StringComparison.Ordinal)).ShouldAllBe(s => s.Contains(" 0 calls under way", StringComparison.Ordinal)
            && s.EndsWith(" 0 appends waiting", StringComparison.Ordinal));
        Neighbours.ErrorsIn(silo.Output).ShouldBeEmpty();
        room.Ledger.Refusals.ShouldAllBe(r => r == "try-again" || r == "too-fast");
        Rounds.Print(output, $"graceful stop: {rounds} SIGTERMs, exit code 0, the longest stop took {longest.TotalSeconds:F1} s, {room.Ledger.Acknowledged} acknowledged, "
            + $"{room.Ledger.Refusals.Count(r => r == "try-again")} refused with try-again, {sentAgain} unanswered and sent again, 0 lost, 0 doubled; "
            + $"first: \"{said[0]}\"; seed {seed}, {clock.Elapsed.TotalSeconds:F0} s");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Browsers_are_told_that_they_may_come_back(bool negotiated)
    {
        await using var silo = await SiloProcess.StartAsync(null, ("DOTNET_TieredPGO", "0"));
        await using var host = await LessonHost.OpenAsync(silo);
        var (_, ticket, _) = await host.JoinAsync("Кірпі");
        await using var socket = await Attackers.OpenAsync(silo, ticket, negotiated);
        await socket.SendTextAsync(RawSocket.Handshake);
        await socket.UntilAsync("{}");
        var stopping = silo.StopAsync();
        (await socket.UntilAsync("\"type\":7")).ShouldNotBeNull().ShouldContain("\"allowReconnect\":true");
        await stopping;
        Neighbours.ErrorsIn(silo.Output).ShouldBeEmpty();
    }

    [GeneratedRegex(@"(Stopping|Drained): \d+ connections[^\r\n]*appends waiting")]
    private static partial Regex Remains();
}
