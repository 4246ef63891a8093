using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Classroom.Grains;

/// <summary>Tells every silo whose connections are to be closed. In memory: what it forgets is asked of the account itself (its security stamp).</summary>
[Reentrant]
public sealed class RevocationGrain(TimeProvider time, ILogger<RevocationGrain> logger) : Grain, IRevocationGrain
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly Queue<(Revocation Revocation, long At)> _recent = new();
    private Announcer<IRevocationObserver, Revocation> _silos = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _silos = new(Lease, time, logger, static (observer, batch) => observer.Revoked(batch));
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<Revocation>> Subscribe(IRevocationObserver observer)
    {
        _silos.Subscribe(observer);
        Forget();
        return Task.FromResult<ImmutableArray<Revocation>>([.. _recent.Select(r => r.Revocation)]);
    }

    public Task Revoke(Revocation revocation)
    {
        Forget();
        _recent.Enqueue((revocation, time.GetTimestamp()));
        _silos.Announce(revocation);
        // A silo that answers nothing is on its way out, and is tried further on.
        return _silos.Idle.WaitAsync(Patience, TimeProvider.System).ContinueWith(static _ => { }, TaskScheduler.Current);
    }

    private void Forget()
    {
        while (_recent.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) >= Kept)
        {
            _recent.Dequeue();
        }
    }
}
