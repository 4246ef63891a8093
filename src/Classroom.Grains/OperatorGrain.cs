using Orleans;
using Orleans.Runtime;

namespace Classroom.Grains;

/// <summary>Kept in memory: when its silo dies, everybody has reported anew within seconds, and each silo remembers what it was told.</summary>
public sealed class OperatorGrain(TimeProvider time) : Grain, IOperatorGrain
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);
    private readonly Dictionary<SiloAddress, (SiloReport Report, long At)> _silos = [];

    public Task<ImmutableArray<SeenSilo>> Report(SiloReport report)
    {
        _silos[report.Silo] = (report, time.GetTimestamp());
        foreach (var (silo, _) in _silos.Where(s => time.GetElapsedTime(s.Value.At) > KeptFor).ToList())
        {
            _silos.Remove(silo);
        }

        return Task.FromResult(_silos.Values.Select(s => new SeenSilo(s.Report, time.GetElapsedTime(s.At))).ToImmutableArray());
    }
}
