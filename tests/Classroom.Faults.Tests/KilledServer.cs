using System.Diagnostics;

namespace Classroom.Faults.Tests;

/// <summary>
/// Invariant: a server that is killed at any moment loses nothing that it acknowledged and doubles nothing that it is sent again; every
/// screen comes back to the state of a fresh snapshot.
/// </summary>
public abstract class KilledServer(ITestOutputHelper output)
{
    private const int Students = 20;
    private const int RoundsOfALesson = 10;

    // A server that was just started is slow: in a build the lesson has its thousand actions between four kills, else at each.
    private static readonly int ActionsEach = Rounds.Of(13, 50);

    // A process that lives for seconds earns nothing by watching itself.
    protected static readonly (string, string?) Quick = ("DOTNET_TieredPGO", "0");

    protected abstract string Database { get; }

    protected abstract Task<(SiloProcess Silo, Func<Task<IFactLog>> Log, IAsyncDisposable Database)> StartAsync();

    [Fact]
    public async Task Sigkill_amid_acknowledged_actions_loses_none_and_doubles_none()
    {
        var (rounds, seed, clock) = (Rounds.Of(10, 50), Rounds.Seed(), Stopwatch.StartNew());
        var random = new Random(seed);
        var (silo, log, database) = await StartAsync();
        await using var _ = database;
        await using var __ = silo;
        var (acknowledged, sentAgain) = (0, 0);
        for (var round = 0; round < rounds;)
        {
            await using var room = await ClassUnderFault.OpenAsync(silo, Students);
            var audit = new Audit(log);
            for (var last = Math.Min(rounds, round + RoundsOfALesson); round < last; round++)
            {
                var before = room.Ledger.Acknowledged;
                var acting = room.ActAsync(ActionsEach);
                await await Task.WhenAny(acting, room.Ledger.AcknowledgedAsync(before + random.Next(1, Students * ActionsEach)));
                await room.KillAsync();
                var unanswered = room.Ledger.All.Count(s => s.Seq is null);
                await room.StartAgainAsync();
                await acting;
                await room.EverybodyBackAsync();
                (room.Ledger.Acknowledged - before).ShouldBe(Students * ActionsEach);
                await audit.CheckAsync(room);
                sentAgain += unanswered;
            }

            acknowledged += room.Ledger.Acknowledged;
        }

        Rounds.Print(output, $"killed server, {Database}: {rounds} SIGKILLs, each amid {Students * ActionsEach} actions, {acknowledged} acknowledged, {sentAgain} unanswered at a kill and sent again, "
            + $"0 lost, 0 doubled, every screen resumed; seed {seed}, {clock.Elapsed.TotalSeconds:F0} s");
    }
}

public sealed class KilledServerOnSqlite(ITestOutputHelper output) : KilledServer(output)
{
    protected override string Database => "SQLite";

    protected override async Task<(SiloProcess, Func<Task<IFactLog>>, IAsyncDisposable)> StartAsync()
    {
        var silo = await SiloProcess.StartAsync(null, Quick);
        return (silo, () => Task.FromResult<IFactLog>(new SqliteFactLog(DatabaseSettings.ForFile(silo.SqliteFile).Sqlite)), new Nothing());
    }
}

public sealed class KilledServerOnPostgres(ITestOutputHelper output) : KilledServer(output)
{
    protected override string Database => "Postgres";

    protected override async Task<(SiloProcess, Func<Task<IFactLog>>, IAsyncDisposable)> StartAsync()
    {
        var database = await TestPostgres.CreateAsync();
        var silo = await SiloProcess.StartAsync(database.ConnectionString, Quick);
        return (silo, () => Task.FromResult<IFactLog>(new PostgresLogOfItsOwn(database.ConnectionString)), database);
    }
}
