using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Classroom.Silo.Realtime;

/// <summary>
/// The hub's own limit counts calls; pings, and calls of what is no method, are no calls. A person may send as many bytes as the calls that are
/// allowed, over all connections, and each message counts as at least a sixteenth of the largest.
/// </summary>
internal sealed class ByteBudget
{
    private const double AtOnce = CallRate.AtOnce * HubSetup.MaxMessageBytes;
    private const double ASecond = CallRate.ASecond * HubSetup.MaxMessageBytes;
    private const int AMessage = HubSetup.MaxMessageBytes / 16;
    private const int APiece = 64;
    private const byte EndOfMessage = 0x1e;
    private readonly Lock _lock = new();
    private double _left = AtOnce;
    private long _at = Stopwatch.GetTimestamp();

    public bool TryTake(ReadOnlySpan<byte> piece)
    {
        var cost = Math.Max(APiece, Math.Max(piece.Length, piece.Count(EndOfMessage) * AMessage));
        lock (_lock)
        {
            var now = Stopwatch.GetTimestamp();
            _left = Math.Min(AtOnce, _left + (Stopwatch.GetElapsedTime(_at, now).TotalSeconds * ASecond)) - cost;
            _at = now;
            return _left >= 0;
        }
    }
}

/// <summary>The budget on SignalR's own way: what its transport hands over is counted as it is read.</summary>
internal sealed class BudgetedReader(ConnectionContext connection, ByteBudget budget, Line line, PipeReader inner) : PipeReader
{
    private ReadOnlySequence<byte> _read;
    private long _counted;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => Count(await inner.ReadAsync(cancellationToken));

    public override bool TryRead(out ReadResult result)
    {
        var any = inner.TryRead(out result);
        result = any ? Count(result) : result;
        return any;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        // What is left comes again with the next read.
        _counted = _read.Slice(consumed).Length;
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    private ReadResult Count(ReadResult result)
    {
        _read = result.Buffer;
        if (_read.Length > _counted)
        {
            line.Heard();
            foreach (var piece in _read.Slice(_counted))
            {
                if (!budget.TryTake(piece.Span))
                {
                    connection.Abort();
                }
            }
        }

        return result;
    }
}

internal sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
