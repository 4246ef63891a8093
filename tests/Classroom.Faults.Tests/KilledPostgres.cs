using System.Diagnostics;

namespace Classroom.Faults.Tests;

/// <summary>Invariant: an append that was acknowledged survives the death of the database server, and the loss of all that it had not synced.</summary>
public sealed class KilledPostgres(ITestOutputHelper output)
{
    private const int Streams = 16;

    [Fact]
    public async Task Postgres_killed_amid_appends_loses_none_that_was_acknowledged_and_doubles_none() => await KillAsync(dropUnsynced: false);

    [Fact]
    public async Task Postgres_without_power_loses_none_that_was_acknowledged_and_doubles_none() => await KillAsync(dropUnsynced: true);

    /// <summary>The proof that the loss of power is one: the same test, on a server that acknowledges before it syncs.</summary>
    [Theory]
    [InlineData("synchronous_commit=off", "wal_writer_delay=10s")]
    [InlineData("fsync=off")]
    public async Task A_postgres_that_acknowledges_before_it_syncs_is_caught(params string[] settings)
    {
        await using var server = await PrivatePostgres.CreateAsync();
        await using var power = await PowerLoss.UnderAsync(server.Data);
        await power.SeedAsync();
        await server.StartAsync(power.Environment());
        await MigrateAsync(server);
        await server.StopAsync();
        await server.StartAsync(power.Environment(), settings);
        var (ledger, stop) = (new Ledger(), new CancellationTokenSource());
        var (log, writing) = Write(server, new Writers(ledger), stop.Token);
        await await Task.WhenAny(writing, ledger.AcknowledgedAsync(200));
        await server.KillAsync();
        await stop.CancelAsync();
        await writing;
        await log.DisposeAsync();
        await power.DropUnsyncedAsync();
        await server.StartAsync(power.Environment());

        var (facts, lost) = (await ReadAsync(server), 0);
        foreach (var stream in ledger.All.GroupBy(s => s.Method, StringComparer.Ordinal))
        {
            lost += Audit.Lost(facts[stream.Key], [.. stream]).Count;
        }

        lost.ShouldBeGreaterThan(0, "the shim dropped nothing: the tests beside this one prove nothing");
        Rounds.Print(output, $"power loss on Postgres with {string.Join(", ", settings)}: {lost} of {ledger.Acknowledged} acknowledged lost, as it must be");
    }

    private async Task KillAsync(bool dropUnsynced)
    {
        var (rounds, seed, clock) = (Rounds.Of(5, 50), Rounds.Seed(), Stopwatch.StartNew());
        var random = new Random(seed);
        await using var server = await PrivatePostgres.CreateAsync();
        await using var power = await PowerLoss.UnderAsync(server.Data);
        await power.SeedAsync();
        var disk = dropUnsynced ? power.Environment() : null;
        await server.StartAsync(disk);
        await MigrateAsync(server);
        var (ledger, stop) = (new Ledger(), new CancellationTokenSource());
        var writers = new Writers(ledger);
        var (log, writing) = Write(server, writers, stop.Token);
        for (var round = 0; round < rounds; round++)
        {
            await await Task.WhenAny(writing, ledger.AcknowledgedAsync(ledger.Acknowledged + random.Next(50, 800)));
            await server.KillAsync();
            if (dropUnsynced)
            {
                        await power.DropUnsyncedAsync();
            }

            await server.StartAsync(disk);
        }

        await await Task.WhenAny(writing, ledger.AcknowledgedAsync(ledger.Acknowledged + 50));
        await stop.CancelAsync();
        await writing;
        await log.DisposeAsync();
        var facts = await ReadAsync(server);
        foreach (var stream in ledger.All.GroupBy(s => s.Method, StringComparer.Ordinal))
        {
            Audit.CheckLog(facts[stream.Key], [.. stream]);
        }

        writers.Unavailable.ShouldBeGreaterThan(0, "no append met the dead server");
        Rounds.Print(output, $"Postgres killed{(dropUnsynced ? " and its unsynced writes dropped" : "")}: {rounds} times, {ledger.Acknowledged} acknowledged, "
            + $"{writers.Unavailable} appends refused, {writers.Repeats} stored unheard and found again, 0 lost, 0 doubled; seed {seed}, {clock.Elapsed.TotalSeconds:F0} s");
    }

    private static Task MigrateAsync(PrivatePostgres server) => Migrator.MigrateAsync(new DatabaseSettings(server.ConnectionString, ""), default);

    private static (PostgresLogOfItsOwn Log, Task Writing) Write(PrivatePostgres server, Writers writers, CancellationToken stop)
    {
        var log = new PostgresLogOfItsOwn(server.ConnectionString);
        return (log, Task.WhenAll(Enumerable.Range(0, Streams).Select(i => writers.WriteAsync(log, $"stream/{i}", stop))));
    }

    private static async Task<Dictionary<string, List<StoredFact>>> ReadAsync(PrivatePostgres server)
    {
        await using var log = new PostgresLogOfItsOwn(server.ConnectionString);
        var facts = new Dictionary<string, List<StoredFact>>(StringComparer.Ordinal);
        for (var i = 0; i < Streams; i++)
        {
            facts[$"stream/{i}"] = await Audit.ReadAsync(log, $"stream/{i}");
        }

        return facts;
    }
}
