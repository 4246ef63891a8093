namespace Classroom.Grains;

/// <summary>
/// Holds that an audit of the tutor runs: one for the whole installation. Key: 0. The silo that runs it tells it how far it is, every second, and is told
/// whether to go on; the operator's page asks. What came of it is in the store. Invariant: of two starts one is refused, until the first has ended or its silo is gone.
/// </summary>
[Alias("audit"), Version(1)]
public interface IAuditGrain : IGrainWithIntegerKey
{
    /// <summary>The last run; null: there was none.</summary>
    [Alias("look")]
    Task<AuditState?> Look();

    /// <returns>False: one runs.</returns>
    /// <param name="holder">The silo that will run it (<see cref="Orleans.Runtime.SiloAddress"/>).</param>
    [Alias("start")]
    Task<bool> Start(Guid id, string holder);

    /// <returns>False: it is to end, or is not known to run.</returns>
    [Alias("report")]
    Task<bool> Report(Guid id, string set, int done, int total);

    /// <returns>False: none runs.</returns>
    [Alias("stop")]
    Task<bool> Stop();

    /// <summary>It has ended, and the store knows how.</summary>
    [Alias("ended")]
    Task Ended(Guid id);
}

/// <param name="State">running, stopping, done, stopped or broken.</param>
/// <param name="Set">What is asked now; empty while nothing was told.</param>
[GenerateSerializer, Immutable]
public sealed record AuditState(
    [property: Id(0)] Guid Id,
    [property: Id(1)] DateTimeOffset StartedAt,
    [property: Id(2)] string State,
    [property: Id(3)] string Set,
    [property: Id(4)] int Done,
    [property: Id(5)] int Total);
