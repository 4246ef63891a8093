using Orleans;
using Orleans.Runtime;

namespace Classroom.Grains;

/// <summary>Kept in memory: when its silo dies, everybody has reported anew within seconds, and each silo reminds the next activation of those who can report no more.</summary>
public sealed class OperatorGrain(TimeProvider time) : Grain, IOperatorGrain
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan OneOrderIn = TimeSpan.FromSeconds(5);

    // Whoever has not carried it out by now was not there.
    private static readonly TimeSpan OrderIsOldAfter = TimeSpan.FromSeconds(30);
    private (TrialOrder Order, long At)? _order;
    private readonly Dictionary<SiloAddress, (SiloReport Report, long At)> _silos = [];

    public Task<ImmutableArray<SeenSilo>> Report(SiloReport report)
    {
        Note(report, TimeSpan.Zero);
        return Task.FromResult(_silos.Values.Select(s => new SeenSilo(s.Report, time.GetElapsedTime(s.At))).ToImmutableArray());
    }

    public Task Remind(ImmutableArray<SeenSilo> silos)
    {
        foreach (var (report, ago) in silos)
        {
            Note(report, ago);
        }

        return Task.CompletedTask;
    }

    public Task<TrialOrder> Try()
    {
        if (_order is not { } last || time.GetElapsedTime(last.At) >= OneOrderIn)
        {
            _order = last = (new TrialOrder(Guid.CreateVersion7()), time.GetTimestamp());
        }

        return Task.FromResult(last.Order);
    }

    public Task<TrialOrder?> Tried() => Task.FromResult(_order is { } last && time.GetElapsedTime(last.At) < OrderIsOldAfter ? last.Order : null);

    private void Note(SiloReport report, TimeSpan ago)
    {
        var at = time.GetTimestamp() - (long)(ago.TotalSeconds * time.TimestampFrequency);
        if (!_silos.TryGetValue(report.Silo, out var known) || at > known.At)
        {
            _silos[report.Silo] = (report, at);
        }

        foreach (var (silo, _) in _silos.Where(s => time.GetElapsedTime(s.Value.At) > KeptFor).ToList())
        {
            _silos.Remove(silo);
        }
    }
}
