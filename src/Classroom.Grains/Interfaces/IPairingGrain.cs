namespace Classroom.Grains;

/// <summary>A board that shows a code and waits for a teacher to type it, for ten minutes. Key: a hash of the code (<see cref="HashedKey.Of"/>). In memory: one that is lost is begun again.</summary>
[Alias("pairing"), Version(3)]
public interface IPairingGrain : IGrainWithStringKey
{
    /// <summary>False when another board shows this code.</summary>
    [Alias("begin")]
    Task<bool> Begin(string secret);

    /// <summary>A board shows this code and nobody has typed it.</summary>
    [Alias("waits")]
    Task<bool> Waits();

    /// <summary>False when nobody waits with this code.</summary>
    [Alias("approve")]
    Task<bool> Approve(Guid classroomId, Guid boardId, bool away);

    /// <summary>What the board asks again and again. The classroom is given once; the pairing is then over.</summary>
    [Alias("ask")]
    Task<PairingAnswer> Ask(string secret);
}

/// <param name="Known">The board waits, or has just been paired.</param>
/// <param name="Away">It hangs in a satellite.</param>
[GenerateSerializer, Immutable]
public sealed record PairingAnswer([property: Id(0)] bool Known, [property: Id(1)] Guid? ClassroomId, [property: Id(2)] Guid BoardId, [property: Id(3)] bool Away = false);
