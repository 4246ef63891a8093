using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Hosting;

/// <summary>
/// The framework's cache in Redis, as patient as <see cref="SharedRedis"/>: what Redis does not say is not there. (HybridCache would take a failed
/// first read for an order to forget all that was kept before.)
/// </summary>
public sealed class RedisAnswers(SharedRedis redis) : IDistributedCache, IDisposable
{
    private readonly RedisCache _cache = new(Options.Create(new RedisCacheOptions { InstanceName = "ortaq/", ConnectionMultiplexerFactory = redis.ConnectionAsync }));

    public byte[]? Get(string key) => GetAsync(key).GetAwaiter().GetResult();

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default) => (await redis.TryAsync(_ => _cache.GetAsync(key, token), token)).Answer;

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => SetAsync(key, value, options).GetAwaiter().GetResult();

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        DoAsync(() => _cache.SetAsync(key, value, options, token), token);

    public void Remove(string key) => RemoveAsync(key).GetAwaiter().GetResult();

    public Task RemoveAsync(string key, CancellationToken token = default) => DoAsync(() => _cache.RemoveAsync(key, token), token);

    public void Refresh(string key) => RefreshAsync(key).GetAwaiter().GetResult();

    public Task RefreshAsync(string key, CancellationToken token = default) => DoAsync(() => _cache.RefreshAsync(key, token), token);

    public void Dispose() => _cache.Dispose();

    private Task DoAsync(Func<Task> act, CancellationToken token) => redis.TryAsync(
        async _ =>
        {
            await act();
            return true;
        },
        token);
}
