using System.Buffers;
using System.IO.Pipelines;

namespace Classroom.Silo.Sockets;

/// <summary>What the hub protocol says to one browser (answers, pings): each flush leaves as one text frame.</summary>
internal sealed class SocketWriter(SocketConnection connection) : PipeWriter
{
    private const int Piece = 1024;
    private byte[]? _buffer;
    private int _end = WireFrame.MaxHeader;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(Math.Max(1, sizeHint));
        return _buffer.AsMemory(_end);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes) => _end += bytes;

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        _buffer is null ? new(new FlushResult(false, false)) : SendAsync(cancellationToken);

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        source.Span.CopyTo(GetSpan(source.Length));
        Advance(source.Length);
        return FlushAsync(cancellationToken);
    }

    public override void CancelPendingFlush() { }

    public override void Complete(Exception? exception = null)
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } left)
        {
            ArrayPool<byte>.Shared.Return(left);
        }
    }

    private async ValueTask<FlushResult> SendAsync(CancellationToken cancellationToken)
    {
        var (buffer, length) = (_buffer!, _end - WireFrame.MaxHeader);
        (_buffer, _end) = (null, WireFrame.MaxHeader);
        try
        {
            var header = WireFrame.HeaderLength(length);
            WireFrame.WriteHeader(buffer.AsSpan(WireFrame.MaxHeader - header), length);
            await connection.WriteAsync(buffer.AsMemory(WireFrame.MaxHeader - header, header + length), cancellationToken);
            return new FlushResult(false, false);
        }
        catch (Exception e) when (SocketConnection.IsGone(e))
        {
            // It is nobody's fault that a browser has gone; the hub learns it from its own reading.
            connection.Abort();
            return new FlushResult(false, true);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void MakeRoom(int bytes)
    {
        _buffer ??= ArrayPool<byte>.Shared.Rent(Math.Max(Piece, bytes + WireFrame.MaxHeader));
        if (_buffer.Length - _end < bytes)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _end + bytes));
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }
}
