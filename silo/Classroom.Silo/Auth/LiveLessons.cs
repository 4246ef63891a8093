using Classroom.Silo.Operator;
using Orleans.Runtime;

namespace Classroom.Silo.Auth;

/// <summary>How much there is to be found by whoever guesses codes, and at how many silos.</summary>
public interface ILiveLessons
{
    /// <summary>Lessons that are shown to browsers anywhere. One that two silos show counts twice: never too few.</summary>
    int Lessons { get; }

    int Silos { get; }
}

/// <summary>As the silos report to each other for the operator's page.</summary>
public sealed class LiveLessons(IServiceProvider services, IClusterMembershipService members) : ILiveLessons
{
    // Asked for late: it looks at everything else of the process.
    private readonly Lazy<SiloWatch> _watch = new(services.GetRequiredService<SiloWatch>);

    public int Lessons => _watch.Value.Seen.Sum(s => s.Report.Lessons);

    public int Silos => members.CurrentSnapshot.Members.Values.Count(m => m.Status == SiloStatus.Active);
}
