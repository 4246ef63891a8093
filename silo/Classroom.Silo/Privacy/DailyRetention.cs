using System.Text;
using Classroom.Lessons;
using Classroom.Storage;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Privacy;

/// <summary>Section <c>Retention</c>.</summary>
public sealed class RetentionOptions
{
    /// <summary>How long what children wrote is kept, counted from the last thing that happened in the lesson; the one in force counts.</summary>
    public List<DatedPeriod> Periods { get; set; } = [];

    /// <summary>
    /// On so many days of the last 120 the clock must have been seen before anybody is forgotten by it: one that was set a year ahead by mistake, or that woke up so,
    /// would else destroy everything at once, for good.
    /// </summary>
    public int SeenDays { get; set; } = 30;

    /// <returns>Null when none is in force: nothing is forgotten by itself.</returns>
    public DatedPeriod? InForce(DateTimeOffset now) =>
        Periods.Where(p => p.ValidFrom <= DateOnly.FromDateTime(now.UtcDateTime)).OrderBy(p => p.ValidFrom).LastOrDefault();
}

/// <summary>In force from <paramref name="ValidFrom"/> until the next one is.</summary>
public sealed record DatedPeriod(DateOnly ValidFrom, int Days);

/// <summary>Once a day, and at the start: who may be kept no longer is forgotten. One process of several does it.</summary>
public sealed class DailyRetention(Retention retention, IKeyStore keys, IOptions<RetentionOptions> options, TimeProvider time, ILogger<DailyRetention> logger) : BackgroundService
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(10);
    private const int Looked = 120;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Day, time);
        try
        {
            do
            {
                timer.Period = await RunAsync(stoppingToken) ? Day : Again;
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The next start does it.
        }
    }

    private async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.InForce(time.GetUtcNow()) is not { } period)
        {
            return true;
        }

        try
        {
            var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
            if (await keys.SeeDayAsync(today, today.AddDays(-Looked), cancellationToken) is var seen && seen < options.Value.SeenDays)
            {
                logger.LogInformation("Nobody is forgotten by age yet: this clock was seen on {Seen} days of the last {Looked}, and must have been on {SeenDays}", seen, Looked, options.Value.SeenDays);
                return true;
            }

            var by = Encoding.UTF8.GetString(FactCatalogue.EncodeActor(Actor.System));
            if (await retention.OrderAsync(TimeSpan.FromDays(period.Days), by, nameof(ForgetReason.Retention), cancellationToken) is > 0 and var count)
            {
                logger.LogInformation("{Count} students of lessons that ended {Days} days ago or more are forgotten now", count, period.Days);
            }

            return true;
        }
        // Whatever it is: lessons go on without it.
        catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
        {
            logger.LogWarning(e, "Whom to keep no longer could not be found out; it is tried again in {Again}", Again);
            return false;
        }
    }
}
