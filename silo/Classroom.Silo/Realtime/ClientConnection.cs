using System.Collections.Concurrent;
using Classroom.Silo.Auth;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Classroom.Silo.Realtime;

/// <summary>
/// One connected browser and its outbound queue. Sending never waits: a message is written at once when the connection takes it, else it
/// queues, and what queued is written together. One that falls 256 KiB behind loses its queue and gets a fresh snapshot instead.
/// Invariant: one writer per connection, so messages leave in the order they were queued.
/// </summary>
public sealed class ClientConnection(
    HubConnectionContext connection, Func<ClientConnection, int, Task> catchUp, ILogger logger, TimeProvider? time = null)
{
    public const int MaxQueuedBytes = 256 * 1024;
    private const int MaxWrite = 32 * 1024;
    private const int MaxReading = 64;
    private static readonly TimeSpan LastWordTakes = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private Queue<OutboundMessage>? _queue;
    private List<OutboundMessage>? _held;
    private ConcurrentDictionary<Guid, string>? _reading;
    private int _bytes;
    private int _heldBytes;
    private bool _heldTooMuch;
    private int _holds;
    private bool _holding;
    private bool _writing;
    private bool _behind;
    private bool _isOver;

    public string ConnectionId => connection.ConnectionId;

    public Audience Audience { get; set; }

    public Actor? By { get; set; }

    public Guid DeviceId { get; set; }

    /// <summary>The classroom it has entered, or null.</summary>
    public ClassroomAudience? Classroom { get; set; }

    /// <summary>Syncs of one connection come one at a time: the second starts where the first has brought it.</summary>
    public SemaphoreSlim Entering { get; } = new(1, 1);

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

    /// <summary>From now on it reads a variant it asked for. Ids are the browser's: only so many are kept.</summary>
    public void Read(Guid explanationId, string variant)
    {
        var reading = LazyInitializer.EnsureInitialized(ref _reading, static () => new ConcurrentDictionary<Guid, string>(1, 1));
        if (reading.Count >= MaxReading)
        {
            reading.Clear();
        }

        reading[explanationId] = variant;
    }

    public bool Reads(TextChunk chunk)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        return _reading is { } all && all.TryGetValue(chunk.ExplanationId, out var asked) ? asked == chunk.Variant
            : Audience.Kind == AudienceKind.Student ? Variant == chunk.Variant : Audience.Kind != AudienceKind.Helper && chunk.OnBoard;
    }

    public void Send(OutboundMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            if (_holding)
            {
                Keep(message);
                return;
            }

            Enqueue(message);
        }
    }

    /// <summary>Its right is over: from now on it is sent nothing but why, and is closed, whether or not its browser reads that.</summary>
    public void End(string code)
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            _isOver = true;
            Forget();
            (_queue, _bytes, _behind) = (null, 0, false);
        }

        _ = EndAsync(OutboundMessage.Closed(code));
    }

    /// <summary>
    /// From now on messages wait, until it is known what the connection starts from. Invariant: only the newest hold is released or
    /// discarded; who held before gave way to a later start.
    /// </summary>
    /// <param name="anew">What waits already is of another start, perhaps of another classroom: it is dropped.</param>
    /// <returns>This hold.</returns>
    public int Hold(bool anew = false)
    {
        lock (_lock)
        {
            _holding = true;
            if (anew)
            {
                Forget();
                _reading = null;
            }

            return ++_holds;
        }
    }

    /// <summary>Sends the start, then what arrived meanwhile and is not in it; together when it is little.</summary>
    /// <param name="hold">What <see cref="Hold"/> returned.</param>
    /// <param name="start">What the connection starts from.</param>
    /// <param name="seq">The version that the start stands for.</param>
    /// <returns>False when a later hold stands: nothing was sent.</returns>
    public bool Release(int hold, IEnumerable<OutboundMessage> start, long seq = 0)
    {
        lock (_lock)
        {
            if (hold != _holds || _isOver)
            {
                return false;
            }

            _holding = false;
            OutboundMessage[] messages = [.. start, .. (_held ?? []).Where(m => m.Seq > seq)];
            if (_heldTooMuch)
            {
                // What is missing behind the start comes with another one.
                Forget();
                Array.ForEach(messages, Enqueue);
                _holding = true;
                var next = ++_holds;
                _ = Task.Run(() => catchUp(this, next));
                return true;
            }

            Forget();
            if (messages.Length > 1 && !_behind && messages.Sum(m => m.Bytes) <= MaxWrite)
            {
                Enqueue(OutboundMessage.Joined(messages));
                return true;
            }

            Array.ForEach(messages, Enqueue);
            return true;
        }
    }

    /// <summary>What was held is not for this connection after all.</summary>
    /// <returns>False when a later hold stands: it decides.</returns>
    public bool Discard(int hold)
    {
        lock (_lock)
        {
            if (hold != _holds)
            {
                return false;
            }

            _holding = false;
            Forget();
            return true;
        }
    }

    public void Abort() => connection.Abort();

    /// <summary>Tells the browser that it may come back, to whoever answers then.</summary>
    public ValueTask SayGoodbyeAsync(CancellationToken cancellationToken) =>
        connection.WriteAsync(new CloseMessage(null, allowReconnect: true), cancellationToken);

    private async Task EndAsync(OutboundMessage last)
    {
        try
        {
            await connection.WriteAsync(last.Serialized, CancellationToken.None).AsTask().WaitAsync(LastWordTakes, time ?? TimeProvider.System);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException or TimeoutException)
        {
            logger.LogDebug(e, "Connection {Connection} did not take why it is closed", ConnectionId);
        }

        Abort();
    }

    private void Keep(OutboundMessage message)
    {
        if (_heldBytes + message.Bytes > MaxQueuedBytes)
        {
            Forget();
            _heldTooMuch = true;
        }

        if (!_heldTooMuch)
        {
            (_held ??= []).Add(message);
            _heldBytes += message.Bytes;
        }
    }

    private void Forget() => (_held, _heldBytes, _heldTooMuch) = (null, 0, false);

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
        int? start;
        try
        {
            await first;
            while (TakeNext(out start) is { } next)
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

        if (start is { } hold)
        {
            await catchUp(this, hold);
        }
    }

    /// <param name="start">The hold of a connection that fell behind and needs a fresh start; who holds it already brings one.</param>
    /// <returns>Null when nothing is left: the writer ends.</returns>
    private OutboundMessage? TakeNext(out int? start)
    {
        start = null;
        lock (_lock)
        {
            if (_queue is not { Count: > 0 } queue)
            {
                start = _behind && !_holding ? ++_holds : null;
                (_writing, _queue, _behind, _holding) = (false, null, false, _holding || start is not null);
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
