namespace Classroom.Grains;

/// <summary>Accounts that were signed out, disabled, deleted or given another password: every silo closes what is open of them. Key: 0.</summary>
[Alias("revocations"), Version(1)]
public interface IRevocationGrain : IGrainWithIntegerKey
{
    /// <summary>Hears of each from now on; repeat within 90 s to stay subscribed.</summary>
    /// <returns>Those of the last minutes: whoever had to subscribe anew may have missed some.</returns>
    [Alias("subscribe")]
    Task<ImmutableArray<Revocation>> Subscribe(IRevocationObserver observer);

    /// <summary>Returns when every silo that is subscribed has closed what it had.</summary>
    [Alias("revoke")]
    Task Revoke(Revocation revocation);
}

/// <param name="Id">The same announced twice closes nothing twice.</param>
[GenerateSerializer, Immutable]
public sealed record Revocation([property: Id(0)] Guid Id, [property: Id(1)] Guid AccountId, [property: Id(2)] string Code);

/// <summary>A process that has connections to browsers.</summary>
public interface IRevocationObserver : IGrainObserver
{
    Task Revoked(ImmutableArray<Revocation> revocations);
}
