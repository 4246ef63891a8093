using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace Engine.Specification;

/// <summary>
/// How a test and a grain meet without sleeping: the grain writes to a journal and waits at gates, the test reads and opens.
/// Every wait is bounded, so that a broken rule fails instead of hanging; no assertion depends on how long anything took.
/// </summary>
public sealed class Probe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<Guid, Channel<string>> _journals = new();
    private readonly ConcurrentDictionary<(Guid Key, string Name), TaskCompletionSource> _gates = new();
    private readonly ConcurrentDictionary<Guid, object> _kept = new();

    public void Write(Guid key, string entry) => Journal(key).Writer.TryWrite(entry);

    public async Task<string> ReadAsync(Guid key) => await Journal(key).Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public async Task<string[]> ReadAsync(Guid key, int count)
    {
        var entries = new string[count];
        for (var index = 0; index < count; index++)
        {
            entries[index] = await ReadAsync(key);
        }

        return entries;
    }

    public bool IsSilent(Guid key) => Journal(key).Reader.Count == 0;

    public Task GateAsync(Guid key, string name) => Gate(key, name).Task.WaitAsync(Patience);

    public void Open(Guid key, string name) => Gate(key, name).TrySetResult();

    public void Keep(Guid key, object thing) => _kept[key] = thing;

    public T Kept<T>(Guid key) => (T)_kept[key];

    public bool Has(Guid key) => _kept.ContainsKey(key);

    private Channel<string> Journal(Guid key) => _journals.GetOrAdd(key, static _ => Channel.CreateUnbounded<string>());

    private TaskCompletionSource Gate(Guid key, string name) =>
        _gates.GetOrAdd((key, name), static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}

public static class ProbeOfEngine
{
    extension(RunningEngine engine)
    {
        public Probe Probe => engine.Services.GetRequiredService<Probe>();
    }
}

public static class Bounded
{
    public static Task Soon(this Task task) => task.WaitAsync(TimeSpan.FromSeconds(60));

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(TimeSpan.FromSeconds(60));
}
