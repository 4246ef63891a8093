using Classroom.Silo.Hosting.Telemetry;
using Classroom.Storage;
using Classroom.Tutor;

namespace Classroom.Silo.Operator;

/// <summary>
/// What the tutor of this process gave and used, by day and by who gave it: providers, the cache, prepared text that stood in, nobody. Stored every few
/// seconds as the totals of this run, in the database that all silos share: what is stored survives the process, and storing it again counts nothing
/// twice. A killed process loses what it counted since.
/// </summary>
public sealed class TutorTally(TutorDayStore store, ModelOptions options, TimeProvider time, ILogger<TutorTally> logger) : BackgroundService, IUsageMeter
{
    public const string Cache = "cache";
    public const string Prepared = "prepared";
    public const string Nobody = "nobody";

    /// <summary>What an audit was answered: tokens and cost of it are in the day's, its answers stand apart, as they were no child's.</summary>
    public const string Audit = "audit";
    private const int KeptDays = 100;
    private static readonly TimeSpan StoreEvery = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LastStoreTakes = TimeSpan.FromSeconds(2);
    private readonly Guid _run = Guid.CreateVersion7();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<string, TutorCount>> _days = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    /// <param name="source">Who gave an answer: a provider's id, or one of the names above.</param>
    public void Answered(string source)
    {
        Add(new TutorCount(source, 1, 0, 0));
        Instruments.Answers.Add(1, new KeyValuePair<string, object?>("source", source));
    }

    public void Used(string provider, int input, int output)
    {
        Add(new TutorCount(provider, 0, input, output));
        if (Prices.Of(options, provider) is { } price && price.Of(input, output) is { } cost)
        {
            Instruments.Cost.Add((double)cost, new("provider", provider), new("currency", price.Currency));
        }
    }

    /// <summary>Stores what has changed. What cannot be stored is kept.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task StoreAsync(CancellationToken cancellationToken)
    {
        List<(string Day, List<TutorCount> Counts)> changed;
        lock (_lock)
        {
            changed = [.. _changed.Select(d => (d, _days[d].Values.ToList()))];
            _changed.Clear();
        }

        try
        {
            foreach (var (day, counts) in changed)
            {
                await store.SaveAsync(day, _run, counts, cancellationToken);
            }
        }
        catch
        {
            lock (_lock)
            {
                _changed.UnionWith(changed.Select(c => c.Day));
            }

            throw;
        }

        if (changed.Count > 0)
        {
            Forget(GrainTokenBudget.DateOf(time.GetUtcNow()));
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(LastStoreTakes);
        await TryToStoreAsync(patience.Token);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(StoreEvery, time);
        var forgotten = "";
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var first = GrainTokenBudget.DateOf(time.GetUtcNow().AddDays(-KeptDays));
            if (await TryToStoreAsync(stoppingToken) && first != forgotten)
            {
                forgotten = await TryAsync(() => store.ForgetBeforeAsync(first, stoppingToken)) ? first : forgotten;
            }
        }
    }

    private Task<bool> TryToStoreAsync(CancellationToken cancellationToken) => TryAsync(() => StoreAsync(cancellationToken));

    private async Task<bool> TryAsync(Func<Task> what)
    {
        try
        {
            await what();
            return true;
        }
        catch (Exception e) when (e is System.Data.Common.DbException or IOException or TimeoutException or OperationCanceledException or InvalidOperationException)
        {
            logger.LogDebug(e, "What the tutor gave is not stored yet");
            return false;
        }
    }

    private void Add(TutorCount more)
    {
        var day = GrainTokenBudget.DateOf(time.GetUtcNow());
        lock (_lock)
        {
            var counts = _days.TryGetValue(day, out var known) ? known : _days[day] = new(StringComparer.Ordinal);
            var before = counts.GetValueOrDefault(more.Source) ?? new TutorCount(more.Source, 0, 0, 0);
            counts[more.Source] = new TutorCount(more.Source, before.Answers + more.Answers, before.Input + more.Input, before.Output + more.Output);
            _changed.Add(day);
        }
    }

    // Days that are over and stored.
    private void Forget(string today)
    {
        lock (_lock)
        {
            foreach (var day in _days.Keys.Where(d => d != today && !_changed.Contains(d)).ToList())
            {
                _days.Remove(day);
            }
        }
    }
}
