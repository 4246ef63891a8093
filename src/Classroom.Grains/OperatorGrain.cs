using Orleans;
using Orleans.Runtime;

namespace Classroom.Grains;

/// <summary>Kept in memory: after its silo died, everybody has reported anew within seconds.</summary>
public sealed class OperatorGrain(TimeProvider time) : Grain, IOperatorGrain
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);
    private readonly Dictionary<SiloAddress, (SiloReport Report, long At)> _silos = [];

    public Task Report(SiloReport report)
    {
        _silos[report.Silo] = (report, time.GetTimestamp());
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<SeenSilo>> Silos()
    {
        foreach (var (silo, _) in _silos.Where(s => time.GetElapsedTime(s.Value.At) > KeptFor).ToList())
        {
            _silos.Remove(silo);
        }

        return Task.FromResult(_silos.Values.Select(s => new SeenSilo(s.Report, time.GetElapsedTime(s.At))).ToImmutableArray());
    }
}
