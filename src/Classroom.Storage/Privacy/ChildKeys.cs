using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Memory;

namespace Classroom.Storage;

/// <summary>
/// The children's keys as this process uses them: unwrapped, kept in memory while a lesson goes on. One look at the store when a lesson is loaded, one
/// write when a child first has something to keep; appends ask for no key, and only whether the store is still the same.
/// Invariant: a key that was destroyed elsewhere opens nothing here <see cref="ReadsAgainAfter"/> later.
/// </summary>
/// <param name="photos">What goes with a child's key; null where there is none.</param>
public sealed class ChildKeys(IKeyStore store, MasterKey master, TimeProvider time, SealedPhotos? photos = null) : IDisposable
{
    /// <summary>Who reads a lesson's facts looks at the store again after this time.</summary>
    public static readonly TimeSpan ReadsAgainAfter = TimeSpan.FromSeconds(10);

    private const string Purpose = "child key";
    private const int MostLessons = 20_000;
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    private readonly Lock _gate = new();
    private readonly MemoryCache _rings = new(new MemoryCacheOptions { SizeLimit = MostLessons });

    /// <summary>A lesson's keys, not older than <see cref="ReadsAgainAfter"/>.</summary>
    internal async Task<Ring> ReadAsync(Guid lesson, CancellationToken cancellationToken) =>
        _rings.TryGetValue(lesson, out Ring? ring) && time.GetElapsedTime(ring!.LoadedAt) < ReadsAgainAfter ? ring : await LoadAsync(lesson, cancellationToken);

    /// <summary>The key of a child, made when there is none.</summary>
    /// <exception cref="StorageUnavailableException">It is destroyed, or the store does not answer.</exception>
    internal async Task<byte[]> KeyAsync(Guid lesson, Guid child, CancellationToken cancellationToken)
    {
        var ring = _rings.TryGetValue(lesson, out Ring? known) ? known! : await LoadAsync(lesson, cancellationToken);
        if (!ring.Keys.TryGetValue(child, out var key))
        {
            var made = master.Close(Purpose, RandomNumberGenerator.GetBytes(Seal.KeySize), PlaceOf(lesson, child));
            key = Unwrap(lesson, await AskAsync(() => store.AddAsync(lesson, child, made, time.GetUtcNow(), cancellationToken)));
            lock (_gate)
            {
                // The ring may have been read anew meanwhile: a snapshot is sealed with the one that is there.
                ring.Keys[child] = key;
                if (_rings.TryGetValue(lesson, out Ring? now))
                {
                    now!.Keys[child] = key;
                }
            }
        }

        return key ?? throw new StorageUnavailableException("The child was forgotten: nothing more is kept of it.");
    }

    /// <summary>Notes that a child is to be forgotten: whatever happens from now on, somebody carries it out.</summary>
    public Task OrderAsync(Erasure erasure, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        await store.OrderAsync(erasure, cancellationToken);
        return true;
    });

    /// <summary>Whether the store is still the one that was opened.</summary>
    /// <exception cref="StorageUnavailableException">It is not: what is sealed now may open nevermore.</exception>
    public Task RequireAsync(CancellationToken cancellationToken) => AwaitAsync(async () =>
    {
        // Twice an append, and nearly always answered at once: a store that has to wait for it does so elsewhere.
        await store.RequireAsync(cancellationToken);
        return true;
    });

    /// <summary>Whether a key could be stored now.</summary>
    /// <exception cref="StorageUnavailableException">It could not.</exception>
    public Task ProbeAsync(CancellationToken cancellationToken) => AskAsync(async () =>
    {
        await store.ProbeAsync(time.GetUtcNow(), cancellationToken);
        return true;
    });

    /// <summary>Children of a lesson who have a key.</summary>
    public async Task<IReadOnlyList<Guid>> KeptAsync(Guid lesson, CancellationToken cancellationToken) =>
        [.. (await ReadAsync(lesson, cancellationToken)).Keys.Where(k => k.Value is not null).Select(k => k.Key)];

    public async Task DestroyAsync(Guid lesson, Guid child, CancellationToken cancellationToken)
    {
        await AskAsync(async () =>
        {
            await (photos?.EraseAsync(lesson, child, cancellationToken) ?? Task.CompletedTask);
            await store.DestroyAsync(lesson, child, time.GetUtcNow(), cancellationToken);
            // What was added between the two opens for nobody; it goes all the same.
            await (photos?.EraseAsync(lesson, child, cancellationToken) ?? Task.CompletedTask);
            return true;
        });
        if (_rings.TryGetValue(lesson, out Ring? ring))
        {
            ring!.Keys[child] = null;
        }
    }

    public void Dispose() => _rings.Dispose();

    /// <summary>What is in the store just now.</summary>
    internal async Task<Ring> LoadAsync(Guid lesson, CancellationToken cancellationToken)
    {
        var ring = new Ring(time.GetTimestamp());
        foreach (var stored in await AskAsync(() => store.LoadAsync(lesson, cancellationToken)))
        {
            ring.Keys[stored.Child] = Unwrap(lesson, stored);
        }

        lock (_gate)
        {
            // What was added while the store was asked: it may not be in the answer.
            foreach (var (child, key) in _rings.TryGetValue(lesson, out Ring? before) ? before!.Keys : [])
            {
                ring.Keys.TryAdd(child, key);
            }

            return _rings.Set(lesson, ring, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = Idle });
        }
    }

    private byte[]? Unwrap(Guid lesson, StoredKey stored) => stored.Wrapped is null ? null
        : master.Open(Purpose, stored.Wrapped, PlaceOf(lesson, stored.Child))
            ?? throw new StorageUnavailableException("A key in the key store is damaged, or sealed with another master key.");

    // SQLite's driver waits on the thread that asks it: never on a grain's, whose lesson could then not even say that it is not saved.
    private static Task<T> AskAsync<T>(Func<Task<T>> ask) => AwaitAsync(() => Task.Run(ask));

    private static async Task<T> AwaitAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (DatabaseDiffersException e)
        {
            throw new StorageUnavailableException(e.Message, e) { IsOfKeys = true };
        }
        catch (Exception e) when (e is System.Data.Common.DbException or IOException or TimeoutException or System.Net.Sockets.SocketException)
        {
            throw new StorageUnavailableException("The key store does not answer: " + e.Message, e) { IsOfKeys = true };
        }
    }

    private static string PlaceOf(Guid lesson, Guid child) => $"{lesson}/{child}";

    /// <summary>Null: destroyed.</summary>
    internal sealed class Ring(long loadedAt)
    {
        public long LoadedAt { get; } = loadedAt;

        public ConcurrentDictionary<Guid, byte[]?> Keys { get; } = new();
    }
}
