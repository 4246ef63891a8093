using System.Text;
using Classroom.Tutor;
using Microsoft.Extensions.Logging;

namespace Classroom.Grains;

/// <summary>
/// Streams one variant: collects the tutor's pieces and passes them on as chunks, the first at once, then one in the time given, at moments of
/// its own: lessons that the bell started together do not all speak in the same millisecond.
/// Runs on its grain's scheduler.
/// </summary>
internal sealed class VariantStreamer(
    ExplanationTask task, VariantStart start, TimeProvider time, TimeSpan chunkEvery, Action<TextChunk> pass)
{
    private ExplanationOrder _order = task.Order;
    private readonly Variant _variant = task.Order.Variants.First(v => v.ToString() == start.Variant);
    private readonly StringBuilder _text = new(start.Text);
    private readonly List<int> _ends = [.. start.SentenceEnds];
    private Provenance? _source;
    private int _passed;
    private int _endsPassed;
    private long _lastChunk;
    private Task _passing = Task.CompletedTask;

    public int Epoch => start.Epoch;

    public TutorCall Call { get; } = new(
        "explain", task.Order.ClassroomId, task.TeacherId, task.Order.StepId, null, task.Names) { Roster = task.Roster.IsDefault ? [] : task.Roster };

    private bool? IsPrepared => (_source ?? start.From)?.IsPrepared ?? (_text.Length > 0 ? false : null);

    private bool HasMore => _passed < _text.Length || _endsPassed < _ends.Count;

    public TextSlice From(int offset)
    {
        var from = Math.Clamp(offset, 0, _passed);
        return new TextSlice(task.Number, start.Epoch, from, _text.ToString(from, _passed - from), [.. _ends.Take(_endsPassed)]) { Prepared = IsPrepared };
    }

    /// <summary>Streams to the end, or to the break; returns the command that reports it to the classroom.</summary>
    public async Task<Command> RunAsync(ITutor tutor, ILogger logger, CancellationToken stop, CancellationToken aiEnds)
    {
        var started = time.GetTimestamp();
        var (failure, spent, again) = (default(string), 0, default(int?));
        for (; ; failure = null)
        {
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(stop);
            // What is prepared goes on.
            using var ending = !_order.AiOn ? default : aiEnds.Register(() => (IsPrepared == true ? null : ends)?.Cancel());
            try
            {
                // The request knows only what is continued; an empty start is none.
                var continued = start.Text.Length > 0 ? start : null;
                await foreach (var piece in tutor.Explain(new ExplainRequest(Call, _order, _variant, continued, start.Discards), ends.Token))
                {
                    _text.Append(piece.Text);
                    _ends.AddRange(piece.Ends);
                    _source = piece.Provenance ?? piece.From ?? _source;
                    OnPiece();
                }
            }
            catch (OperationCanceledException) when (ends.IsCancellationRequested)
            {
                failure = "tutor-stopped";
            }
            catch (TutorException e)
            {
                (failure, spent, _source, again) = (e.Code, spent + (e.From is null ? e.Tokens : 0), e.From ?? _source, (int?)e.RetryAfter?.TotalSeconds);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // Also what nobody foresaw: one without an end would stand in the way of every later one.
                logger.LogWarning(e, "Explanation {Explanation}: {Variant} broke off", _order.ExplanationId, start.Variant);
                failure = _text.Length > 0 ? "tutor-cut" : "tutor-unavailable";
            }

            // AI was switched off: where nobody read a word yet, prepared text stands in.
            failure = failure == "tutor-stopped" && !stop.IsCancellationRequested && ends.IsCancellationRequested ? "no-ai" : failure;
            if (failure != "no-ai" || !_order.AiOn || _text.Length > 0 || _order.TopicId is null)
            {
                break;
            }

            (spent, _source, _order) = (spent + (_source?.Tokens ?? 0), null, _order with { AiOn = false });
        }

        if (_text.Length > 0 && (_ends.Count == 0 || _ends[^1] != _text.Length))
        {
            _ends.Add(_text.Length);
        }

        Flush();
        failure ??= _text.Length == 0 ? "tutor-empty" : null;
        // What was stopped or cut is from whom it was; of what came before this attempt the tokens are counted already.
        var source = _source ?? (start.From is { } before ? before with { Tokens = 0 } : new Provenance("", "", "", 0, 0, false));
        source = source is { IsPrepared: true, Cause: null } && task.Order.AiOn && !_order.AiOn ? source with { Cause = "no-ai" } : source;
        source = source with { Tokens = source.Tokens + spent, Milliseconds = failure is null ? source.Milliseconds : (long)time.GetElapsedTime(started).TotalMilliseconds };
        return failure is null
            ? new FinishVariant(_order.ExplanationId, start.Variant, _text.ToString(), [.. _ends], source, start.Epoch)
            : new FailVariant(_order.ExplanationId, start.Variant, failure, _text.ToString(), [.. _ends], source, start.Epoch, again);
    }

    private void OnPiece()
    {
        if (_passing.IsCompleted)
        {
            _passing = PassAsync();
        }
    }

    // Never awaited by the stream: while the next moment has not come, the pieces collect.
    private async Task PassAsync()
    {
        while (HasMore)
        {
            var since = time.GetElapsedTime(_lastChunk);
            if (_lastChunk != 0 && since < chunkEvery)
            {
                await Task.Delay(UntilItsMoment(), time);
            }

            Flush();
        }
    }

    // In whole milliseconds: a shorter wait would be none.
    private TimeSpan UntilItsMoment()
    {
        var moment = (uint)_order.ExplanationId.GetHashCode() % chunkEvery.Ticks;
        var rest = TimeSpan.FromTicks(chunkEvery.Ticks - ((time.GetElapsedTime(0).Ticks + moment) % chunkEvery.Ticks));
        return TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds));
    }

    private void Flush()
    {
        if (!HasMore)
        {
            return;
        }

        var chunk = new TextChunk(
            _order.ExplanationId, task.Number, start.Variant, start.Epoch, _passed,
            _text.ToString(_passed, _text.Length - _passed), [.. _ends.Skip(_endsPassed)], _variant == _order.BoardVariant, Prepared: _passed == 0 ? IsPrepared : null);
        (_passed, _endsPassed, _lastChunk) = (_text.Length, _ends.Count, time.GetTimestamp());
        pass(chunk);
    }
}
