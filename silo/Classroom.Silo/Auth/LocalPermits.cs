using System.Threading.RateLimiting;

namespace Classroom.Silo.Auth;

/// <summary>The permits of one silo alone. The windows run by the machine's monotonic clock: a clock set back by an hour locks nobody out.</summary>
public sealed class LocalPermits : IPermits, IDisposable
{
    private readonly Lock _lock = new();
    private readonly PartitionedRateLimiter<PermitLimit> _all = PartitionedRateLimiter.Create<PermitLimit, PermitLimit>(limit =>
        RateLimitPartition.GetFixedWindowLimiter(limit, static l => new FixedWindowRateLimiterOptions { PermitLimit = l.Most, Window = TimeSpan.FromMinutes(l.Minutes) }));

    public bool AreShared => false;

    public ValueTask<bool> AnyLeftAsync(params ImmutableArray<PermitLimit> limits) => new(limits.All(l => Acquire(l, 0)));

    public ValueTask<bool> TakeAsync(params ImmutableArray<PermitLimit> limits)
    {
        lock (_lock)
        {
            return new(limits.All(l => Acquire(l, 0)) && limits.All(l => Acquire(l, 1)));
        }
    }

    public ValueTask<long> TakenAsync(PermitLimit limit)
    {
        // Asked for none, a window that is over is begun anew.
        Acquire(limit, 0);
        return new(limit.Most - (_all.GetStatistics(limit)?.CurrentAvailablePermits ?? limit.Most));
    }

    public void Dispose() => _all.Dispose();

    private bool Acquire(PermitLimit limit, int permits)
    {
        using var lease = _all.AttemptAcquire(limit, permits);
        return lease.IsAcquired;
    }
}
