using System.Text;
using Classroom.Tutor;
using Microsoft.Extensions.Logging;

namespace Classroom.Grains;

/// <summary>
/// One variant as it is told: collects pieces and passes them on, the first at once, then at most one frame in the time given; and never a
/// second one while the first is being passed on, so that what a busy process cannot pass piece by piece it passes together.
/// Runs on its grain's scheduler.
/// </summary>
internal sealed class Telling(
    ExplanationTask task, Variant variant, VariantStart? start, TimeProvider time, TimeSpan frameEvery, Func<TextFrame, Task> pass)
{
    private readonly ExplanationOrder _order = task.Order;
    private readonly StringBuilder _text = new(start?.Text);
    private readonly List<int> _ends = [.. start?.Ends ?? []];
    private int _passed;
    private int _endsPassed;
    private long _lastFrame;
    private Task _passing = Task.CompletedTask;

    public string Variant { get; } = variant.ToString();

    public bool IsDone { get; private set; }

    public TutorCall Call { get; } = new(
        "explain", task.Order.ClassroomId, task.TeacherId, task.Order.StepId, null, task.Names);

    private bool HasMore => _passed < _text.Length || _endsPassed < _ends.Count;

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
                OnPiece();
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

    private void OnPiece()
    {
        if (_passing.IsCompleted)
        {
            _passing = PassAsync();
        }
    }

    // Never awaited by the telling: while a frame is on its way, or its time has not come, the next pieces collect.
    private async Task PassAsync()
    {
        while (HasMore)
        {
            var since = time.GetElapsedTime(_lastFrame);
            if (_lastFrame != 0 && since < frameEvery)
            {
                await Task.Delay(frameEvery - since, time);
            }

            await FlushAsync();
        }
    }

    private Task FlushAsync()
    {
        if (!HasMore)
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
