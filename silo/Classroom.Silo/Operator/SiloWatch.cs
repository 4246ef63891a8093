using System.Reflection;
using Classroom.Silo.Hosting;
using Classroom.Silo.Realtime;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Orleans.Runtime;

namespace Classroom.Silo.Operator;

/// <summary>
/// Looks every few seconds at what this silo needs, and reports to the operator's page what does not work and since when. Each look waits for
/// nothing longer than <see cref="Patience"/>: what hangs is itself a trouble.
/// </summary>
public sealed class SiloWatch(
    HealthCheckService health, TutorHealth tutor, DataFolder data, Audiences audiences, Connections connections, IGrainFactory grains, ILocalSiloDetails silo,
    IHostApplicationLifetime life, TimeProvider time, ILogger<SiloWatch> logger, NpgsqlDataSource? database = null) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SlowDatabase = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(5);
    private const long LeastFreeBytes = 1L << 30;
    private static readonly string Program = typeof(SiloWatch).Assembly.Location;
    private readonly DateTimeOffset _since = time.GetUtcNow();
    private readonly Dictionary<string, Trouble> _troubles = new(StringComparer.Ordinal);
    private Task<HealthReport>? _look;

    public static string Version { get; } =
        typeof(SiloWatch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>What this silo says of itself, as of the last look.</summary>
    public SiloReport Report => new(
        silo.SiloAddress, Version, _since, life.ApplicationStopping.IsCancellationRequested, audiences.Lessons, connections.Count, Troubles);

    private ImmutableArray<Trouble> Troubles
    {
        get
        {
            lock (_troubles)
            {
                return [.. _troubles.Values.OrderBy(t => t.Since)];
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                Keep([.. await OfDatabaseAndRedisAsync(), .. await OfClockAsync(stoppingToken), .. OfDisk(), .. OfTutor()]);
                await grains.GetGrain<IOperatorGrain>(0).Report(Report).WaitAsync(Patience, time, stoppingToken);
            }
            catch (Exception e) when (e is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                logger.LogDebug(e, "Nothing was reported to the operator's page; it is tried again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Keep(HashSet<string> codes)
    {
        lock (_troubles)
        {
            foreach (var over in _troubles.Keys.Except(codes).ToList())
            {
                _troubles.Remove(over);
            }

            foreach (var code in codes)
            {
                _troubles.TryAdd(code, new Trouble(code, time.GetUtcNow()));
            }
        }
    }

    private async Task<IEnumerable<string>> OfDatabaseAndRedisAsync()
    {
        _look = _look is null or { IsCompleted: true } ? health.CheckHealthAsync(c => c.Name is "log" or "redis", CancellationToken.None) : _look;
        await Task.WhenAny(_look, Task.Delay(Patience, time));
        if (!_look.IsCompletedSuccessfully)
        {
            return ["database-slow"];
        }

        return (await _look).Entries.Select(e => (e.Key, e.Value.Status) switch
        {
            ("redis", not HealthStatus.Healthy) => "redis-away",
            ("log", HealthStatus.Unhealthy) => "database-away",
            ("log", HealthStatus.Degraded) => "database-stores-nothing",
            ("log", _) when e.Value.Duration > SlowDatabase => "database-slow",
            _ => null,
        }).OfType<string>();
    }

    // The database's clock when several silos share one. A box alone has only its program, which is younger than no clock that is right.
    private async Task<IEnumerable<string>> OfClockAsync(CancellationToken cancellationToken)
    {
        if (database is null)
        {
            return time.GetUtcNow().UtcDateTime < File.GetLastWriteTimeUtc(Program) - ClockTolerance ? ["clock-off"] : [];
        }

        try
        {
            await using var command = database.CreateCommand("select clock_timestamp()");
            var (before, began) = (time.GetUtcNow(), time.GetTimestamp());
            var theirs = (DateTime)(await command.ExecuteScalarAsync(cancellationToken).WaitAsync(Patience, time, cancellationToken))!;
            var between = before + (time.GetElapsedTime(began) / 2);
            return (theirs - between.UtcDateTime).Duration() > ClockTolerance ? ["clock-off"] : [];
        }
        catch (Exception e) when (e is System.Data.Common.DbException or IOException or TimeoutException)
        {
            return [];
        }
    }

    private IEnumerable<string> OfDisk()
    {
        try
        {
            return new DriveInfo(data.Folder).AvailableFreeSpace < LeastFreeBytes ? ["disk-nearly-full"] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return ["disk-away"];
        }
    }

    private IEnumerable<string> OfTutor()
    {
        if (tutor.IsFailing)
        {
            yield return "model-failing";
        }

        if (tutor.IsBudgetReached)
        {
            yield return "budget-used-up";
        }
    }
}
