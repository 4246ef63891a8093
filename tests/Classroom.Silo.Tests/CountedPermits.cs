using System.Collections.Immutable;
using Classroom.Silo.Auth;

namespace Classroom.Silo.Tests;

/// <summary>Permits of one minute, however long the test takes.</summary>
public sealed class CountedPermits : IPermits
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _taken = new(StringComparer.Ordinal);

    public bool AreShared { get; init; }

    public ValueTask<bool> AnyLeftAsync(params ImmutableArray<PermitLimit> limits)
    {
        lock (_lock)
        {
            return new(limits.All(IsLeft));
        }
    }

    public ValueTask<bool> TakeAsync(params ImmutableArray<PermitLimit> limits)
    {
        lock (_lock)
        {
            if (!limits.All(IsLeft))
            {
                return new(false);
            }

            foreach (var limit in limits)
            {
                _taken[limit.Scope] = _taken.GetValueOrDefault(limit.Scope) + 1;
            }

            return new(true);
        }
    }

    public ValueTask<long> TakenAsync(PermitLimit limit)
    {
        lock (_lock)
        {
            return new(_taken.GetValueOrDefault(limit.Scope));
        }
    }

    /// <summary>So many have come already.</summary>
    public void Spend(PermitLimit limit, long count)
    {
        lock (_lock)
        {
            _taken[limit.Scope] = count;
        }
    }

    /// <summary>The minute is over.</summary>
    public void Renew()
    {
        lock (_lock)
        {
            _taken.Clear();
        }
    }

    private bool IsLeft(PermitLimit limit) => _taken.GetValueOrDefault(limit.Scope) < limit.Most;
}
