using System.Net;
using System.Net.Http.Json;
using Classroom.Silo.Auth;
using Classroom.Silo.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace Classroom.Cluster.Tests;

/// <summary>What permits hold, however many processes take them.</summary>
public abstract class PermitsContract
{
    private const int Most = 30;

    /// <summary>Those of the processes that count together.</summary>
    protected abstract IReadOnlyList<IPermits> Processes { get; }

    [Fact]
    public async Task Of_many_that_ask_at_once_exactly_as_many_get_one_as_there_are()
    {
        var limit = new PermitLimit($"address/{Guid.NewGuid()}", Most);
        var taken = await Task.WhenAll(Enumerable.Range(0, Most * 3).Select(i => Task.Run(() => Processes[i % Processes.Count].TakeAsync(limit).AsTask())));
        taken.Count(t => t).ShouldBe(Most);
        foreach (var process in Processes)
        {
            (await process.AnyLeftAsync(limit)).ShouldBeFalse();
            (await process.TakeAsync(limit)).ShouldBeFalse();
            (await process.TakenAsync(limit)).ShouldBe(Most);
            (await process.AnyLeftAsync(new PermitLimit($"address/{Guid.NewGuid()}", Most))).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task The_last_one_is_there_until_it_is_taken_and_asking_takes_none()
    {
        var limit = new PermitLimit($"address/{Guid.NewGuid()}", Most);
        for (var i = 0; i < Most; i++)
        {
            foreach (var process in Processes)
            {
                (await process.AnyLeftAsync(limit)).ShouldBeTrue();
            }

            (await Processes[0].TakenAsync(limit)).ShouldBe(i);
            (await Processes[i % Processes.Count].TakeAsync(limit)).ShouldBeTrue();
        }

        (await Processes[0].TakeAsync(limit)).ShouldBeFalse();
    }

    [Fact]
    public async Task Where_one_scope_has_none_left_no_other_is_charged()
    {
        var (narrow, wide) = (new PermitLimit($"narrow/{Guid.NewGuid()}", 1), new PermitLimit($"wide/{Guid.NewGuid()}", 2));
        (await Processes[0].TakeAsync(narrow, wide)).ShouldBeTrue();
        (await Processes[^1].TakeAsync(narrow, wide)).ShouldBeFalse();
        (await Processes[^1].TakeAsync(wide, narrow)).ShouldBeFalse();
        (await Processes[^1].AnyLeftAsync(narrow, wide)).ShouldBeFalse();
        (await Processes[^1].TakeAsync(wide)).ShouldBeTrue();
        (await Processes[0].TakeAsync(wide)).ShouldBeFalse();
    }
}

public sealed class PermitsOfOneSilo : PermitsContract, IDisposable
{
    private readonly LocalPermits _permits = new();

    protected override IReadOnlyList<IPermits> Processes => [_permits];

    public void Dispose() => _permits.Dispose();
}

public sealed class PermitsOfThreeSilos : PermitsContract, IAsyncLifetime
{
    private readonly List<SharedRedis> _connections = [];
    private readonly List<IPermits> _permits = [];
    private RedisServer _redis = null!;

    protected override IReadOnlyList<IPermits> Processes => _permits;

    public async Task InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            _connections.Add(new SharedRedis(_redis.Address + ",asyncTimeout=30000", TimeProvider.System, NullLogger<SharedRedis>.Instance));
            _permits.Add(new SharedPermits(_connections[i]));
        }
    }

    public async Task DisposeAsync()
    {
        _permits.OfType<IDisposable>().ToList().ForEach(p => p.Dispose());
        _connections.ForEach(c => c.Dispose());
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task A_minute_is_counted_from_the_first_and_no_later_one_makes_it_longer()
    {
        var limit = new PermitLimit("address/x", 5);
        await Processes[0].TakeAsync(limit);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(_redis.Address);
        var key = redis.GetServer(_redis.Address).Keys(pattern: "ortaq/*").ShouldHaveSingleItem();
        var first = (await redis.GetDatabase().KeyExpireTimeAsync(key)).ShouldNotBeNull();
        await Processes[1].TakeAsync(limit);
        (await redis.GetDatabase().KeyExpireTimeAsync(key)).ShouldBe(first);
        (await redis.GetDatabase().KeyTimeToLiveAsync(key)).ShouldNotBeNull().ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(1));
        await redis.GetDatabase().KeyDeleteAsync(key);
        (await Processes[2].AnyLeftAsync(limit)).ShouldBeTrue("a new minute");
    }

    [Fact]
    public async Task Without_redis_each_goes_by_what_it_has_counted_and_none_is_open()
    {
        var limit = new PermitLimit($"address/{Guid.NewGuid()}", 3);
        (await Processes[0].TakeAsync(limit)).ShouldBeTrue();
        Processes[0].AreShared.ShouldBeTrue();
        await _redis.KillAsync();
        (await Processes[0].AnyLeftAsync(limit)).ShouldBeTrue("a right code is not refused because Redis is away");
        (await Processes[0].TakeAsync(limit)).ShouldBeTrue();
        (await Processes[0].TakeAsync(limit)).ShouldBeTrue();
        (await Processes[0].TakeAsync(limit)).ShouldBeFalse("one was counted before, two since");
        (await Processes[0].TakenAsync(limit)).ShouldBe(3);
        Processes[0].AreShared.ShouldBeFalse();
        (await Processes[0].AnyLeftAsync(limit)).ShouldBeFalse();
    }
}

/// <summary>Invariant: who guesses codes gets no more guesses by spreading them over silos.</summary>
public sealed class Guesses
{
    [Fact]
    public async Task Wrong_codes_spread_over_three_silos_have_to_be_paid_for_from_exactly_the_thirty_first_on()
    {
        await using var cluster = await SiloCluster.StartAsync(3, a => a + ",asyncTimeout=30000");
        await using var host = await LessonHost.OpenAsync(cluster.Silos[0]);
        var browsers = await Task.WhenAll(cluster.Silos.Select(s => s.BrowserAsync()));
        // A right code takes nothing.
        for (var i = 0; i < JoinAttempts.WrongAMinuteByAddress; i++)
        {
            (await JoinAsync(browsers[i % 3], host.Code, $"Құс {i}")).ShouldBe(HttpStatusCode.OK);
        }

        var statuses = await Task.WhenAll(Enumerable.Range(0, JoinAttempts.WrongAMinuteByAddress * 2).Select(i => JoinAsync(browsers[i % 3], $"ZZZZ{JoinCodes.Alphabet[i / 32]}{JoinCodes.Alphabet[i % 32]}", "Құс")));
        statuses.Count(s => s == HttpStatusCode.NotFound).ShouldBe(JoinAttempts.WrongAMinuteByAddress);
        statuses.Count(s => s == HttpStatusCode.TooManyRequests).ShouldBe(JoinAttempts.WrongAMinuteByAddress);
        foreach (var browser in browsers)
        {
            (await JoinAsync(browser, "ZZZ999", "Құс")).ShouldBe(HttpStatusCode.TooManyRequests, "with a puzzle to solve first");
            browser.Dispose();
        }

        cluster.Silos.SelectMany(s => s.Failures).ShouldBeEmpty();
    }

    private static async Task<HttpStatusCode> JoinAsync(HttpClient browser, string code, string nickname)
    {
        using var joined = await browser.PostAsJsonAsync("/api/join", new { code, nickname, language = "kk", level = "simple", themed = false });
        return joined.StatusCode;
    }
}
