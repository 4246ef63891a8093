using Classroom.Kits;
using Classroom.Storage;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Hosting;

/// <summary>
/// What this process offers: the shipped kits, those of <c>Kits:Folder</c>, and those that came over the wire, which are in the database and so the
/// same at every process. Of two with one id a shipped kit is offered; else the one that came over the wire, and no longer the folder's, whichever is
/// newer. New ones are looked for whenever a teacher is about to see or to choose, and every few seconds. A lesson keeps its edition.
/// </summary>
public sealed class LiveKits(IOptions<KitsOptions> options, KitStore store, TimeProvider time, ILogger<LiveKits> logger) : BackgroundService, IKits
{
    /// <summary>How long a teacher waits for the database, however many wait.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end = new();
    private readonly HashSet<string> _overridden = new(StringComparer.Ordinal);

    // By hash; null for what this program cannot read.
    private readonly Dictionary<string, Kit?> _read = new(StringComparer.Ordinal);
    private readonly Lazy<KitLibrary> _shipped = new(() => KitLibrary.LoadAll(KitLibrary.ShippedFolder));
    private readonly Lazy<KitLibrary> _files = new(() =>
        KitLibrary.LoadAll(options.Value.Folder is { Length: > 0 } extra ? [KitLibrary.ShippedFolder, extra] : [KitLibrary.ShippedFolder]));

    private KitLibrary? _now;
    private Task _looking = Task.CompletedTask;
    private Task? _next;

    public KitLibrary Now => Volatile.Read(ref _now) ?? _files.Value;

    /// <summary>The kits that are files here, whether or not another is offered in their place.</summary>
    public KitLibrary Files => _files.Value;

    /// <summary>No other may take the id of a kit that ships with the program.</summary>
    public bool IsShipped(string id) => _shipped.Value.Find(id) is not null;

    /// <returns>What is offered now; what was offered before when the database is away, or does not answer soon.</returns>
    public async Task<KitLibrary> RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Look().WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            logger.LogWarning("Whether there are new kits is not known: the database has not answered yet");
        }

        return Now;
    }

    public async ValueTask<Kit?> FindAsync(string id, string hash, CancellationToken cancellationToken) =>
        Now.Find(id, hash) is { } kit && kit.Hash == hash ? kit : (await RefreshAsync(cancellationToken)).Find(id, hash);

    /// <summary>As <see cref="RefreshAsync"/>, with as much patience as the database's own.</summary>
    public Task RefreshWhollyAsync(CancellationToken cancellationToken) => Look().WaitAsync(cancellationToken);

    public override void Dispose()
    {
        // The container disposes of it once for each name that it is registered by.
        if (!_end.IsCancellationRequested)
        {
            _end.Cancel();
            _end.Dispose();
        }

        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await RefreshAsync(stoppingToken);
        }
    }

    // One look at a time, shared. Whoever comes while one goes on shares the next: this one may have passed what he knows to be there.
    private Task Look()
    {
        lock (_lock)
        {
            if (_looking.IsCompleted && _next is null)
            {
                return _looking = LookAsync(_end.Token);
            }

            return _next ??= LookAfterAsync(_looking);
        }
    }

    private async Task LookAfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        Task look;
        lock (_lock)
        {
            (_looking, _next) = (look = LookAsync(_end.Token), null);
        }

        await look;
    }

    private async Task LookAsync(CancellationToken end)
    {
        // SQLite answers on the thread that asks.
        await Task.Yield();
        try
        {
            var editions = await store.AllAsync(end);
            foreach (var edition in editions.Where(e => !_read.ContainsKey(e.Hash)))
            {
                // One that was deleted meanwhile may come again.
                if (await store.ReadAsync(edition.Id, edition.Hash, end) is { } kept)
                {
                    _read[edition.Hash] = Parse(edition.Id, kept.FileName, kept.Yaml);
                }
            }

            Volatile.Write(ref _now, With(editions));
        }
        catch (Exception e) when (e is System.Data.Common.DbException or TimeoutException or IOException)
        {
            logger.LogWarning(e, "Whether there are new kits is not known");
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private KitLibrary With(IReadOnlyList<KitEdition> editions)
    {
        var files = _files.Value;
        var good = editions.Where(e => !IsShipped(e.Id)).Select(e => _read.GetValueOrDefault(e.Hash)).OfType<Kit>().ToList();
        var newest = good.GroupBy(k => k.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
        var overridden = files.Kits.Where(k => newest.ContainsKey(k.Id)).ToList();
        foreach (var id in overridden.Select(k => k.Id).Where(_overridden.Add))
        {
            logger.LogInformation("The kit {Kit} of Kits:Folder is not offered: one with its id was imported, and is offered in its place.", id);
        }

        return new KitLibrary([.. files.Kits.Except(overridden), .. newest.Values.OrderBy(k => k.Id, StringComparer.Ordinal)], files.Errors)
        {
            Earlier = [.. good.Except(newest.Values), .. overridden],
        };
    }

    private Kit? Parse(string id, string fileName, byte[] yaml)
    {
        var read = KitLoader.Parse(yaml, fileName);
        if (!read.Ok)
        {
            logger.LogError("The kit {Kit} that was imported is not a kit of this program: {Error}. It is left out.", id, read.Errors[0]);
        }

        return read.Kit;
    }
}
