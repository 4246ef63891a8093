using System.Globalization;
using Classroom.Silo.Hosting;
using StackExchange.Redis;

namespace Classroom.Silo.Auth;

/// <summary>
/// The permits of all silos, counted in Redis by its own clock; the packages that were looked at count by each caller's. While it does not answer, each silo
/// goes by what it has counted itself: limits are then looser by the number of silos, and never open, and nobody is refused for Redis' sake.
/// </summary>
public sealed class SharedPermits(SharedRedis redis) : IPermits, IDisposable
{
    private const string Take = """
        for i, key in ipairs(KEYS) do
          if tonumber(redis.call('GET', key) or '0') >= tonumber(ARGV[2 * i - 1]) then return 0 end
        end
        for i, key in ipairs(KEYS) do
          if redis.call('INCR', key) == 1 then redis.call('PEXPIRE', key, ARGV[2 * i] * 60000) end
        end
        return 1
        """;

    private readonly LocalPermits _local = new();

    public bool AreShared { get; private set; } = true;

    public async ValueTask<bool> AnyLeftAsync(params ImmutableArray<PermitLimit> limits)
    {
        var keys = KeysOf(limits);
        var (answered, taken) = await redis.TryAsync(r => r.StringGetAsync(keys));
        AreShared = answered;
        return answered ? limits.Zip(taken!).All(p => Number(p.Second) < p.First.Most) : await _local.AnyLeftAsync(limits);
    }

    public async ValueTask<bool> TakeAsync(params ImmutableArray<PermitLimit> limits)
    {
        var (keys, most) = (KeysOf(limits), limits.SelectMany(l => new RedisValue[] { l.Most, l.Minutes }).ToArray());
        var (answered, taken) = await redis.TryAsync(async r => (int)await r.ScriptEvaluateAsync(Take, keys, most));
        AreShared = answered;
        // Counted here too, for the time when nobody else counts.
        var here = await _local.TakeAsync(limits);
        return answered ? taken == 1 : here;
    }

    public async ValueTask<long> TakenAsync(PermitLimit limit)
    {
        var key = KeysOf([limit])[0];
        var (answered, taken) = await redis.TryAsync(r => r.StringGetAsync(key));
        AreShared = answered;
        return answered ? Number(taken) : await _local.TakenAsync(limit);
    }

    public void Dispose() => _local.Dispose();

    // One hash slot for all: a script touches no two nodes.
    private static RedisKey[] KeysOf(ImmutableArray<PermitLimit> limits) => [.. limits.Select(l => (RedisKey)("ortaq/{permits}/" + l.Scope))];

    private static long Number(RedisValue value) =>
        long.TryParse(value.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
