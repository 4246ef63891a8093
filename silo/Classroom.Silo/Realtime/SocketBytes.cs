using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.Features;

namespace Classroom.Silo.Realtime;

/// <summary>
/// Counts what a WebSocket is made of below its messages. The framework answers pings by itself and drops pongs and what is wrong, so that the hub
/// never sees them: here every byte that arrives, and every pong that is sent for a ping, is of the person's <see cref="ByteBudget"/>.
/// </summary>
internal static class SocketBytes
{
    /// <summary>Before the framework takes WebSockets: whatever accepts this one then gets the counted stream.</summary>
    public static void Count(HttpContext context, Allowances allowances)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade)
        {
            context.Features.Set<IHttpUpgradeFeature>(new Upgrade(context, allowances, upgrade));
        }
        else if (context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect)
        {
            context.Features.Set<IHttpExtendedConnectFeature>(new ExtendedConnect(context, allowances, connect));
        }
    }

    private sealed class Upgrade(HttpContext context, Allowances allowances, IHttpUpgradeFeature inner) : IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => inner.IsUpgradableRequest;

        public async Task<Stream> UpgradeAsync() => new CountedStream(await inner.UpgradeAsync(), allowances.BytesOf(context.User), context);
    }

    // HTTP/2.
    private sealed class ExtendedConnect(HttpContext context, Allowances allowances, IHttpExtendedConnectFeature inner) : IHttpExtendedConnectFeature
    {
        public bool IsExtendedConnect => inner.IsExtendedConnect;

        public string? Protocol => inner.Protocol;

        public async ValueTask<Stream> AcceptAsync() => new CountedStream(await inner.AcceptAsync(), allowances.BytesOf(context.User), context);
    }

    private sealed class CountedStream(Stream inner, ByteBudget budget, HttpContext context) : Stream
    {
        // The last frame of a message, and a pong (RFC 6455, 5.2).
        private const byte Pong = 0x8a;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var reading = inner.ReadAsync(buffer, cancellationToken);
            return reading.IsCompletedSuccessfully ? new ValueTask<int>(Counted(reading.Result)) : CountedAsync(reading);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer is { IsEmpty: false, Span: [Pong, ..] })
            {
                Take(ByteBudget.AMessage);
            }

            return inner.WriteAsync(buffer, cancellationToken);
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }

        // One of these waits for each connection, so it is used again.
        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        private async ValueTask<int> CountedAsync(ValueTask<int> reading) => Counted(await reading);

        private int Counted(int read) => read == 0 || Take(read) ? read : 0;

        private bool Take(int cost)
        {
            var isLeft = budget.TryTake(cost);
            if (!isLeft)
            {
                context.Abort();
            }

            return isLeft;
        }
    }
}
