using Microsoft.Extensions.AI;
using Polly;
using Polly.CircuitBreaker;

namespace Classroom.Tutor;

/// <summary>
/// One provider, for all classes of this process: not asked before the time that it named, and left alone for a while when it keeps failing.
/// When it is tried again, everybody waits for that one try and comes back together.
/// </summary>
internal sealed class Provider
{
    private readonly IChatClient _chat;
    private readonly ModelOptions _limits;
    private readonly TimeProvider _time;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly CircuitBreakerManualControl _control = new();
    private readonly ProviderRecord _record;
    private readonly Action<string, int, int> _used;
    private readonly ResiliencePipeline _breaker;
    private TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TutorException _last = new();
    private long _pausedUntil;
    private long _restsUntil;
    private volatile bool _thinksFirst;

    /// <param name="place">1: asked first.</param>
    /// <param name="used">Told what each request used: id, input and output tokens.</param>
    public Provider(int place, ProviderOptions provider, IChatClient chat, ModelOptions limits, TimeProvider time, Action<string, int, int> used)
    {
        (_chat, _limits, _time, _used, _record) = (chat, limits, time, used, new ProviderRecord(time));
        (Name, Model) = (new Uri(provider.Endpoint!).Host, provider.Model!);
        Id = ProviderStatus.IdOf(place, provider);
        _breaker = new ResiliencePipelineBuilder { TimeProvider = time }.AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 0.8, MinimumThroughput = 5, SamplingDuration = TimeSpan.FromSeconds(30), BreakDuration = limits.BreakFor,
            OnOpened = opened =>
            {
                Interlocked.Exchange(ref _restsUntil, (time.GetUtcNow() + opened.BreakDuration).UtcTicks);
                return default;
            },
            StateProvider = _state, ManualControl = _control,
            // A try that its own class stopped tells nothing: the provider is left alone a while longer.
            ShouldHandle = new PredicateBuilder().Handle<TutorException>(Counts).Handle<OperationCanceledException>(_ => _state.CircuitState == CircuitState.HalfOpen),
        }).Build();
    }

    public string Id { get; }

    public string Name { get; }

    public string Model { get; }

    /// <summary>How long it is not asked, as it said itself; zero or less: it is.</summary>
    public TimeSpan Pause => new DateTimeOffset(Interlocked.Read(ref _pausedUntil), TimeSpan.Zero) - _time.GetUtcNow();

    public ProviderStatus Status
    {
        get
        {
            var (now, rests) = (_time.GetUtcNow(), Interlocked.Read(ref _restsUntil));
            return _record.Status(
                Id, Name, Model, Left(Interlocked.Read(ref _pausedUntil)), _state.CircuitState is CircuitState.Closed ? null : Left(rests) ?? TimeSpan.Zero);

            TimeSpan? Left(long until) => until > now.UtcTicks ? new TimeSpan(until - now.UtcTicks) : null;
        }
    }

    /// <summary>An answer was heard to its end.</summary>
    public void Answered() => _record.Answered();

    /// <summary>An answer broke off.</summary>
    public void Failed(TutorException fault) => _record.Failed(fault, Counts(fault) || fault.RetryAfter is not null);

    /// <returns>A stream that stands at its first word.</returns>
    /// <exception cref="TutorException">It gives none; with the time after which it may be asked again, if that is known.</exception>
    public async Task<WordStream> OpenAsync((IList<ChatMessage> Messages, ChatOptions Options) asked, Answering answering, CancellationToken stop)
    {
        for (var began = _time.GetTimestamp(); ;)
        {
            if (Pause is { Ticks: > 0 } left)
            {
                throw new TutorException("tutor-busy") { RetryAfter = left };
            }

            var (tried, isTry) = (_tried.Task, false);
            try
            {
                return await _breaker.ExecuteAsync(
                    async _ =>
                    {
                        isTry = true;
                        return await FirstWordAsync(asked, answering, stop);
                    }, stop);
            }
            catch (BrokenCircuitException) when (_state.CircuitState == CircuitState.HalfOpen && _time.GetElapsedTime(began) < _limits.FirstTokenWithin)
            {
                await tried.WaitAsync(_limits.FirstTokenWithin, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (BrokenCircuitException e)
            {
                throw new TutorException(_last.Code, e) { RetryAfter = e.RetryAfter ?? _limits.BreakFor };
            }
            finally
            {
                // The breaker knows by now what came of it.
                if (isTry)
                {
                    Interlocked.Exchange(ref _tried, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
                }
            }
        }
    }

    /// <summary>Asks for a word or two, past all pauses. When it answers, the pauses are over: everybody asks it again.</summary>
    /// <exception cref="TutorException">As an answer's.</exception>
    public async Task CheckAsync(CancellationToken stop)
    {
        await using var stream = New(([new ChatMessage(ChatRole.User, "ping")], new ChatOptions { MaxOutputTokens = 16 }), new Answering(), stop);
        try
        {
            await stream.NextAsync();
        }
        catch (TutorException e) when (e.Code is "tutor-empty" or "tutor-cut" or "answer-refused")
        {
            // It took the key, knows the model, and answered as far as so few tokens let it.
        }
        catch (TutorException e)
        {
            Note(e);
            throw;
        }

        _record.Answered();
        Interlocked.Exchange(ref _pausedUntil, 0);
        await _control.CloseAsync(stop);
    }

    private WordStream New((IList<ChatMessage> Messages, ChatOptions Options) asked, Answering answering, CancellationToken stop) =>
        new(_chat, asked, _thinksFirst, _limits, _time, answering, () => _thinksFirst = true, (input, output) => _used(Id, input, output), stop);

    private async Task<WordStream> FirstWordAsync((IList<ChatMessage> Messages, ChatOptions Options) asked, Answering answering, CancellationToken stop)
    {
        var stream = New(asked, answering, stop);
        try
        {
            await stream.NextAsync();
            return stream;
        }
        catch (Exception e)
        {
            await stream.DisposeAsync();
            stop.ThrowIfCancellationRequested();
            var fault = ModelFault.Of(e, isStarted: false);
            Note(fault);
            throw fault;
        }
    }

    private void Note(TutorException fault)
    {
        if (fault.RetryAfter is { } after)
        {
            Interlocked.Exchange(ref _pausedUntil, Math.Max(Interlocked.Read(ref _pausedUntil), (_time.GetUtcNow() + after).UtcTicks));
        }

        _last = Counts(fault) ? fault : _last;
        Failed(fault);
    }

    // What it will not answer is no fault of it; when it is busy, it says itself how long.
    private static bool Counts(TutorException e) => e.Code is not ("input-refused" or "input-too-long" or "answer-refused") && e.RetryAfter is null;
}
