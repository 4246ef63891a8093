using Orleans.Runtime;

namespace Classroom.Grains;

/// <summary>Where silos tell each other how they are, for the operator's page. Key: 0. Every silo reports to it, every few seconds.</summary>
[Alias("operator"), Version(1)]
public interface IOperatorGrain : IGrainWithIntegerKey
{
    /// <summary>Returns the last report of each silo, also of one that reports no more, for some minutes.</summary>
    [Alias("report")]
    Task<ImmutableArray<SeenSilo>> Report(SiloReport report);

    /// <summary>Of silos that were missing from the answer: an activation that began later never heard of those that were lost before.</summary>
    [Alias("remind")]
    Task Remind(ImmutableArray<SeenSilo> silos);
}

/// <summary>Something that does not work as it should, by its code.</summary>
/// <param name="Since">When this silo first saw it.</param>
[GenerateSerializer, Immutable]
public sealed record Trouble([property: Id(0)] string Code, [property: Id(1)] DateTimeOffset Since);

/// <param name="Lessons">That it shows to browsers.</param>
[GenerateSerializer, Immutable]
public sealed record SiloReport(
    [property: Id(0)] SiloAddress Silo,
    [property: Id(1)] string Version,
    [property: Id(2)] DateTimeOffset Since,
    [property: Id(3)] bool IsStopping,
    [property: Id(4)] int Lessons,
    [property: Id(5)] int Connections,
    [property: Id(6)] ImmutableArray<Trouble> Troubles);

/// <param name="Ago">How long ago it reported.</param>
[GenerateSerializer, Immutable]
public sealed record SeenSilo([property: Id(0)] SiloReport Report, [property: Id(1)] TimeSpan Ago);
