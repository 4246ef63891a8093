namespace Classroom.Silo.Auth;

/// <summary>So many permits of a scope, such as <c>address/10.0.0.1</c>, in a minute or in some. A scope is always asked for with the same time.</summary>
public readonly record struct PermitLimit(string Scope, int Most, int Minutes = 1);

/// <summary>
/// Permits of a time, counted over all silos. Invariant: of all that ask for one at once, wherever they are, exactly as many get it as there are;
/// a request takes one of every scope it names, or none.
/// </summary>
public interface IPermits
{
    /// <summary>Takes none: whether every scope has one left.</summary>
    ValueTask<bool> AnyLeftAsync(params ImmutableArray<PermitLimit> limits);

    /// <summary>Takes none: how many of it were taken in its time.</summary>
    ValueTask<long> TakenAsync(PermitLimit limit);

    /// <summary>Whether all silos count together at this moment.</summary>
    bool AreShared { get; }

    /// <returns>False: a scope has none left, and none was taken.</returns>
    ValueTask<bool> TakeAsync(params ImmutableArray<PermitLimit> limits);
}
