using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;

namespace Classroom.Silo.Broadcast;

/// <summary>
/// One connected browser and its outbound queue. Sending never waits: a screen that falls 256 KiB behind loses its queue and gets a
/// fresh snapshot instead. Invariant: one writer per connection, so messages leave in the order they were queued.
/// </summary>
public sealed class Screen(HubConnectionContext connection, Func<Screen, Task> catchUp, ILogger logger)
{
    public const int MaxQueuedBytes = 256 * 1024;
    private readonly Lock _lock = new();
    private readonly Queue<Message> _queue = new();
    private readonly List<Message> _held = [];
    private int _bytes;
    private bool _holding;
    private bool _writing;
    private bool _behind;

    public string ConnectionId => connection.ConnectionId;

    public Audience Audience { get; set; }

    public Actor? By { get; set; }

    public Guid DeviceId { get; set; }

    public Room? Room { get; set; }

    /// <summary>The variant this screen reads unless it asked for another.</summary>
    public string Variant { get; set; } = "";

    /// <summary>Variants asked for, by explanation.</summary>
    public ConcurrentDictionary<Guid, string> Asked { get; } = new();

    public bool Reads(TextFrame text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Asked.TryGetValue(text.ExplanationId, out var asked) ? asked == text.Variant
            : Audience.Kind == AudienceKind.Student ? Variant == text.Variant : text.OnBoard;
    }

    public void Send(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        lock (_lock)
        {
            if (_holding)
            {
                _held.Add(message);
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

    /// <summary>Sends the start, then what arrived meanwhile; the screen drops what the start already holds.</summary>
    public void Release(IEnumerable<Message> start)
    {
        lock (_lock)
        {
            _holding = false;
            foreach (var message in start.Concat(_held))
            {
                Enqueue(message);
            }

            _held.Clear();
        }
    }

    /// <summary>What was held is not for this screen after all.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _holding = false;
            _held.Clear();
        }
    }

    public void Abort() => connection.Abort();

    private void Enqueue(Message message)
    {
        if (_behind)
        {
            return;
        }

        // A single message may be larger than the ceiling (a first snapshot); only what piles up behind one counts.
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

    private async Task WriteAsync()
    {
        try
        {
            while (true)
            {
                Message? next;
                lock (_lock)
                {
                    if (!_queue.TryDequeue(out next))
                    {
                        _writing = false;
                        if (!_behind)
                        {
                            return;
                        }

                        (_behind, _holding) = (false, true);
                    }
                    else
                    {
                        _bytes -= next.Bytes;
                    }
                }

                if (next is null)
                {
                    await catchUp(this);
                    return;
                }

                await connection.WriteAsync(next.Serialized, connection.ConnectionAborted);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException or TimeoutException)
        {
            logger.LogDebug(e, "Screen {Connection} is gone", ConnectionId);
            connection.Abort();
        }
    }
}
