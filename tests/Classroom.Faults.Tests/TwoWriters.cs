using System.Diagnostics;

namespace Classroom.Faults.Tests;

/// <summary>
/// Invariant: two activations that write one lesson never fork it: each version is written once, without holes, and each acknowledged
/// command stands once; who comes second is told so and goes on from what the first has written.
/// </summary>
public abstract class TwoWriters(ITestOutputHelper output)
{
    private const int Lessons = 10;

    protected abstract string Database { get; }

    /// <summary>Two logs on one database, as two processes have.</summary>
    protected abstract Task<(IFactLog One, IFactLog Other)> OpenAsync();

    [Fact]
    public async Task Races_of_two_writers_on_one_lesson_never_fork_it()
    {
        var (races, clock) = (Rounds.Of(5_000, 5_000), Stopwatch.StartNew());
        var (one, other) = await OpenAsync();
        var ledger = new Ledger();
        var writers = new Writers(ledger);
        await Task.WhenAll(Enumerable.Range(0, Lessons).SelectMany(i => new[] { one, other }.Select(log =>
            Task.Run(() => writers.WriteAsync(log, $"lesson/{i}", default, races / Lessons)))));

        for (var i = 0; i < Lessons; i++)
        {
            var stream = $"lesson/{i}";
            var facts = await Audit.ReadAsync(one, stream);
            facts.Count.ShouldBe(2 * races / Lessons, "each command once");
            Audit.CheckLog(facts, [.. ledger.All.Where(s => s.Method == stream)]);
        }

        // Each pair of appends that met is a race; how many met is luck, that many did is not.
        writers.Conflicts.ShouldBeGreaterThan(races / 10, "the writers hardly ever met");
        Rounds.Print(output, $"two writers, {Database}: {races} races on {Lessons} lessons, {ledger.Acknowledged} acknowledged, {writers.Conflicts} conflicts, "
            + $"{writers.Repeats} repeated, 0 forks, 0 lost, 0 doubled; {clock.Elapsed.TotalSeconds:F0} s");
        await ((IAsyncDisposable)one).DisposeAsync();
        await ((IAsyncDisposable)other).DisposeAsync();
    }
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
