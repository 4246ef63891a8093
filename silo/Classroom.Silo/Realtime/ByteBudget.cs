using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Classroom.Silo.Realtime;

/// <summary>
/// The hub's own limit counts calls; pings, and calls of what is no method, are no calls. A person may send as many bytes as the calls that are
/// allowed, over all connections; each message counts as at least a sixteenth of the largest, and coming at all as a quarter.
/// </summary>
internal sealed class ByteBudget
{
    private const double AtOnce = CallRate.AtOnce * HubSetup.MaxMessageBytes;
    private const double ASecond = CallRate.ASecond * HubSetup.MaxMessageBytes;

    /// <summary>A connection that is opened or asked for: 240 at once, 80 a second.</summary>
    public const int AConnection = HubSetup.MaxMessageBytes / 4;
    public const int AMessage = HubSetup.MaxMessageBytes / 16;
    public const byte EndOfMessage = 0x1e;
    private const int APiece = 64;
    private readonly Lock _lock = new();
    private double _left = AtOnce;
    private long _at = Stopwatch.GetTimestamp();

    public bool TryTake(ReadOnlySpan<byte> piece) => TryTake(Math.Max(APiece, Math.Max(piece.Length, piece.Count(EndOfMessage) * AMessage)));

    /// <summary>For what has arrived already: it is taken, and false is the end of who sent it.</summary>
    public bool TryTake(int cost)
    {
        lock (_lock)
        {
            // Debt is forgotten but for a second of it: the child's other tab comes back soon.
            _left = Math.Max(-ASecond, Now() - cost);
            return _left >= 0;
        }
    }

    /// <summary>For what can be refused: nothing is taken then.</summary>
    public bool TryBegin(int cost)
    {
        lock (_lock)
        {
            _left = Now();
            if (_left < cost)
            {
                return false;
            }

            _left -= cost;
            return true;
        }
    }

    private double Now()
    {
        var now = Stopwatch.GetTimestamp();
        var left = Math.Min(AtOnce, _left + (Stopwatch.GetElapsedTime(_at, now).TotalSeconds * ASecond));
        _at = now;
        return left;
    }
}

/// <summary>
/// A message that has begun ends in time. One that never does would be kept for as long as its connection, and SignalR takes that for silent only if
/// it ever pinged.
/// </summary>
internal sealed class HalfMessage
{
    private long _since;

    public void Read(ReadOnlySpan<byte> piece) => Volatile.Write(
        ref _since, piece[^1] == ByteBudget.EndOfMessage ? 0 : _since == 0 || piece.Contains(ByteBudget.EndOfMessage) ? Stopwatch.GetTimestamp() : _since);

    public bool IsOlderThan(TimeSpan patience) => Volatile.Read(ref _since) is var since and > 0 && Stopwatch.GetElapsedTime(since) > patience;
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
            foreach (var piece in _read.Slice(_counted))
            {
                if (piece.IsEmpty)
                {
                    continue;
                }

                line.Read(piece.Span);
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
