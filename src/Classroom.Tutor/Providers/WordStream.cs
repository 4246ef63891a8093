using Microsoft.Extensions.AI;

namespace Classroom.Tutor;

/// <summary>
/// One request to one provider, word by word. Thinking is a sign of life and no text. It ends whole only where the provider said that it did:
/// any other end is a <see cref="TutorException"/>. Invariant: a read is over before the stream is closed.
/// </summary>
internal sealed class WordStream : IAsyncDisposable
{
    // What it used comes behind the end, or never.
    private static readonly TimeSpan AfterEnd = TimeSpan.FromSeconds(1);
    private readonly ModelOptions _limits;
    private readonly TimeProvider _time;
    private readonly Answering _answering;
    private readonly Action _thinksUnbegun;
    private readonly Action<int, int> _used;
    private readonly int _asked;
    private readonly CancellationToken _stop;
    private readonly CancellationTokenSource _patience;
    private readonly IAsyncEnumerator<ChatResponseUpdate> _updates;
    private readonly ThinkingFilter _thinking;
    private RefusalHold _refusal = new();
    private readonly int _usedBefore;
    private readonly long _started;
    private long _alive;
    private ChatFinishReason? _end;
    private bool _isOver;
    private bool _hasText;
    private (int Input, int Output) _said;
    private int _length;
    private bool _isCounted;

    public WordStream(
        IChatClient chat, (IList<ChatMessage> Messages, ChatOptions Options) asked, bool thinksFirst, ModelOptions limits, TimeProvider time, Answering answering,
        Action thinksUnbegun, Action<int, int> used, CancellationToken stop)
    {
        (_limits, _time, _answering, _thinksUnbegun, _used, _stop, _usedBefore) = (limits, time, answering, thinksUnbegun, used, stop, answering.Tokens);
        _asked = EstimateOf(asked.Messages.Sum(m => m.Text.Length));
        _thinking = new ThinkingFilter(thinksFirst);
        _started = _alive = time.GetTimestamp();
        _patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _updates = chat.GetStreamingResponseAsync(asked.Messages, asked.Options, _patience.Token).GetAsyncEnumerator(_patience.Token);
    }

    public string Word { get; private set; } = "";

    /// <returns>False: it is whole.</returns>
    /// <exception cref="TutorException">It is none, or no whole one.</exception>
    public async Task<bool> NextAsync()
    {
        while (!_isOver)
        {
            _isOver = !await MoveAsync();
            var wasKnown = _thinking.EndedUnbegun;
            var text = _isOver ? _thinking.Close() : _thinking.Add(_updates.Current.Text);
            if (_thinking.EndedUnbegun && !wasKnown)
            {
                // What was told was thinking: it is no answer, and the next one is held until it is known for one.
                _thinksUnbegun();
                _refusal = _hasText ? throw new TutorException("tutor-cut") : new RefusalHold();
            }

            Word = _refusal.Add(text) + (_isOver ? _refusal.Close() : "");
            if (_refusal.IsRefusal)
            {
                throw new TutorException("answer-refused");
            }

            if (Word.Length > 0)
            {
                _length += Word.Length;
                return _hasText = true;
            }
        }

        return _end == ChatFinishReason.Stop && _hasText ? false : throw new TutorException(
            _end == ChatFinishReason.ContentFilter ? "answer-refused" : _hasText || _end is null ? "tutor-cut" : "tutor-empty");
    }

    /// <summary>A cautious guess at a text's tokens: Cyrillic takes about one for two letters.</summary>
    public static int EstimateOf(int letters) => letters / 2;

    public async ValueTask DisposeAsync()
    {
        Count();
        try
        {
            await _updates.DisposeAsync();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // What the answer was is known; how its connection closes says nothing more.
        }

        _patience.Dispose();
    }

    private async Task<bool> MoveAsync()
    {
        var next = _updates.MoveNextAsync().AsTask();
        try
        {
            if (!await next.WaitAsync(Patience(), _time, _stop))
            {
                return false;
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The read must be over before the stream can be closed.
            await _patience.CancelAsync();
            await next.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            _stop.ThrowIfCancellationRequested();
            return _end is not null ? false : throw (e is TimeoutException ? new TutorException("tutor-timeout", e) : ModelFault.Of(e, _hasText));
        }

        var update = _updates.Current;
        _answering.Model = string.IsNullOrEmpty(update.ModelId) ? _answering.Model : update.ModelId;
        // Some say it once, some with every chunk; it only grows.
        foreach (var used in update.Contents.OfType<UsageContent>().Select(u => u.Details))
        {
            _said = (Math.Max(_said.Input, Said(used.InputTokenCount)), Math.Max(_said.Output, Said(used.OutputTokenCount)));
            _answering.Tokens = Math.Max(_answering.Tokens, _usedBefore + Said(used.TotalTokenCount));
        }

        _end = update.FinishReason ?? _end;
        _alive = update.Text.Length > 0 || _hasText || update.Contents.OfType<TextReasoningContent>().Any() ? _time.GetTimestamp() : _alive;
        return true;
    }

    private static int Said(long? tokens) => (int)Math.Clamp(tokens ?? 0, 0, int.MaxValue / 2);

    // Once, however it ended. Who says no usage, or was cut before it did, is counted by length: rather too much than nothing.
    private void Count()
    {
        if (_isCounted)
        {
            return;
        }

        _isCounted = true;
        var total = _answering.Tokens - _usedBefore;
        if (total == 0 && _said == default && _length > 0)
        {
            _said = (_asked, EstimateOf(_length) + 1);
        }

        // The parts may be all that is said, or the whole.
        if (total == 0)
        {
            _answering.Tokens += total = _said.Input + _said.Output;
        }

        if (total > 0)
        {
            var input = _said == default ? Math.Min(_asked, total) : Math.Min(_said.Input, total);
            _used(input, total - input);
        }
    }

    private TimeSpan Patience()
    {
        var within = _end is not null ? AfterEnd : (_hasText ? _limits.NextTokenWithin : _limits.FirstTokenWithin) - _time.GetElapsedTime(_alive);
        var whole = _limits.AnswerWithin - _time.GetElapsedTime(_started);
        within = within < whole ? within : whole;
        return within > TimeSpan.Zero ? within : TimeSpan.Zero;
    }
}
