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
    public static Task<SiloCluster> StartAsync(int count, params (string Name, string? Value)[] settings) => StartAsync(count, static a => a, settings);

    /// <param name="redisOf">From the address of its Redis to what the silos are told.</param>
    public static Task<SiloCluster> StartAsync(int count, Func<string, string> redisOf, params (string Name, string? Value)[] settings) =>
        StartAsync(null, count, redisOf, () => settings);

    /// <param name="hosts">Each silo at a host of its own; all at this machine unless given.</param>
    /// <param name="each">Called for each silo: what no two of them may have in common.</param>
    public static async Task<SiloCluster> StartAsync(Hosts? hosts, int count, Func<string, string> redisOf, Func<(string Name, string? Value)[]> each)
    {
        var (database, redis) = (await TestPostgres.CreateAsync(), await RedisServer.StartAsync());
        hosts?.Offer(redis.Port);
        hosts?.Offer(new NpgsqlConnectionStringBuilder(database.ConnectionString).Port);
        // A test may give all silos one key.
        (string Name, string? Value)[] KeyUnless((string Name, string? Value)[] given, int i) => given.Any(s => s.Name == "Tutor__ApiKey") ? given : [("Tutor__ApiKey", KeyOf(i)), .. given];
        var silos = await Task.WhenAll(Enumerable.Range(0, count).Select(i => SiloProcess.StartWithinAsync(
            hosts?.NameOf(i), database.ConnectionString,
            [
                ("DOTNET_TieredPGO", "0"), ("ConnectionStrings__Redis", redisOf(redis.Address)),
                ("Orleans__Address", hosts is null ? "127.0.0.1" : Hosts.AddressOf(i)), .. KeyUnless(each(), i),
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

    /// <summary>The silo that asked a model, by the key it did so with.</summary>
    public SiloProcess ByKey(string authorization) => Silos[Enumerable.Range(0, Silos.Count).Single(i => authorization == "Bearer " + KeyOf(i))];

    /// <summary>Asks every silo until it says this of itself.</summary>
    public async Task SaysAsync(string expected)
    {
        using var http = new HttpClient();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        foreach (var silo in Silos)
        {
            var said = "";
            while (said != expected)
            {
                said.ShouldBeOneOf("", "Healthy", "Degraded");
                said = await http.GetStringAsync(new Uri(silo.Url + "/health/ready"), patience.Token);
            }
        }
    }

    private static string KeyOf(int number) => string.Create(CultureInfo.InvariantCulture, $"silo-{number}");

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
