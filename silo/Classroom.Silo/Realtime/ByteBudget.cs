using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Classroom.Silo.Realtime;

/// <summary>
/// The hub's own limit counts calls; pings and what names no method are no calls. Each connection may send as many bytes as its person may make calls.
/// </summary>
internal sealed class ByteBudget
{
    private const double AtOnce = CallRate.AtOnce * HubSetup.MaxMessageBytes;
    private const double ASecond = CallRate.ASecond * HubSetup.MaxMessageBytes;
    private const int LeastCounted = 64;
    private double _left = AtOnce;
    private long _at = Stopwatch.GetTimestamp();

    public bool TryTake(long bytes)
    {
        var now = Stopwatch.GetTimestamp();
        _left = Math.Min(AtOnce, _left + (Stopwatch.GetElapsedTime(_at, now).TotalSeconds * ASecond)) - Math.Max(bytes, LeastCounted);
        _at = now;
        return _left >= 0;
    }
}

/// <summary>The budget on SignalR's own way: what its transport hands over is counted as it is read.</summary>
internal sealed class BudgetedReader(ConnectionContext connection, PipeReader inner) : PipeReader
{
    private readonly ByteBudget _budget = new();
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
        if (_read.Length > _counted && !_budget.TryTake(_read.Length - _counted))
        {
            connection.Abort();
        }

        return result;
    }
}

internal sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
