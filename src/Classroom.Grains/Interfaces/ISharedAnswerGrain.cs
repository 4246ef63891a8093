namespace Classroom.Grains;

/// <summary>
/// An explanation of a kit that one class is being given, for the others that ask for the same meanwhile. Key: as the answers' cache has it. In
/// memory: when it is lost, those who ask bring what they have.
/// </summary>
[Alias("sharedAnswer"), Version(2)]
public interface ISharedAnswerGrain : IGrainWithStringKey
{
    /// <summary>
    /// Who gives it from now on. Nobody gives it, or who did is gone: one of those who come, and what was given stays. An answer of which some
    /// was given already and of which nothing is known here is gone on with by who has most of it; so a caller that has some waits a moment.
    /// </summary>
    /// <param name="holder">The caller's silo.</param>
    /// <param name="have">What the caller was given, or gave, before.</param>
    /// <param name="gives">It gives the answer, and found it unknown here.</param>
    [Alias("lead")]
    Task<SharedLead> Lead(Guid caller, string holder, ImmutableArray<SharedPiece> have, bool gives);

    /// <summary>Some more of it, by who leads. False: the caller does not lead, as far as is known here.</summary>
    [Alias("add")]
    Task<bool> Add(Guid caller, SharedPiece piece);

    /// <summary>It is whole, with where it came from; or it failed, with null.</summary>
    [Alias("end")]
    Task End(Guid caller, Provenance? source);

    /// <summary>Who leads was stopped and says nothing more: another may go on.</summary>
    [Alias("leave")]
    Task Leave(Guid caller);

    /// <summary>What came after so many pieces; waits a moment when there is nothing yet.</summary>
    [Alias("read")]
    Task<SharedSlice> Read(int after);
}

/// <param name="Ends">Sentence ends, as offsets (UTF-16) into the whole text.</param>
[GenerateSerializer, Immutable]
public sealed record SharedPiece([property: Id(0)] string Text, [property: Id(1)] ImmutableArray<int> Ends);

/// <param name="IsMine">The caller gives the rest.</param>
/// <param name="Pieces">What was given so far; the caller's own come first in it.</param>
[GenerateSerializer, Immutable]
public sealed record SharedLead([property: Id(0)] bool IsMine, [property: Id(1)] ImmutableArray<SharedPiece> Pieces);

[GenerateSerializer]
public enum SharedState
{
    /// <summary>Somebody gives it.</summary>
    Given,

    /// <summary>Nothing is missing.</summary>
    Whole,

    /// <summary>The tutor failed: who asks again fails too.</summary>
    Failed,

    /// <summary>Who gave it is gone; another may go on.</summary>
    Left,
}

/// <param name="Source">Where it came from, when it is whole.</param>
[GenerateSerializer, Immutable]
public sealed record SharedSlice(
    [property: Id(0)] ImmutableArray<SharedPiece> Pieces, [property: Id(1)] Provenance? Source, [property: Id(2)] SharedState State);
