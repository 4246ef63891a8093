using Orleans.Runtime;

namespace Classroom.Grains;

/// <summary>Who is connected, by process. In memory only: presence is not a fact. A process that died, or says nothing for the lease, has nobody.</summary>
internal sealed class Presence(ISiloStatusOracle silos, TimeProvider time, TimeSpan lease)
{
    private readonly Dictionary<SiloAddress, (ImmutableArray<Guid> Students, long At)> _processes = [];

    /// <summary>All present students, at whichever process.</summary>
    public ImmutableArray<Guid> All { get; private set; } = [];

    /// <summary>True when that has changed.</summary>
    public bool Set(SiloAddress process, ImmutableArray<Guid> students)
    {
        var now = time.GetTimestamp();
        _processes[process] = (students, now);
        foreach (var gone in _processes.Where(p => time.GetElapsedTime(p.Value.At, now) > lease || silos.IsDeadSilo(p.Key)).Select(p => p.Key).ToList())
        {
            _processes.Remove(gone);
        }

        var all = _processes.Values.SelectMany(p => p.Students).Distinct().Order().ToImmutableArray();
        if (all.SequenceEqual(All))
        {
            return false;
        }

        All = all;
        return true;
    }
}
