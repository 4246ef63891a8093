namespace Classroom.Grains;

/// <summary>
/// An explanation of a kit that one class is being given, for the others that ask for the same meanwhile. Key: as the answers' cache has it. In
/// memory: when it is lost, the next who asks gives the answer.
/// </summary>
[Alias("sharedAnswer"), Version(1)]
public interface ISharedAnswerGrain : IGrainWithStringKey
{
    /// <summary>True: nobody gives it, and the caller does from now on.</summary>
    [Alias("lead")]
    Task<bool> Lead(Guid caller);

    /// <summary>Some more of it, by who leads.</summary>
    [Alias("add")]
    Task Add(Guid caller, SharedPiece piece);

    /// <summary>It is whole, with where it came from; or it broke off, with null.</summary>
    [Alias("end")]
    Task End(Guid caller, Provenance? source);

    /// <summary>What came after so many pieces; waits a moment when there is nothing yet.</summary>
    [Alias("read")]
    Task<SharedSlice> Read(int after);
}

/// <param name="Ends">Sentence ends, as offsets (UTF-16) into the whole text.</param>
[GenerateSerializer, Immutable]
public sealed record SharedPiece([property: Id(0)] string Text, [property: Id(1)] ImmutableArray<int> Ends);

/// <param name="Source">Where it came from, when it is whole.</param>
/// <param name="IsOver">Nothing comes any more; without a source it broke off.</param>
[GenerateSerializer, Immutable]
public sealed record SharedSlice([property: Id(0)] ImmutableArray<SharedPiece> Pieces, [property: Id(1)] Provenance? Source, [property: Id(2)] bool IsOver);
