using System.Collections.Concurrent;
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
    HealthCheckService health, IClusterMembershipService members, TutorHealth tutor, TutorTrials trials, DataFolder data, Audiences audiences, Connections connections, IGrainFactory grains, ILocalSiloDetails silo,
    IHostApplicationLifetime life, BoxClock clock, TimeProvider time, ILogger<SiloWatch> logger, NpgsqlDataSource? database = null) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(3);

    /// <summary>Who has not been heard of for so long is silent.</summary>
    public static readonly TimeSpan Silent = Every * 4;
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LastWordTakes = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SlowDatabase = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(5);
    private const long LeastFreeBytes = 1L << 30;
    private static readonly string Program = typeof(SiloWatch).Assembly.Location;
    private readonly DateTimeOffset _since = time.GetUtcNow();
    private readonly Dictionary<string, Trouble> _troubles = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<SiloAddress, (SiloReport Report, long At)> _seen = new();
    private readonly ConcurrentDictionary<SiloAddress, bool> _stopped = new();
    private Task<HealthReport>? _look;
    private long _heard = time.GetTimestamp();

    public static string Version { get; } =
        typeof(SiloWatch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>What this silo says of itself, as of the last look.</summary>
    public SiloReport Report => new(
        silo.SiloAddress, Version, _since, life.ApplicationStopping.IsCancellationRequested, audiences.Lessons, connections.Count, Troubles, trials.Report());

    /// <summary>No silo is heard of, not even by whoever collects what they say.</summary>
    public bool IsAlone => time.GetElapsedTime(Volatile.Read(ref _heard)) > Silent;

    /// <summary>Every silo that was heard of lately, this one among them; remembered here, so that who is gone is known wherever it was collected.</summary>
    public IEnumerable<SeenSilo> Seen => _seen.Values
        .Where(s => !s.Report.Silo.Equals(silo.SiloAddress) && time.GetElapsedTime(s.At) < KeptFor && !HasSuccessor(s.Report.Silo))
        .Select(s => new SeenSilo(_stopped.ContainsKey(s.Report.Silo) ? s.Report with { IsStopping = true } : s.Report, time.GetElapsedTime(s.At)))
        .Append(new SeenSilo(Report, TimeSpan.Zero));

    // One that was started again at its address has taken the place of the one that was lost.
    private bool HasSuccessor(SiloAddress address) =>
        _seen.Keys.Append(silo.SiloAddress).Any(other => other.Endpoint.Equals(address.Endpoint) && other.Generation > address.Generation);

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

    /// <summary>The last word: this silo goes because somebody wants it to.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await grains.GetGrain<IOperatorGrain>(0).Report(Report).WaitAsync(LastWordTakes, time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OrleansException or OperationCanceledException or InvalidOperationException)
        {
            // The others see it in the membership.
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(WatchMembersAsync(stoppingToken), LookRegularlyAsync(stoppingToken));

    // Who says that it stops may be gone before it can report so.
    private async Task WatchMembersAsync(CancellationToken stop)
    {
        await foreach (var now in members.MembershipUpdates.WithCancellation(stop))
        {
            foreach (var member in now.Members.Values.Where(m => m.Status is SiloStatus.ShuttingDown or SiloStatus.Stopping))
            {
                _stopped[member.SiloAddress] = true;
            }
        }
    }

    private async Task LookRegularlyAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                Keep([.. await OfDatabaseAndRedisAsync(), .. await OfClockAsync(stoppingToken), .. OfDisk(), .. OfTutor()]);
                await ExchangeAsync(grains.GetGrain<IOperatorGrain>(0), stoppingToken);
            }
            catch (Exception e) when (e is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                logger.LogDebug(e, "Nothing was reported to the operator's page; it is tried again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // One that was started after a loss learns of it from those who were there.
    private async Task ExchangeAsync(IOperatorGrain all, CancellationToken cancellationToken)
    {
        var answer = await all.Report(Report).WaitAsync(Patience, time, cancellationToken);
        Remember(answer);
        var missing = Seen.Where(s => !answer.Any(a => a.Report.Silo.Equals(s.Report.Silo))).ToImmutableArray();
        if (!missing.IsEmpty)
        {
            await all.Remind(missing).WaitAsync(Patience, time, cancellationToken);
        }

        if (await all.Tried().WaitAsync(Patience, time, cancellationToken) is { } order)
        {
            // What comes of it stands in a later report.
            _ = trials.RunAsync(order.Id);
        }
    }

    private void Remember(ImmutableArray<SeenSilo> told)
    {
        var now = time.GetTimestamp();
        Volatile.Write(ref _heard, now);
        var current = members.CurrentSnapshot;
        foreach (var (report, ago) in told)
        {
            // What wakes after it was declared dead may report once more before it ends itself: it was lost when it stood still.
            if (!report.IsStopping && _seen.ContainsKey(report.Silo) && current.GetSiloStatus(report.Silo) == SiloStatus.Dead)
            {
                continue;
            }

            var at = now - (long)(ago.TotalSeconds * time.TimestampFrequency);
            _seen.AddOrUpdate(report.Silo, (report, at), (_, known) => at > known.At ? (report, at) : known);
        }

        foreach (var (old, seen) in _seen.Where(s => time.GetElapsedTime(s.Value.At) > KeptFor))
        {
            _seen.TryRemove(new(old, seen));
            _stopped.TryRemove(old, out _);
        }
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
            ("log", HealthStatus.Unhealthy) => e.Value.Exception is Storage.DatabaseDiffersException ? "database-differs" : "database-away",
            ("log", HealthStatus.Degraded) => "database-stores-nothing",
            ("log", _) when e.Value.Duration > SlowDatabase => "database-slow",
            _ => null,
        }).OfType<string>();
    }

    // The database's clock when several silos share one. A box alone has only its program and what it stored, which are past.
    private async Task<IEnumerable<string>> OfClockAsync(CancellationToken cancellationToken)
    {
        if (clock.IsBehind || database is null)
        {
            return clock.IsBehind || time.GetUtcNow().UtcDateTime < File.GetLastWriteTimeUtc(Program) - ClockTolerance ? ["clock-off"] : [];
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

    // Whether the day's tokens are used up is seen by whoever answers for the page: they are one count for all silos.
    private IEnumerable<string> OfTutor() => tutor.IsFailing ? ["model-failing"] : [];
}
