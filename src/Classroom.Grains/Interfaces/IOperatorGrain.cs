using Orleans.Runtime;

namespace Classroom.Grains;

/// <summary>Where silos tell each other how they are, for the operator's page. Key: 0. Every silo reports to it, every few seconds.</summary>
[Alias("operator"), Version(2)]
public interface IOperatorGrain : IGrainWithIntegerKey
{
    /// <summary>Returns the last report of each silo, also of one that reports no more, for some minutes.</summary>
    [Alias("report")]
    Task<ImmutableArray<SeenSilo>> Report(SiloReport report);

    /// <summary>Of silos that were missing from the answer: an activation that began later never heard of those that were lost before.</summary>
    [Alias("remind")]
    Task Remind(ImmutableArray<SeenSilo> silos);

    /// <summary>Every silo is to ask its providers for a word. Again within seconds it is the same order.</summary>
    [Alias("try")]
    Task<TrialOrder> Try();

    /// <summary>The last order, for the silos that carry it out; null: none, or none of late.</summary>
    [Alias("tried")]
    Task<TrialOrder?> Tried();
}

/// <summary>An order to ask every provider for a word. Whoever has carried it out knows it by its id.</summary>
[GenerateSerializer, Immutable]
public sealed record TrialOrder([property: Id(0)] Guid Id);

/// <summary>How a provider is, as one silo met it.</summary>
/// <param name="Id">Its place, host and model: 1/host/model.</param>
/// <param name="Doing">As of the tutor's ProviderStatus.</param>
/// <param name="Seconds">Until it is asked again by itself, while it is not.</param>
/// <param name="TriedAt">When it was asked for a word by hand; null: never.</param>
/// <param name="TryFault">What came of that; null: it answered.</param>
[GenerateSerializer, Immutable]
public sealed record ProviderReport(
    [property: Id(0)] string Id,
    [property: Id(1)] string Doing,
    [property: Id(2)] int? Seconds,
    [property: Id(3)] DateTimeOffset? LastAnswered,
    [property: Id(4)] string? LastFault,
    [property: Id(5)] DateTimeOffset? LastFaultAt,
    [property: Id(6)] DateTimeOffset? TriedAt,
    [property: Id(7)] string? TryFault,
    [property: Id(8)] int TryMilliseconds);

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
    [property: Id(6)] ImmutableArray<Trouble> Troubles,
    [property: Id(7)] ImmutableArray<ProviderReport> Providers = default);

/// <param name="Ago">How long ago it reported.</param>
[GenerateSerializer, Immutable]
public sealed record SeenSilo([property: Id(0)] SiloReport Report, [property: Id(1)] TimeSpan Ago);
