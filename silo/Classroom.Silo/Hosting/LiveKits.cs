using Classroom.Kits;
using Classroom.Storage;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Hosting;

/// <summary>
/// What this process offers: the shipped kits, those of <c>Kits:Folder</c>, and those that came over the wire, which are in the database and so the
/// same at every process. New ones are looked for whenever a teacher is about to see or to choose, and every few seconds. A lesson keeps its edition.
/// </summary>
public sealed class LiveKits(IOptions<KitsOptions> options, KitStore store, TimeProvider time, ILogger<LiveKits> logger) : BackgroundService, IKits
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _one = new(1);
    private readonly Dictionary<string, Kit?> _read = new(StringComparer.Ordinal);
    private readonly Lazy<KitLibrary> _files = new(() =>
        KitLibrary.LoadAll(options.Value.Folder is { Length: > 0 } extra ? [KitLibrary.ShippedFolder, extra] : [KitLibrary.ShippedFolder]));

    private KitLibrary? _now;

    public KitLibrary Now => Volatile.Read(ref _now) ?? _files.Value;

    /// <summary>The kits that are files here: no other may take their ids.</summary>
    public KitLibrary Files => _files.Value;

    /// <returns>What is offered now; what was offered before when the database is away.</returns>
    public async Task<KitLibrary> RefreshAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var editions = await store.AllAsync(cancellationToken);
            foreach (var edition in editions.Where(e => !_read.ContainsKey(e.Hash)))
            {
                _read[edition.Hash] = await ReadAsync(edition, cancellationToken);
            }

            Volatile.Write(ref _now, With(editions));
        }
        catch (Exception e) when (e is System.Data.Common.DbException or TimeoutException or IOException)
        {
            logger.LogWarning(e, "Whether there are new kits is not known");
        }
        finally
        {
            _one.Release();
        }

        return Now;
    }

    public override void Dispose()
    {
        _one.Dispose();
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

    private KitLibrary With(IReadOnlyList<KitEdition> editions)
    {
        var files = _files.Value;
        var good = editions.Where(e => files.Find(e.Id) is null).Select(e => _read[e.Hash]).OfType<Kit>().ToList();
        var newest = good.GroupBy(k => k.Id, StringComparer.Ordinal).Select(g => g.Last()).OrderBy(k => k.Id, StringComparer.Ordinal).ToList();
        return new KitLibrary([.. files.Kits, .. newest], files.Errors) { Earlier = [.. good.Except(newest)] };
    }

    private async Task<Kit?> ReadAsync(KitEdition edition, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(edition.Id, edition.Hash, cancellationToken) is not { } kept)
        {
            return null;
        }

        var read = KitLoader.Parse(kept.Yaml, kept.FileName);
        if (!read.Ok)
        {
            logger.LogError("The kit {Kit} that was imported is not a kit of this program: {Error}. It is left out.", edition.Id, read.Errors[0]);
        }

        return read.Kit;
    }
}
