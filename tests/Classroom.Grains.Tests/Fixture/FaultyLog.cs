using System.Collections.Concurrent;

namespace Classroom.Grains.Tests;

/// <summary>What happens to one append instead of, before or after being stored.</summary>
public delegate Task<AppendResult> Fault(Func<Task<AppendResult>> append);

/// <summary>A real log whose next appends to a stream can be made to go wrong. It also counts loads: one per activation.</summary>
public sealed class FaultyLog(IFactLog real, Signal signal) : IFactLog
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Fault>> _faults = new();
    private readonly ConcurrentDictionary<string, int> _loads = new();
    private readonly ConcurrentDictionary<string, int> _appends = new();
    private readonly ConcurrentDictionary<string, long> _readAfter = new();
    private readonly ConcurrentDictionary<string, byte> _unreadable = new();

    /// <summary>The log behind: what another process would write to, and what is durable.</summary>
    public IFactLog Real => real;

    public int Loads(string stream) => _loads.GetValueOrDefault(stream);

    /// <summary>The version after which a stream was last read: more than 0 when a snapshot stood for the rest.</summary>
    public long ReadAfter(string stream) => _readAfter.GetValueOrDefault(stream);

    /// <summary>Appends tried so far, stored or not.</summary>
    public int Appends(string stream) => _appends.GetValueOrDefault(stream);

    public void Next(string stream, params Fault[] faults) =>
        Array.ForEach(faults, _faults.GetOrAdd(stream, static _ => new()).Enqueue);

    public void Unreadable(string stream, bool on)
    {
        if (on)
        {
            _unreadable[stream] = 0;
        }
        else
        {
            _unreadable.TryRemove(stream, out _);
        }
    }

    public async Task<List<StoredFact>> FactsAsync(string stream)
    {
        List<StoredFact> facts = [];
        await foreach (var fact in real.ReadAsync(stream, 0, CancellationToken.None))
        {
            facts.Add(fact);
        }

        return facts;
    }

    public async Task<AppendResult> AppendAsync(
        string stream, long expectedVersion, Guid commandId, IReadOnlyList<NewFact> facts, CancellationToken cancellationToken)
    {
        _appends.AddOrUpdate(stream, 1, static (_, count) => count + 1);
        signal.Pulse();
        try
        {
            return _faults.TryGetValue(stream, out var faults) && faults.TryDequeue(out var fault)
                ? await fault(StoreAsync) : await StoreAsync();
        }
        finally
        {
            signal.Pulse();
        }

        Task<AppendResult> StoreAsync() => real.AppendAsync(stream, expectedVersion, commandId, facts, cancellationToken);
    }

    public IAsyncEnumerable<StoredFact> ReadAsync(string stream, long after, CancellationToken cancellationToken)
    {
        _loads.AddOrUpdate(stream, 1, static (_, count) => count + 1);
        _readAfter[stream] = after;
        signal.Pulse();
        return _unreadable.ContainsKey(stream)
            ? throw new IOException("The database is away.") : real.ReadAsync(stream, after, cancellationToken);
    }

    public Task SaveSnapshotAsync(string stream, StoredSnapshot snapshot, CancellationToken cancellationToken) =>
        real.SaveSnapshotAsync(stream, snapshot, cancellationToken);

    public Task<StoredSnapshot?> LoadSnapshotAsync(string stream, CancellationToken cancellationToken) =>
        real.LoadSnapshotAsync(stream, cancellationToken);
}

public static class Faults
{
    /// <summary>The database is away: nothing is stored.</summary>
    public static readonly Fault Away = static _ => throw new StorageUnavailableException("Away.");

    /// <summary>Stored, but the answer was lost on the way back.</summary>
    public static readonly Fault Unheard = static async append =>
    {
        await append();
        throw new StorageUnavailableException("Unheard.");
    };

    /// <summary>Stored once the gate opens.</summary>
    public static Fault Held(Task gate) => async append =>
    {
        await gate.Soon();
        return await append();
    };
}
