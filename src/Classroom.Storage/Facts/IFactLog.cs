namespace Classroom.Storage;

/// <summary>A fact on its way into the log. <paramref name="Actor"/> and <paramref name="Body"/> are JSON.</summary>
/// <param name="Child">Whose words it holds, or whom it is about: what is personal in it is sealed with that child's key.</param>
public sealed record NewFact(string Name, string Actor, DateTimeOffset At, string Body, Guid? Child = null);

/// <summary>A fact in the log. <paramref name="Version"/> counts from 1 within its stream, without holes.</summary>
/// <param name="Unreadable">The child whose key is destroyed: what was personal in it is gone.</param>
public sealed record StoredFact(long Version, Guid CommandId, string Name, string Actor, DateTimeOffset At, string Body, Guid? Unreadable = null);

/// <summary>A state after <paramref name="Version"/>, in a named format; a reader that does not know the format replays instead.</summary>
/// <param name="Gone">Read: children whose keys are destroyed by now. A state that still knows one of them is of before, and is not to be used.</param>
public sealed record StoredSnapshot(long Version, string Format, byte[] Body, IReadOnlyList<Guid>? Gone = null);

public enum AppendStatus
{
    /// <summary>Durable.</summary>
    Appended,

    /// <summary>This command was stored before; nothing was added.</summary>
    Repeated,

    /// <summary>Somebody else has written to the stream since the expected version; nothing was added.</summary>
    Conflict,
}

/// <param name="Version">The version after the command's own facts; for a conflict the stream's actual version.</param>
public readonly record struct AppendResult(AppendStatus Status, long Version);

/// <summary>
/// The log of everything that happened: one stream per grain. It is also the fence against two writers: (stream, version) is unique.
/// Invariant: a call that returned <see cref="AppendStatus.Appended"/> survives the loss of the process and of power.
/// </summary>
public interface IFactLog
{
    /// <summary>Appends that were asked for and are not settled, for a process that is about to stop.</summary>
    int Waiting => 0;

    /// <exception cref="StorageUnavailableException">The database did not take it; it may be tried again with the same command id.</exception>
    Task<AppendResult> AppendAsync(
        string stream, long expectedVersion, Guid commandId, IReadOnlyList<NewFact> facts, CancellationToken cancellationToken);

    /// <summary>Facts with a version above <paramref name="after"/>, in order.</summary>
    IAsyncEnumerable<StoredFact> ReadAsync(string stream, long after, CancellationToken cancellationToken);

    Task SaveSnapshotAsync(string stream, StoredSnapshot snapshot, CancellationToken cancellationToken);

    Task<StoredSnapshot?> LoadSnapshotAsync(string stream, CancellationToken cancellationToken);
}

/// <summary>The database is away, full or read-only. Nothing was acknowledged.</summary>
public sealed class StorageUnavailableException : Exception
{
    public StorageUnavailableException() { }

    public StorageUnavailableException(string message) : base(message) { }

    public StorageUnavailableException(string message, Exception inner) : base(message, inner) { }

    /// <summary>It is the key store that is away: what needs no new key may still be stored.</summary>
    public bool IsOfKeys { get; init; }
}
