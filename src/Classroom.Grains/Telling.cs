using System.Text;
using Classroom.Tutor;
using Microsoft.Extensions.Logging;

namespace Classroom.Grains;

/// <summary>
/// One variant as it is told: collects pieces and passes them on, the first at once, then at most one frame per 75 ms.
/// Runs on its grain's scheduler.
/// </summary>
internal sealed class Telling(ExplanationTask task, Variant variant, VariantStart? start, TimeProvider time, Func<TextFrame, Task> pass)
{
    private static readonly TimeSpan FrameEvery = TimeSpan.FromMilliseconds(75);
    private readonly ExplanationOrder _order = task.Order;
    private readonly StringBuilder _text = new(start?.Text);
    private readonly List<int> _ends = [.. start?.Ends ?? []];
    private int _passed;
    private int _endsPassed;
    private long _lastFrame;
    private bool _flushing;

    public string Variant { get; } = variant.ToString();

    public bool IsDone { get; private set; }

    public TutorCall Call { get; } = new(
        "explain", task.Order.ClassroomId, task.TeacherId, task.Order.StepId, null, task.Names);

    public TextSlice From(int offset)
    {
        var from = Math.Clamp(offset, 0, _passed);
        return new TextSlice(from, _text.ToString(from, _passed - from), [.. _ends.Take(_endsPassed)]);
    }

    /// <summary>Tells to the end, or to the break; returns what the classroom is to be told.</summary>
    public async Task<Command> RunAsync(ITutor tutor, ILogger logger, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        Provenance? provenance = null;
        string? failure = null;
        var spent = 0;
        try
        {
            await foreach (var piece in tutor.Explain(new ExplainRequest(Call, _order, variant, start), stop))
            {
                _text.Append(piece.Text);
                _ends.AddRange(piece.Ends);
                provenance = piece.Provenance ?? provenance;
                await OnPieceAsync();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            failure = "tutor-stopped";
        }
        catch (TutorException e)
        {
            (failure, spent, provenance) = (e.Code, e.Tokens, e.From ?? provenance);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Also what nobody foresaw: an explanation without an end would stand in the way of every later one.
            logger.LogWarning(e, "Explanation {Explanation}: {Variant} broke off", _order.ExplanationId, Variant);
            failure = _text.Length > 0 ? "tutor-cut" : "tutor-unavailable";
        }

        if (_text.Length > 0 && (_ends.Count == 0 || _ends[^1] != _text.Length))
        {
            _ends.Add(_text.Length);
        }

        await FlushAsync();
        IsDone = true;
        var source = provenance ?? new Provenance("", "", "", spent, (long)time.GetElapsedTime(started).TotalMilliseconds, false);
        if (failure is null && _text.Length == 0)
        {
            failure = "tutor-empty";
        }

        return failure is null
            ? new FinishVariant(_order.ExplanationId, Variant, _text.ToString(), [.. _ends], source)
            : new FailVariant(_order.ExplanationId, Variant, failure, _text.ToString(), [.. _ends], source);
    }

    private Task OnPieceAsync()
    {
        if (_flushing)
        {
            return Task.CompletedTask;
        }

        var since = time.GetElapsedTime(_lastFrame);
        if (_lastFrame == 0 || since >= FrameEvery)
        {
            return FlushAsync();
        }

        _flushing = true;
        _ = FlushLaterAsync(FrameEvery - since);
        return Task.CompletedTask;
    }

    private async Task FlushLaterAsync(TimeSpan delay)
    {
        await Task.Delay(delay, time);
        _flushing = false;
        await FlushAsync();
    }

    private Task FlushAsync()
    {
        if (_passed == _text.Length && _endsPassed == _ends.Count)
        {
            return Task.CompletedTask;
        }

        var frame = new TextFrame(
            _order.ClassroomId, _order.ExplanationId, Variant, _passed, _text.ToString(_passed, _text.Length - _passed),
            [.. _ends.Skip(_endsPassed)], variant == _order.BoardVariant);
        (_passed, _endsPassed, _lastFrame) = (_text.Length, _ends.Count, time.GetTimestamp());
        return pass(frame);
    }
}
