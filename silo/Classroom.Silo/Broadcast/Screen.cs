using System.Collections.Concurrent;
using System.Buffers;
using Classroom.Silo.Sockets;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Classroom.Silo.Broadcast;

/// <summary>
/// One connected browser and its outbound queue. Sending never waits: a message is written at once when the connection takes it, else it
/// queues, and what queued is written together. A screen that falls 256 KiB behind loses its queue and gets a fresh snapshot instead.
/// Invariant: one writer per connection, so messages leave in the order they were queued.
/// </summary>
public sealed class Screen(HubConnectionContext connection, Func<Screen, Task> catchUp, ILogger logger)
{
    public const int MaxQueuedBytes = 256 * 1024;
    private const int MaxWrite = 32 * 1024;
    private readonly Lock _lock = new();
    private readonly SocketConnection? _socket = connection.Features.Get<SocketConnection>();
    private Queue<Message>? _queue;
    private List<Message>? _held;
    private ConcurrentDictionary<Guid, string>? _asked;
    private int _bytes;
    private bool _holding;
    private bool _writing;
    private bool _behind;

    public string ConnectionId => connection.ConnectionId;

    public Audience Audience { get; set; }

    public Actor? By { get; set; }

    public Guid DeviceId { get; set; }

    public Room? Room { get; set; }

    /// <summary>Its browser has gone. What was still bringing it in takes it out again.</summary>
    public bool IsGone { get; private set; }

    public void Go()
    {
        IsGone = true;
        // Between this and looking where it is: whoever brings it in does the same the other way round, so one of the two sees the other.
        Interlocked.MemoryBarrier();
    }

    /// <summary>The variant this screen reads unless it asked for another.</summary>
    public string Variant { get; set; } = "";

    /// <summary>From now on this screen reads a variant it asked for.</summary>
    public void Ask(Guid explanationId, string variant) =>
        LazyInitializer.EnsureInitialized(ref _asked, () => new ConcurrentDictionary<Guid, string>(1, 1))[explanationId] = variant;

    public bool Reads(TextFrame text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _asked is { } all && all.TryGetValue(text.ExplanationId, out var asked) ? asked == text.Variant
            : Audience.Kind == AudienceKind.Student ? Variant == text.Variant : text.OnBoard;
    }

    public void Send(Message message)
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

    /// <summary>From now on messages wait, until what the screen starts from is known.</summary>
    public void Hold()
    {
        lock (_lock)
        {
            _holding = true;
        }
    }

    /// <summary>Sends the start, then what arrived meanwhile and is not in it.</summary>
    /// <param name="seq">The version that the start stands for.</param>
    public void Release(IEnumerable<Message> start, long seq = 0)
    {
        lock (_lock)
        {
            _holding = false;
            Message[] messages = [.. start, .. (_held ?? []).Where(m => m.Seq > seq)];
            _held = null;
            if (!TryWrite(messages))
            {
                foreach (var message in messages)
                {
                    Enqueue(message);
                }
            }
        }
    }

    /// <summary>What was held is not for this screen after all.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _holding = false;
            _held = null;
        }
    }

    public void Abort() => connection.Abort();

    /// <summary>Tells a browser that came SignalR's own way that it may come back; its transport, cut by SignalR, would not say so.</summary>
    public async Task SayGoodbyeAsync(CancellationToken cancellationToken)
    {
        if (_socket is null)
        {
            await connection.WriteAsync(new CloseMessage(null, allowReconnect: true), cancellationToken);
        }
    }

    private void Enqueue(Message message)
    {
        if (_behind)
        {
            return;
        }

        if (!_writing && _socket is not null && _socket.TryWrite(message.Frame(connection.Protocol, _socket.Deflates)))
        {
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
        if (!_writing)
        {
            _writing = true;
            _ = Task.Run(WriteAsync);
        }
    }

    // What a screen missed leaves in one write.
    private bool TryWrite(Message[] messages)
    {
        if (messages.Length < 2 || _behind || _writing || _socket is null || messages.Sum(m => m.Bytes) > MaxWrite)
        {
            return false;
        }

        var frames = Array.ConvertAll(messages, m => m.Frame(connection.Protocol, _socket.Deflates));
        var all = new byte[frames.Sum(f => f.Length)];
        CopyTo(frames, all);
        return _socket.TryWrite(all);
    }

    private static int CopyTo(IEnumerable<byte[]> frames, byte[] all)
    {
        var length = 0;
        foreach (var frame in frames)
        {
            frame.CopyTo(all, length);
            length += frame.Length;
        }

        return length;
    }

    private async Task WriteAsync()
    {
        var batch = new List<Message>();
        bool fellBehind;
        try
        {
            while (TakeNext(batch, out fellBehind))
            {
                await WriteAsync(batch);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException or TimeoutException)
        {
            logger.LogDebug(e, "Screen {Connection} is gone", ConnectionId);
            connection.Abort();
            return;
        }

        if (fellBehind)
        {
            await catchUp(this);
        }
    }

    /// <returns>False when nothing is left: the writer ends, with a fresh start when the screen fell behind.</returns>
    private bool TakeNext(List<Message> batch, out bool fellBehind)
    {
        batch.Clear();
        fellBehind = false;
        lock (_lock)
        {
            for (var size = 0; _queue!.TryPeek(out var next) && (batch.Count == 0 || size + next.Bytes <= MaxWrite); size += next.Bytes)
            {
                batch.Add(_queue.Dequeue());
                _bytes -= next.Bytes;
            }

            if (batch.Count > 0)
            {
                return true;
            }

            fellBehind = _behind;
            (_writing, _queue, _behind, _holding) = (false, null, false, _holding || fellBehind);
            return false;
        }
    }

    private async ValueTask WriteAsync(List<Message> batch)
    {
        if (_socket is null)
        {
            foreach (var message in batch)
            {
                await connection.WriteAsync(message.Serialized, connection.ConnectionAborted);
            }

            return;
        }

        var frames = batch.ConvertAll(m => m.Frame(connection.Protocol, _socket.Deflates));
        if (frames.Count == 1)
        {
            await _socket.WriteAsync(frames[0], connection.ConnectionAborted);
            return;
        }

        var all = ArrayPool<byte>.Shared.Rent(frames.Sum(f => f.Length));
        try
        {
            await _socket.WriteAsync(all.AsMemory(0, CopyTo(frames, all)), connection.ConnectionAborted);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(all);
        }
    }
}
