using System.Collections.Concurrent;
using System.Diagnostics;

namespace Classroom.Faults.Tests;

/// <summary>One command as its sender knows it. <paramref name="Mark"/> is a text that stands in its fact and in no other.</summary>
/// <param name="Order">Its place among all that was sent, counted when its sender first sent it.</param>
/// <param name="At">When it was first sent, by the monotonic clock.</param>
/// <param name="Seq">What the acknowledgement said; null while there is none.</param>
public sealed record Sent(Guid CommandId, Guid By, string Method, string Mark, long? Seq, int Order = 0, long At = 0);

/// <summary>What was sent and what was acknowledged, kept outside the server, as the people in the room remember it.</summary>
public sealed class Ledger
{
    private readonly ConcurrentDictionary<Guid, Sent> _sent = new();
    private readonly ConcurrentQueue<string> _refusals = new();
    private readonly Lock _lock = new();
    private readonly List<(int Count, TaskCompletionSource Met)> _waits = [];
    private readonly ConcurrentQueue<(long Since, double Seconds)> _waited = new();
    private int _acknowledged;
    private int _order;

    public ICollection<Sent> All => _sent.Values;

    public int Acknowledged => Volatile.Read(ref _acknowledged);

    public IReadOnlyCollection<string> Refusals => [.. _refusals];

    /// <summary>Seconds from when a command was first sent to its acknowledgement, of all that were sent since then.</summary>
    public IEnumerable<double> WaitedSince(long timestamp) => _waited.Where(w => w.Since >= timestamp).Select(w => w.Seconds);

    public void Send(Sent command)
    {
        ArgumentNullException.ThrowIfNull(command);
        _sent[command.CommandId] = command with { Order = Interlocked.Increment(ref _order), At = Stopwatch.GetTimestamp() };
    }

    public void Acknowledge(Guid commandId, long seq)
    {
        var sent = _sent[commandId] = _sent[commandId] with { Seq = seq };
        _waited.Enqueue((sent.At, Stopwatch.GetElapsedTime(sent.At).TotalSeconds));
        var count = Interlocked.Increment(ref _acknowledged);
        lock (_lock)
        {
            foreach (var wait in _waits.Where(w => w.Count <= count).ToList())
            {
                _waits.Remove(wait);
                wait.Met.TrySetResult();
            }
        }
    }

    public void Refuse(string code) => _refusals.Enqueue(code);

    /// <summary>Ends when this many commands have been acknowledged since the beginning.</summary>
    public Task AcknowledgedAsync(int count)
    {
        lock (_lock)
        {
            if (Acknowledged >= count)
            {
                return Task.CompletedTask;
            }

            var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Add((count, met));
            return met.Task;
        }
    }
}
