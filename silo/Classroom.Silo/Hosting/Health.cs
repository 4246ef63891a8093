using Classroom.Storage;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Orleans.Runtime;

namespace Classroom.Silo.Hosting;

/// <summary>
/// Live: the process answers. Ready: it is a silo of the cluster, is not about to stop, and reaches its database; degraded (still 200) when that
/// stores nothing, because lessons go on being shown and another process would not store either, and when Redis, which lessons do not need, or the key store, which only newcomers do, is away.
/// </summary>
public static class HealthSetup
{
    public static void AddOrtaqHealth(this WebApplicationBuilder builder)
    {
        var checks = builder.Services.AddHostedService<Drain>().AddSingleton<LogCheck>().AddHealthChecks()
            .AddCheck<LogCheck>("log", tags: ["ready"]).AddCheck<SiloCheck>("silo", tags: ["ready"])
            .AddCheck<KeysCheck>("keys", HealthStatus.Degraded, tags: ["ready"]);
        if (!string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString("Redis")))
        {
            checks.AddCheck<RedisCheck>("redis", HealthStatus.Degraded, tags: ["ready"]);
        }
    }

    public static void MapOrtaqHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = c => c.Tags.Contains("ready"), ResponseWriter = SayAsync }).AllowAnonymous();
    }

    // One word, as the framework says it. Only what an operator must do something about is said in a sentence, to whoever asks: it names no folder and no person.
    private static Task SayAsync(HttpContext context, HealthReport report) => context.Response.WriteAsync(string.Join(
        '\n', report.Entries.Values.Select(e => e.Exception).OfType<DatabaseDiffersException>().Select(e => e.Message).Prepend(report.Status.ToString())));

    private sealed class SiloCheck(ISiloStatusOracle silos, IHostApplicationLifetime life) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
            life.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("The process is about to stop.")
            : silos.CurrentStatus == SiloStatus.Active ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"The silo is {silos.CurrentStatus}."));
    }

    private sealed class KeysCheck(IKeyStore keys) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await keys.OrderedAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (DatabaseDiffersException e)
            {
                return HealthCheckResult.Unhealthy(e.Message, e);
            }
            catch (Exception e) when (e is System.Data.Common.DbException or IOException or UnauthorizedAccessException or TimeoutException or System.Net.Sockets.SocketException)
            {
                return HealthCheckResult.Degraded("The key store does not answer: lessons go on, nobody new is let in.", e);
            }
        }
    }

    private sealed class RedisCheck(SharedRedis redis) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            (await redis.TryAsync(static r => r.PingAsync(), cancellationToken)).Answered
                ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("Redis does not answer: lessons go on, no silo comes or goes.");
    }

    private sealed class LogCheck(IFactLog log, OwnDatabase own, TimeProvider time, NpgsqlDataSource? source = null) : IHealthCheck
    {
        // Anybody may ask, and each answer writes: at most one a second.
        private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
        private readonly Lock _lock = new();
        private Task<HealthCheckResult>? _last;
        private long _at;

        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            lock (_lock)
            {
                if (_last is null || (_last.IsCompleted && time.GetElapsedTime(_at) >= Fresh))
                {
                    (_last, _at) = (LookAsync(CancellationToken.None), time.GetTimestamp());
                }

                return _last.WaitAsync(cancellationToken);
            }
        }

        private async Task<HealthCheckResult> LookAsync(CancellationToken cancellationToken)
        {
            var answers = false;
            try
            {
                await own.LookAsync(source, cancellationToken);
                await log.LoadSnapshotAsync("health", cancellationToken);
                answers = true;
                await log.SaveSnapshotAsync("health", new StoredSnapshot(time.GetUtcNow().UtcTicks, "health", []), cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (DatabaseDiffersException e)
            {
                return HealthCheckResult.Unhealthy(e.Message, e);
            }
            catch (Exception e) when (e is System.Data.Common.DbException or IOException)
            {
                return answers ? HealthCheckResult.Degraded("The database stores nothing.", e) : HealthCheckResult.Unhealthy("The database does not answer.", e);
            }
        }
    }
}
