namespace Classroom.Tutor;

/// <summary>A stream over pieces that are made as they are read. Whoever closes it closes what they are made of.</summary>
internal sealed class PulledStream(Func<CancellationToken, IAsyncEnumerable<byte[]>> pieces, Stream source) : Stream
{
    private readonly CancellationTokenSource _closed = new();
    private IAsyncEnumerator<byte[]>? _pieces;
    private ReadOnlyMemory<byte> _left;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _pieces ??= pieces(_closed.Token).GetAsyncEnumerator(CancellationToken.None);
        await using var giveUp = cancellationToken.Register(_closed.Cancel);
        while (_left.IsEmpty)
        {
            if (!await _pieces.MoveNextAsync())
            {
                return 0;
            }

            _left = _pieces.Current;
        }

        var length = Math.Min(buffer.Length, _left.Length);
        _left[..length].CopyTo(buffer);
        _left = _left[length..];
        return length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _closed.Cancel();
            source.Dispose();
            _closed.Dispose();
        }

        base.Dispose(disposing);
    }
}
