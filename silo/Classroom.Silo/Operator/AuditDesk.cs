using System.Text.Json;
using Classroom.Storage;
using Classroom.Tutor;
using Classroom.Tutor.Audit;
using Orleans.Runtime;

namespace Classroom.Silo.Operator;

/// <param name="Figure">A share, a count or a measure, as <paramref name="Rule"/> says; null: nothing was asked.</param>
/// <param name="Rule">held (a share, at least the limit), failed (a share, at most), count, mean, percentile95.</param>
/// <param name="Holds">Null: nothing was asked.</param>
public sealed record AuditedCheck(string Id, string Part, string Rule, double? Figure, double Limit, int Asked, int Failed, bool? Holds);

/// <summary>What came of an audit, as the operator's page lists it.</summary>
/// <param name="Models">Empty: none served.</param>
public sealed record AuditSummary(string Version, ImmutableArray<string> Models, ImmutableArray<AuditedCheck> Checks);

/// <summary>
/// Runs an audit in this silo when an admin starts it here: tells <see cref="IAuditGrain"/> how far it is, and leaves the signed dossier in the store. One that
/// is stopped, or whose silo ends, leaves none.
/// </summary>
public sealed class AuditDesk(
    IGrainFactory grains, AuditStore store, ModelOptions model, Kits.IKits kits, AuditOptions options, TokenLimits limits, DossierSigner signer, Holders holders, TutorTally tally,
    IClusterMembershipService members, IConfiguration configuration, TimeProvider time, ILoggerFactory logs) : IHostedService, IDisposable
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TryAgainIn = TimeSpan.FromSeconds(5);
    private readonly ILogger _logger = logs.CreateLogger<AuditDesk>();
    private readonly CancellationTokenSource _ending = new();
    private Task _run = Task.CompletedTask;
    private Task _ended = Task.CompletedTask;

    /// <returns>False: one runs, here or elsewhere.</returns>
    public async Task<bool> StartAsync(Guid id)
    {
        var grain = grains.GetGrain<IAuditGrain>(0);
        try
        {
            if (!await grain.Start(id, holders.Own))
            {
                return false;
            }
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or System.Data.Common.DbException or IOException or InvalidOperationException)
        {
            // It may have been noted all the same, and would then run for ever with nobody running it.
            _ended = Task.Run(() => EndAsync(grain, id, "broken", null, null), CancellationToken.None);
            throw;
        }

        // The request ends, the audit goes on.
        _run = Task.Run(() => RunAsync(id, _ending.Token), CancellationToken.None);
        return true;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_run, _ended).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _ending.Dispose();

    private async Task RunAsync(Guid id, CancellationToken ending)
    {
        var grain = grains.GetGrain<IAuditGrain>(0);
        var now = new AuditProgress("", 0, 0);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ending);
        var telling = TellAsync(grain, id, () => now, stop);
        var (state, summary, zip) = ("done", default(string), default(byte[]));
        try
        {
            var (at, began) = (time.GetUtcNow(), time.GetTimestamp());
            using var egress = new EgressWatch(() => AuditPlaces.Of(model, configuration, members.CurrentSnapshot.Members.Keys));
            // Its tokens count in the day like any lesson's; of a lesson or a teacher they are none.
            var budget = new GrainTokenBudget(grains, new TokenLimits { Day = limits.Day, WaitWithin = limits.WaitWithin }, time, logs.CreateLogger<GrainTokenBudget>(), holders);
            var cases = await new AuditRun(model, kits, budget, options, time, egress, tally).RunAsync(null, p => now = p, stop.Token);
            var dossier = Dossier.Of(cases, model, isEgressWatched: true, at, time.GetElapsedTime(began), signer.Fingerprint);
            (summary, zip) = (JsonSerializer.Serialize(SummaryOf(dossier), JsonSerializerOptions.Web), DossierFiles.Zip(DossierFiles.Of(dossier, signer)));
        }
        catch (OperationCanceledException)
        {
            state = ending.IsCancellationRequested ? "broken" : "stopped";
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            state = "broken";
            _logger.LogError(e, "The audit of the tutor broke off");
        }

        await stop.CancelAsync();
        await telling;
        await EndAsync(grain, id, state, summary, zip);
    }

    // Until it is stored or this silo ends: a run that is noted as running lets no other begin.
    private async Task EndAsync(IAuditGrain grain, Guid id, string state, string? summary, byte[]? zip)
    {
        while (true)
        {
            try
            {
                await store.EndAsync(id, state, summary, zip, CancellationToken.None);
                await grain.Ended(id);
                // A start that was slow may be noted only after its end was.
                if (await grain.Look() is not { State: "running" or "stopping" } run || run.Id != id)
                {
                    return;
                }
            }
            catch (Exception e) when (e is System.Data.Common.DbException or OrleansException or TimeoutException or IOException or InvalidOperationException)
            {
                _logger.LogError(e, "What came of the audit of the tutor ({State}) was not stored", state);
            }

            await Task.Delay(TryAgainIn, time, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_ending.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task TellAsync(IAuditGrain grain, Guid id, Func<AuditProgress> progress, CancellationTokenSource stop)
    {
        using var timer = new PeriodicTimer(TellEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                try
                {
                    if (progress() is var now && !await grain.Report(id, now.Set, now.Done, now.Total))
                    {
                        await stop.CancelAsync();
                    }
                }
                catch (Exception e) when (e is OrleansException or TimeoutException or System.Data.Common.DbException or IOException or InvalidOperationException)
                {
                    _logger.LogDebug(e, "How far the audit is was not told; it goes on");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }

    private static AuditSummary SummaryOf(Dossier dossier) => new(
        dossier.Version, [.. dossier.Models.Select(m => $"{m.Model} ({m.Host})")],
        [.. dossier.Checks.Select(c => new AuditedCheck(c.Id, c.Part, JsonNamingPolicy.CamelCase.ConvertName(c.Rule.ToString()), c.Figure, c.Limit, c.Asked, c.Failed, c.Holds))]);
}
