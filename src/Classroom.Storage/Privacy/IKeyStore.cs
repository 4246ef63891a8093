namespace Classroom.Storage;

/// <summary>What the store knows of a child's key in one lesson.</summary>
/// <param name="Wrapped">Sealed with the master key; null once it is destroyed, or when there never was one.</param>
public sealed record StoredKey(Guid Child, byte[]? Wrapped, DateTimeOffset? DestroyedAt);

/// <summary>That a child is to be forgotten: who wants it, and why, as a code.</summary>
public sealed record Erasure(Guid Lesson, Guid Child, Guid Id, string By, string Reason, DateTimeOffset At);

/// <summary>Of how many facts that somebody was forgotten the store knows, up to and with the time of the last of them.</summary>
public sealed record ForgottenNote(long Count, DateTimeOffset Until)
{
    public static readonly ForgottenNote None = new(0, DateTimeOffset.MinValue);
}

/// <summary>
/// The children's keys, one a seat, kept apart from the facts and their backups. A key that was destroyed stays known as destroyed, so that a store
/// that was lost is never taken for children who were forgotten.
/// Invariant: a call that returned is durable. Invariant: a destroyed key never comes back, whatever is added later.
/// </summary>
public interface IKeyStore
{
    /// <summary>Makes what the store needs, and compares the master key with the one it knows; the first one is remembered.</summary>
    /// <returns>The store's own id, made with it.</returns>
    /// <exception cref="InvalidDataException">It holds keys of another master key, or it is the facts' own database.</exception>
    Task<Guid> PrepareAsync(MasterKey master, CancellationToken cancellationToken);

    /// <summary>All children of a lesson that have a key, or had one.</summary>
    Task<IReadOnlyList<StoredKey>> LoadAsync(Guid lesson, CancellationToken cancellationToken);

    /// <returns>What stands now: this key, or the one that was there before, or that it is destroyed.</returns>
    Task<StoredKey> AddAsync(Guid lesson, Guid child, byte[] wrapped, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Notes that somebody is to be forgotten, before anything of it is done. The first one stands.</summary>
    Task OrderAsync(Erasure erasure, CancellationToken cancellationToken);

    /// <summary>Erasures that are not known to be done, oldest first.</summary>
    Task<IReadOnlyList<Erasure>> OrderedAsync(CancellationToken cancellationToken);

    /// <summary>Destroys the key for good. The erasure is done with it.</summary>
    Task DestroyAsync(Guid lesson, Guid child, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>The same for many at once, of whom a fact says that they were forgotten.</summary>
    /// <returns>Of how many the store did not know it: neither that it is done, nor that it was ordered.</returns>
    Task<int> DestroyAsync(IReadOnlyList<(Guid Lesson, Guid Child)> children, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>What <see cref="NoteForgottenAsync"/> noted last; an older copy of the store knows less.</summary>
    Task<ForgottenNote> ForgottenAsync(CancellationToken cancellationToken);

    Task NoteForgottenAsync(ForgottenNote note, CancellationToken cancellationToken);

    /// <summary>Whether it is still the store that was opened, asked around each append of a lesson; cheap.</summary>
    /// <exception cref="DatabaseDiffersException">It was taken away, or another is in its place.</exception>
    Task RequireAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Stores something that says nothing: whether a key could be stored now.</summary>
    /// <exception cref="System.Data.Common.DbException">It could not.</exception>
    Task ProbeAsync(DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Notes that the clock has told this day.</summary>
    /// <returns>On how many days from <paramref name="since"/> to this one it was noted.</returns>
    Task<int> SeeDayAsync(DateOnly day, DateOnly since, CancellationToken cancellationToken);

    /// <summary>Lessons that have a key which was made before this time and is not destroyed, in the order of their ids.</summary>
    Task<IReadOnlyList<Guid>> LessonsWithKeysOfBeforeAsync(DateTimeOffset time, Guid after, int most, CancellationToken cancellationToken);
}
