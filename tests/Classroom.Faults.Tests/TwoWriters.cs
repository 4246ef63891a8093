using System.Diagnostics;

namespace Classroom.Faults.Tests;

/// <summary>
/// Invariant: two activations that write one lesson never fork it: each version is written once, without holes, and each acknowledged
/// command stands once; who comes second gets a conflict and goes on from what the first has written.
/// </summary>
public abstract class TwoWriters(ITestOutputHelper output)
{
    private const int Lessons = 10;
    private const int Races = 5_000;

    protected abstract string Database { get; }

    /// <summary>Two logs on one database, as two processes have.</summary>
    protected abstract Task<(IFactLog One, IFactLog Other)> OpenAsync();

    [Fact]
    public async Task Ten_thousand_races_of_two_writers_on_one_lesson_never_fork_it()
    {
        var (races, clock) = (Races, Stopwatch.StartNew());
        var (one, other) = await OpenAsync();
        var ledger = new Ledger();
        await Task.WhenAll(Enumerable.Range(0, Lessons).Select(i => Task.Run(() => RaceAsync(one, other, $"lesson/{i}", races / Lessons, ledger))));

        for (var i = 0; i < Lessons; i++)
        {
            var stream = $"lesson/{i}";
            var facts = await Audit.ReadAsync(one, stream);
            facts.Count.ShouldBe(2 * races / Lessons, "each command once");
            Audit.CheckLog(facts, [.. ledger.All.Where(s => s.Method == stream)]);
        }

        Rounds.Print(output, $"two writers, {Database}: {races} races on {Lessons} lessons, {ledger.Acknowledged} acknowledged, "
            + $"0 forks, 0 holes, 0 lost, 0 doubled; {clock.Elapsed.TotalSeconds:F0} s");
        await ((IAsyncDisposable)one).DisposeAsync();
        await ((IAsyncDisposable)other).DisposeAsync();
    }

    /// <summary>Both know the same version and write at once: one is stored, the other gets the version to go on from, and goes on.</summary>
    private static async Task RaceAsync(IFactLog one, IFactLog other, string stream, int races, Ledger ledger)
    {
        var (version, first, second) = (0L, Guid.CreateVersion7(), Guid.CreateVersion7());
        for (var race = 0; race < races; race++)
        {
            var entries = new[] { Entry(one, first), Entry(other, second) };
            var results = await Task.WhenAll(entries.Select(e => AppendAsync(e, version)));
            results.Select(r => r.Status).Order().ShouldBe([AppendStatus.Appended, AppendStatus.Conflict]);
            var (winner, loser) = results[0].Status == AppendStatus.Appended ? (0, 1) : (1, 0);
            results[winner].Version.ShouldBe(version + 1);
            results[loser].Version.ShouldBe(version + 1, "the loser gets the version to go on from");
            ledger.Acknowledge(entries[winner].Sent.CommandId, version + 1);
            // An acknowledgement that got lost: the winner's command comes again, to the other activation, beside the loser's second try.
            var again = await Task.WhenAll(
                AppendAsync(entries[loser], version + 1), AppendAsync((entries[loser].Log, entries[winner].Sent), version));
            again.ShouldBe([new AppendResult(AppendStatus.Appended, version + 2), new AppendResult(AppendStatus.Repeated, version + 1)]);
            ledger.Acknowledge(entries[loser].Sent.CommandId, version += 2);
        }

        (IFactLog Log, Sent Sent) Entry(IFactLog log, Guid by)
        {
            var sent = new Sent(Guid.CreateVersion7(), by, stream, "жапырақ-" + Guid.NewGuid().ToString("N"), null);
            ledger.Send(sent);
            return (log, sent);
        }
    }

    private static Task<AppendResult> AppendAsync((IFactLog Log, Sent Sent) entry, long version) => entry.Log.AppendAsync(
        entry.Sent.Method, version, entry.Sent.CommandId,
        [new NewFact("test.1", "{}", DateTimeOffset.UnixEpoch, $$"""{"t":"{{entry.Sent.Mark}}"}""")], default);
}

public sealed class TwoWritersOnSqlite(ITestOutputHelper output) : TwoWriters(output), IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ortaq-races").FullName;

    protected override string Database => "SQLite";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override async Task<(IFactLog, IFactLog)> OpenAsync()
    {
        var settings = DatabaseSettings.ForFile(Path.Combine(_folder, "ortaq.db"));
        await Migrator.MigrateAsync(settings, default);
        return (new SqliteFactLog(settings.Sqlite), new SqliteFactLog(settings.Sqlite));
    }
}

public sealed class TwoWritersOnPostgres(ITestOutputHelper output) : TwoWriters(output), IAsyncLifetime
{
    private TestPostgres _database = null!;

    protected override string Database => "Postgres";

    public async Task InitializeAsync() => _database = await TestPostgres.CreateAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    protected override async Task<(IFactLog, IFactLog)> OpenAsync()
    {
        await Migrator.MigrateAsync(new DatabaseSettings(_database.ConnectionString, ""), default);
        return (new PostgresLogOfItsOwn(_database.ConnectionString), new PostgresLogOfItsOwn(_database.ConnectionString));
    }
}
