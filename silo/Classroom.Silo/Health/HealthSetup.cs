using Classroom.Storage;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Classroom.Silo.Health;

/// <summary>Live: the process answers. Ready: it can also reach its database.</summary>
public static class HealthSetup
{
    public static void AddOrtaqHealth(this WebApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck<LogCheck>("log", tags: ["ready"]);

    public static void MapOrtaqHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = c => c.Tags.Contains("ready") }).AllowAnonymous();
    }

    private sealed class LogCheck(IFactLog log) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await log.LoadSnapshotAsync("health", cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (Exception e) when (e is System.Data.Common.DbException or IOException)
            {
                return HealthCheckResult.Unhealthy("The database does not answer.", e);
            }
        }
    }
}
