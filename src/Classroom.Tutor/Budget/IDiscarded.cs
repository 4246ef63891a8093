namespace Classroom.Tutor;

/// <summary>A sentence of a discarded text.</summary>
/// <param name="Text">The hash of the text's words.</param>
/// <param name="Sentence">Which of its sentences.</param>
/// <param name="Of">How many words the text has in sentences that are long enough to tell.</param>
public sealed record DiscardedPart(string Text, int Sentence, int Of);

/// <summary>How earlier versions kept a text: how many words it has, and what its words come to after each few of them, in <see cref="SaidWords"/>' hashes.</summary>
public sealed record DiscardedMark(int Words, ImmutableArray<string> Prefixes);

/// <summary>Texts that a teacher called bad. Only hashes of them are kept.</summary>
public interface IDiscarded
{
    /// <summary>Whether any was: where none is known nothing need be compared.</summary>
    Task<bool> AnyAsync(CancellationToken cancellationToken);

    /// <summary>Whether the whole text is one, in the hashes of any version.</summary>
    Task<bool> IsDiscardedAsync(string text, CancellationToken cancellationToken);

    /// <summary>The sentence that has this key (<see cref="SaidWords.KeysOf"/>). Null: none has.</summary>
    Task<DiscardedPart?> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>Those of earlier versions that begin so, by the hash of their first words.</summary>
    Task<ImmutableArray<DiscardedMark>> BeginningAsync(string hash, CancellationToken cancellationToken);
}

/// <summary>Where nothing is kept nothing is discarded.</summary>
public sealed class NothingDiscarded : IDiscarded
{
    public Task<bool> AnyAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<bool> IsDiscardedAsync(string text, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<DiscardedPart?> FindAsync(string key, CancellationToken cancellationToken) => Task.FromResult<DiscardedPart?>(null);

    public Task<ImmutableArray<DiscardedMark>> BeginningAsync(string hash, CancellationToken cancellationToken) => Task.FromResult<ImmutableArray<DiscardedMark>>([]);
}
