using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Classroom.Silo.Realtime;

/// <summary>
/// One connected browser and its outbound queue. Sending never waits: a message is written at once when the connection takes it, else it
/// queues, and what queued is written together. One that falls 256 KiB behind loses its queue and gets a fresh snapshot instead.
/// Invariant: one writer per connection, so messages leave in the order they were queued.
/// </summary>
public sealed class ClientConnection(HubConnectionContext connection, Func<ClientConnection, Task> catchUp, ILogger logger)
{
    public const int MaxQueuedBytes = 256 * 1024;
    private const int MaxWrite = 32 * 1024;
    private readonly Lock _lock = new();
    private Queue<OutboundMessage>? _queue;
    private List<OutboundMessage>? _held;
    private ConcurrentDictionary<Guid, string>? _reading;
    private int _bytes;
    private bool _holding;
    private bool _writing;
    private bool _behind;

    public string ConnectionId => connection.ConnectionId;

    public Audience Audience { get; set; }

    public Actor? By { get; set; }

    public Guid DeviceId { get; set; }

    /// <summary>The classroom it has entered, or null.</summary>
    public ClassroomAudience? Classroom { get; set; }

    /// <summary>Its browser has gone. Whoever is still bringing it in takes it out again.</summary>
    public bool IsGone { get; private set; }

    /// <summary>The variant it reads unless it asked for another.</summary>
    public string Variant { get; set; } = "";

    public void Disconnected()
    {
        IsGone = true;
        // Between this and looking where it is: whoever brings it in does the same the other way round, so one of the two sees the other.
        Interlocked.MemoryBarrier();
    }

    /// <summary>From now on it reads a variant it asked for.</summary>
    public void Read(Guid explanationId, string variant) =>
        LazyInitializer.EnsureInitialized(ref _reading, static () => new ConcurrentDictionary<Guid, string>(1, 1))[explanationId] = variant;

    public bool Reads(TextChunk chunk)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        return _reading is { } all && all.TryGetValue(chunk.ExplanationId, out var asked) ? asked == chunk.Variant
            : Audience.Kind == AudienceKind.Student ? Variant == chunk.Variant : chunk.OnBoard;
    }

    public void Send(OutboundMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        lock (_lock)
        {
            if (_holding)
            {
                (_held ??= []).Add(message);
                return;
            }

            Enqueue(message);
        }
    }

    /// <summary>From now on messages wait, until it is known what the connection starts from.</summary>
    public void Hold()
    {
        lock (_lock)
        {
            _holding = true;
        }
    }

    /// <summary>Sends the start, then what arrived meanwhile and is not in it; together when it is little.</summary>
    /// <param name="seq">The version that the start stands for.</param>
    public void Release(IEnumerable<OutboundMessage> start, long seq = 0)
    {
        lock (_lock)
        {
            _holding = false;
            OutboundMessage[] messages = [.. start, .. (_held ?? []).Where(m => m.Seq > seq)];
            _held = null;
            if (messages.Length > 1 && !_behind && messages.Sum(m => m.Bytes) <= MaxWrite)
            {
                Enqueue(OutboundMessage.Joined(messages));
                return;
            }

            Array.ForEach(messages, Enqueue);
        }
    }

    /// <summary>What was held is not for this connection after all.</summary>
    public void Discard()
    {
        lock (_lock)
        {
            _holding = false;
            _held = null;
        }
    }

    public void Abort() => connection.Abort();

    /// <summary>Tells the browser that it may come back, to whoever answers then.</summary>
    public ValueTask SayGoodbyeAsync(CancellationToken cancellationToken) =>
        connection.WriteAsync(new CloseMessage(null, allowReconnect: true), cancellationToken);

    private void Enqueue(OutboundMessage message)
    {
        if (_behind)
        {
            return;
        }

        if (!_writing)
        {
            var writing = connection.WriteAsync(message.Serialized, CancellationToken.None);
            if (writing.IsCompletedSuccessfully)
            {
                return;
            }

            _writing = true;
            _ = WriteAsync(writing);
            return;
        }

        // A single message may be larger than the ceiling (a first snapshot); only what piles up behind one counts.
        _queue ??= new();
        if (_queue.Count > 0 && _bytes + message.Bytes > MaxQueuedBytes)
        {
            _queue.Clear();
            (_bytes, _behind) = (0, true);
            return;
        }

        _queue.Enqueue(message);
        _bytes += message.Bytes;
    }

    private async Task WriteAsync(ValueTask first)
    {
        bool fellBehind;
        try
        {
            await first;
            while (TakeNext(out fellBehind) is { } next)
            {
                await connection.WriteAsync(next.Serialized, connection.ConnectionAborted);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException or TimeoutException)
        {
            logger.LogDebug(e, "Connection {Connection} is gone", ConnectionId);
            connection.Abort();
            return;
        }

        if (fellBehind)
        {
            await catchUp(this);
        }
    }

    /// <returns>Null when nothing is left: the writer ends, with a fresh start when the connection fell behind.</returns>
    private OutboundMessage? TakeNext(out bool fellBehind)
    {
        fellBehind = false;
        lock (_lock)
        {
            if (_queue is not { Count: > 0 } queue)
            {
                fellBehind = _behind;
                (_writing, _queue, _behind, _holding) = (false, null, false, _holding || fellBehind);
                return null;
            }

            var next = queue.Dequeue();
            _bytes -= next.Bytes;
            if (!queue.TryPeek(out var second) || next.Bytes + second.Bytes > MaxWrite)
            {
                return next;
            }

            List<OutboundMessage> together = [next];
            for (var size = next.Bytes; queue.TryPeek(out var more) && size + more.Bytes <= MaxWrite; size += more.Bytes)
            {
                together.Add(queue.Dequeue());
                _bytes -= more.Bytes;
            }

            return OutboundMessage.Joined(together);
        }
    }
}
