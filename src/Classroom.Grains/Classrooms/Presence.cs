using Orleans.Runtime;

namespace Classroom.Grains;

/// <summary>Who is connected, by process. In memory only: presence is not a fact. A process that died, or says nothing for the lease, has nobody.</summary>
internal sealed class Presence(ISiloStatusOracle silos, TimeProvider time, TimeSpan lease)
{
    private readonly Dictionary<(SiloAddress Process, bool Scripted), (ImmutableArray<Guid> Students, long At)> _processes = [];

    /// <summary>All present students, at whichever process.</summary>
    public ImmutableArray<Guid> All { get; private set; } = [];

    /// <summary>True when that has changed.</summary>
    /// <param name="scripted">Students of a rehearsal: they hold no connection, and are counted apart from those who do.</param>
    public bool Set(SiloAddress process, ImmutableArray<Guid> students, bool scripted = false)
    {
        var now = time.GetTimestamp();
        _processes[(process, scripted)] = (students, now);
        foreach (var gone in _processes.Where(p => time.GetElapsedTime(p.Value.At, now) > lease || silos.IsDeadSilo(p.Key.Process)).Select(p => p.Key).ToList())
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
