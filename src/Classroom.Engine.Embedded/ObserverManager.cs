using System.Collections;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Utilities;

/// <summary>The observers of one grain, by reference (rule E7).</summary>
public class ObserverManager<TObserver>(TimeSpan expiration, ILogger log) : ObserverManager<IAddressable, TObserver>(expiration, log);

/// <summary>
/// The observers of one grain. One that fails, or did not subscribe again within the expiration, is removed at the next
/// notification. Used by the grain on its own scheduler only; the set may change while a notification is under way.
/// </summary>
public class ObserverManager<TIdentity, TObserver> : IEnumerable<TObserver> where TIdentity : notnull
{
    private readonly ILogger _log;

    // Replaced, never changed, so that a notification under way keeps the set it started with.
    private Dictionary<TIdentity, Entry> _entries = [];

    public ObserverManager(TimeSpan expiration, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(log);
        ExpirationDuration = expiration;
        _log = log;
    }

    /// <summary>The clock of the expiry.</summary>
    public Func<DateTime> GetDateTime { get; set; } = static () => DateTime.UtcNow;

    public TimeSpan ExpirationDuration { get; set; }

    public int Count => _entries.Count;

    public IReadOnlyDictionary<TIdentity, TObserver> Observers =>
        _entries.ToDictionary(static entry => entry.Key, static entry => entry.Value.Observer);

    /// <summary>Adds the observer, or renews and replaces it.</summary>
    public void Subscribe(TIdentity id, TObserver observer) =>
        _entries = new(_entries) { [id] = new(observer, GetDateTime()) };

    public void Unsubscribe(TIdentity id) => Drop([id]);

    public void Clear() => _entries = [];

    public void ClearExpired()
    {
        var now = GetDateTime();
        Drop([.. _entries.Where(entry => IsExpired(entry.Value, now)).Select(static entry => entry.Key)]);
    }

    /// <summary>Notifies one observer after another.</summary>
    public async Task Notify(Func<TObserver, Task> notification, Func<TObserver, bool>? predicate = null)
    {
        ArgumentNullException.ThrowIfNull(notification);
        List<TIdentity> defunct = [];
        var now = GetDateTime();
        foreach (var (id, entry) in _entries)
        {
            if (IsExpired(entry, now))
            {
                defunct.Add(id);
            }
            else if (predicate is null || predicate(entry.Observer))
            {
                try
                {
                    await notification(entry.Observer);
                }
                catch (Exception failure)
                {
                    _log.LogDebug(failure, "Observer {Id} failed and is removed.", id);
                    defunct.Add(id);
                }
            }
        }

        Drop(defunct);
    }

    /// <summary>Starts a notification of each observer. Only a failure to start is noticed.</summary>
    public void Notify(Action<TObserver> notification, Func<TObserver, bool>? predicate = null)
    {
        ArgumentNullException.ThrowIfNull(notification);

        // Nothing in it waits, so it is over when it returns; a throwing predicate still reaches the caller.
        Notify(
            observer =>
            {
                notification(observer);
                return Task.CompletedTask;
            },
            predicate).GetAwaiter().GetResult();
    }

    public IEnumerator<TObserver> GetEnumerator() => _entries.Values.Select(static entry => entry.Observer).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private bool IsExpired(Entry entry, DateTime now) => entry.LastSeen + ExpirationDuration < now;

    private void Drop(List<TIdentity> ids)
    {
        if (ids.Count > 0)
        {
            _entries = _entries.Where(entry => !ids.Contains(entry.Key)).ToDictionary();
        }
    }

    private sealed record Entry(TObserver Observer, DateTime LastSeen);
}
