using Npgsql;

namespace Classroom.Cluster.Tests;

/// <summary>Several silos of the real program on one Postgres and one Redis, as a region runs them; each may be killed and started again.</summary>
public sealed class SiloCluster : IAsyncDisposable
{
    private readonly TestPostgres _database;

    private SiloCluster(TestPostgres database, RedisServer redis, SiloProcess[] silos) => (_database, Redis, Silos) = (database, redis, silos);

    public RedisServer Redis { get; }

    public IReadOnlyList<SiloProcess> Silos { get; }

    public string Database => _database.ConnectionString;

    /// <summary>All at once, on an empty database.</summary>
    public static Task<SiloCluster> StartAsync(int count, params (string Name, string? Value)[] settings) => StartAsync(null, count, settings);

    /// <summary>Each at a host of its own.</summary>
    public static async Task<SiloCluster> StartAsync(Hosts? hosts, int count, params (string Name, string? Value)[] settings)
    {
        var (database, redis) = (await TestPostgres.CreateAsync(), await RedisServer.StartAsync());
        hosts?.Offer(redis.Port);
        hosts?.Offer(new NpgsqlConnectionStringBuilder(database.ConnectionString).Port);
        var silos = await Task.WhenAll(Enumerable.Range(0, count).Select(i => SiloProcess.StartWithinAsync(
            hosts?.NameOf(i), database.ConnectionString,
            [
                ("DOTNET_TieredPGO", "0"), ("ConnectionStrings__Redis", redis.Address),
                ("Orleans__Address", hosts is null ? "127.0.0.1" : Hosts.AddressOf(i)), .. settings,
            ])));
        for (var i = 0; i < count; i++)
        {
            hosts?.Reach(i, new Uri(silos[i].Url).Port);
        }

        return new SiloCluster(database, redis, silos);
    }

    /// <summary>The one that was asked to stop: it answers 503, and a proxy goes on to the next.</summary>
    public SiloProcess? Stopping { get; set; }

    /// <summary>The address of a silo that takes new connections: the one of this number, or the next. What a proxy without sticky sessions does.</summary>
    public string Of(int number) =>
        Enumerable.Range(0, Silos.Count).Select(i => Silos[(number + i) % Silos.Count]).First(s => s.IsRunning && s != Stopping).Url;

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Silos)
        {
            await silo.DisposeAsync();
        }

        await Redis.DisposeAsync();
        await _database.DisposeAsync();
    }
}
