using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;

namespace Classroom.Silo.Sockets;

/// <summary>
/// What a browser sends, read straight from its WebSocket. Holds a buffer only while something unread is in it, so that thousands of
/// listening screens hold none.
/// </summary>
internal sealed class SocketReader(WebSocket socket, Action end) : PipeReader
{
    private const int Piece = 4096;
    private const byte RecordSeparator = 0x1e;
    private byte[]? _buffer;
    private int _start;
    private int _end;
    private int _examined;
    private bool _completed;
    private int _receiving;
    private volatile bool _canceled;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        _canceled || _completed || _examined < _end ? new(Result()) : ReceiveAsync(cancellationToken);

    public override bool TryRead(out ReadResult result)
    {
        result = Result();
        return _canceled || _completed || _examined < _end;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        (_start, _examined) = (_buffer is null ? 0 : consumed.GetInteger(), _buffer is null ? 0 : examined.GetInteger());
        PassOver();
        if (_start == _end && _buffer is { } done)
        {
            _buffer = null;
            (_start, _end, _examined) = (0, 0, 0);
            ArrayPool<byte>.Shared.Return(done);
        }
    }

    /// <summary>
    /// The hub wants no more of this browser. The next read ends at once; one under way ends with its connection: a phone that went
    /// silent would otherwise be waited for as long as its network pretends that it is there.
    /// </summary>
    public override void CancelPendingRead()
    {
        _canceled = true;
        if (Interlocked.CompareExchange(ref _receiving, 0, 0) == 1)
        {
            end();
        }
    }

    public override void Complete(Exception? exception = null)
    {
        _completed = true;
        if (Interlocked.Exchange(ref _buffer, null) is { } left)
        {
            ArrayPool<byte>.Shared.Return(left);
        }
    }

    // SignalR takes a message of a type it does not know for the beginning of one that is still coming: it would wait for ever, with
    // everything that follows unread. Such a message is passed over.
    private void PassOver()
    {
        if (_buffer is not null && _start < _end && _examined == _end && _buffer.AsSpan(_start.._end).IndexOf(RecordSeparator) is var end and >= 0)
        {
            _start += end + 1;
            _examined = _start;
        }
    }

    private ReadResult Result() => new(
        _buffer is null ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(_buffer, _start, _end - _start), _canceled, _completed);

    private async ValueTask<ReadResult> ReceiveAsync(CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref _receiving, 1);
        try
        {
            // Who cancels looks the other way round, so one of the two sees the other.
            if (_canceled)
            {
                return Result();
            }

            if (_buffer is null)
            {
                // An empty read waits for bytes without holding a buffer for them.
                await socket.ReceiveAsync(Memory<byte>.Empty, cancellationToken);
            }

            MakeRoom();
            var received = await socket.ReceiveAsync(_buffer.AsMemory(_end), cancellationToken);
            _completed = received.MessageType == WebSocketMessageType.Close;
            _end += _completed ? 0 : received.Count;
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // A browser that is gone has said all it will.
            _completed = true;
        }
        finally
        {
            Volatile.Write(ref _receiving, 0);
        }

        return Result();
    }

    private void MakeRoom()
    {
        if (_buffer is null)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(Piece);
            (_start, _end, _examined) = (0, 0, 0);
            return;
        }

        if (_end < _buffer.Length)
        {
            return;
        }

        // The hub protocol refuses what is longer than its limit, so this stays small.
        var length = _end - _start;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Piece, length * 2));
        _buffer.AsSpan(_start, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _examined, _start, _end) = (larger, _examined - _start, 0, length);
    }
}
