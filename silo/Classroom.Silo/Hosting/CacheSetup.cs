using Classroom.Storage;
using Classroom.Tutor;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace Classroom.Silo.Hosting;

/// <summary>What is kept so that it need not be asked for again: in memory, and behind it in Redis when there is one, else in the database.</summary>
public static class CacheSetup
{
    // An explanation is a few kilobytes; what is longer is not one.
    private const int MaxEntryBytes = 64 * 1024;
    private const long MaxMemoryBytes = 32 * 1024 * 1024;

    public static void AddOrtaqCache(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        if (builder.Configuration.GetConnectionString("Redis") is { } redis && !string.IsNullOrWhiteSpace(redis))
        {
            services.AddSingleton(s => new SharedRedis(redis, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<SharedRedis>>()));
            services.AddSingleton<IDistributedCache, RedisAnswers>();
        }
        else
        {
            services.AddSingleton<IDistributedCache>(s => new AnswerStore(
                s.GetRequiredService<DatabaseSettings>(), s.GetRequiredService<TimeProvider>(), s.GetService<NpgsqlDataSource>()));
        }

        services.Configure<MemoryCacheOptions>(o => o.SizeLimit = MaxMemoryBytes);
        services.AddHybridCache(o => o.MaximumPayloadBytes = MaxEntryBytes);
        services.AddSingleton<AnswerCache>();
    }
}
