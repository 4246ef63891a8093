namespace Classroom.Tutor;

/// <summary>A discarded text as it is told again: how many words it has, and what its words come to after each few of them, in <see cref="SaidAgain"/>'s hashes.</summary>
public sealed record DiscardedMark(int Words, ImmutableArray<string> Prefixes);

/// <summary>Texts that a teacher called bad. Only hashes of them are kept.</summary>
public interface IDiscarded
{
    /// <summary>Whether any was: where none is known nothing need be compared.</summary>
    Task<bool> AnyAsync(CancellationToken cancellationToken);

    /// <summary>Those that begin so, by the hash of their first words.</summary>
    Task<ImmutableArray<DiscardedMark>> BeginningAsync(string hash, CancellationToken cancellationToken);
}

/// <summary>Where nothing is kept nothing is discarded.</summary>
public sealed class NothingDiscarded : IDiscarded
{
    public Task<bool> AnyAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<ImmutableArray<DiscardedMark>> BeginningAsync(string hash, CancellationToken cancellationToken) => Task.FromResult<ImmutableArray<DiscardedMark>>([]);
}
