using Orleans.Runtime;

namespace Classroom.Silo.Realtime;

/// <summary>
/// Closes the open connections of an account at every silo: it was signed out, disabled, deleted or given another password. What seats and boards
/// lose, their lesson announces (<see cref="ClassroomAudience"/>). It closes what is open and keeps nobody from coming back: that is the sign-in's.
/// </summary>
public sealed class Revocations(
    IGrainFactory grains, Connections connections, IClusterMembershipService members, IHostApplicationLifetime life, TimeProvider time, ILogger<Revocations> logger)
    : BackgroundService, IRevocationObserver
{
    private const int Tries = 3;
    private const int Remembered = 1024;
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(300);
    private readonly Lock _lock = new();
    private readonly Queue<Guid> _done = new();
    private IRevocationObserver? _reference;

    /// <summary>Returns when the connections are closed here, and as far as silos answer, everywhere.</summary>
    /// <param name="code">What their screens say, a refusal code.</param>
    public async Task CloseAsync(Guid accountId, string code)
    {
        var revocation = new Revocation(Guid.CreateVersion7(), accountId, code);
        Close(revocation);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await grains.GetGrain<IRevocationGrain>(0).Revoke(revocation);
                return;
            }
            catch (Exception e) when (attempt < Tries && e is not OutOfMemoryException)
            {
                logger.LogWarning(e, "Not every silo was told that account {Account} is signed out; it is tried again", accountId);
                await Task.Delay(Again, time);
            }
        }
    }

    public Task Revoked(ImmutableArray<Revocation> revocations)
    {
        foreach (var revocation in revocations)
        {
            Close(revocation);
        }

        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _reference = grains.CreateObjectReference<IRevocationObserver>(this);
        await Task.WhenAll(RenewRegularlyAsync(stoppingToken), WatchMembersAsync(stoppingToken));
    }

    private async Task RenewRegularlyAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(RenewEvery, time);
        do
        {
            await RenewAsync();
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    // The silo that told the others may be the one that died.
    private async Task WatchMembersAsync(CancellationToken stop)
    {
        await foreach (var _ in members.MembershipUpdates.WithCancellation(stop))
        {
            await RenewAsync();
        }
    }

    // What is thrown out of a background service ends the process.
    private async Task RenewAsync()
    {
        try
        {
            // Only those that came while nobody told us: who signs in again is not closed by what was before.
            await Revoked(await grains.GetGrain<IRevocationGrain>(0).Subscribe(_reference!));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.Log(life.ApplicationStopping.IsCancellationRequested ? LogLevel.Debug : LogLevel.Warning, e, "Sign-outs elsewhere are not heard of; it is tried again");
        }
    }

    private void Close(Revocation revocation)
    {
        lock (_lock)
        {
            if (_done.Contains(revocation.Id))
            {
                return;
            }

            _done.Enqueue(revocation.Id);
            if (_done.Count > Remembered)
            {
                _done.Dequeue();
            }
        }

        connections.End(revocation.AccountId, revocation.Code);
    }
}
