using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Polly;
using Polly.CircuitBreaker;

namespace Classroom.Tutor;

/// <summary>What a stream of words came from, filled in while it comes.</summary>
public sealed class Answering
{
    public string Provider { get; internal set; } = "";

    public string Model { get; internal set; } = "";

    /// <summary>As the provider counted; 0 while it has not said.</summary>
    public int Tokens { get; internal set; }

    internal void Add(Answering next)
    {
        Provider = next.Provider.Length > 0 ? next.Provider : Provider;
        Model = next.Model.Length > 0 ? next.Model : Model;
        Tokens += next.Tokens;
    }

    internal void Count(ChatResponseUpdate update) =>
        Tokens += (int)(update.Contents.OfType<UsageContent>().Sum(u => u.Details.TotalTokenCount) ?? 0);
}

/// <summary>
/// The providers, one behind another. One that fails before its first word is followed by the next; one that keeps failing is left alone
/// for a while. Invariant: after the first word nothing is asked again, so nothing is billed twice.
/// </summary>
public sealed class Providers
{
    private readonly ImmutableArray<(string Name, string Model, IChatClient Chat, ResiliencePipeline Breaker)> _all;
    private readonly ModelOptions _options;
    private readonly TimeProvider _time;

    public Providers(ModelOptions options, TimeProvider time, params ReadOnlySpan<(ProviderOptions Options, IChatClient Chat)> chats)
    {
        (_options, _time) = (options, time);
        var all = ImmutableArray.CreateBuilder<(string, string, IChatClient, ResiliencePipeline)>();
        foreach (var (provider, chat) in chats)
        {
            all.Add((new Uri(provider.Endpoint!).Host, provider.Model!, chat, Breaker()));
        }

        _all = all.ToImmutable();
    }

    /// <summary>The first provider's model: what a cached answer is of.</summary>
    public string Model => $"{_all[0].Name}/{_all[0].Model}";

    /// <exception cref="TutorException">All failed before the first word, or one broke off after it.</exception>
    public async IAsyncEnumerable<string> StreamAsync(
        IList<ChatMessage> messages, ChatOptions options, Answering answering, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (stream, patience) = await OpenAsync(messages, options, answering, cancellationToken);
        using (patience)
        await using (stream)
        {
            var deadline = _time.GetTimestamp();
            do
            {
                var update = stream.Current;
                answering.Model = update.ModelId ?? answering.Model;
                answering.Count(update);
                if (update.Text.Length > 0)
                {
                    yield return update.Text;
                }

                if (_time.GetElapsedTime(deadline) > _options.AnswerWithin)
                {
                    throw new TutorException("tutor-timeout");
                }
            }
            while (await NextAsync(stream, _options.NextTokenWithin, patience, started: true, cancellationToken));
        }
    }

    private async Task<(IAsyncEnumerator<ChatResponseUpdate> Stream, CancellationTokenSource Patience)> OpenAsync(
        IList<ChatMessage> messages, ChatOptions options, Answering answering, CancellationToken cancellationToken)
    {
        var fault = new TutorException("tutor-unavailable");
        foreach (var (name, model, chat, breaker) in _all)
        {
            for (var attempt = 1; attempt <= 2; attempt++)
            {
                try
                {
                    var opened = await breaker.ExecuteAsync(async _ => await FirstWordAsync(chat, messages, options, answering, cancellationToken), cancellationToken);
                    (answering.Provider, answering.Model) = (name, model);
                    return opened;
                }
                catch (Exception e) when (!cancellationToken.IsCancellationRequested && ModelFault.Of(e, started: false) is { } found)
                {
                    fault = new TutorException(found.Code, e);
                    if (found.RetryAfter is not { } after || after > _options.WaitWhenBusy || attempt == 2)
                    {
                        break;
                    }

                    await Task.Delay(after, _time, cancellationToken);
                }
            }
        }

        throw fault;
    }

    // A provider has answered when a word has come; headers and empty updates are no answer.
    private async Task<(IAsyncEnumerator<ChatResponseUpdate> Stream, CancellationTokenSource Patience)> FirstWordAsync(
        IChatClient chat, IList<ChatMessage> messages, ChatOptions options, Answering answering, CancellationToken cancellationToken)
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var stream = chat.GetStreamingResponseAsync(messages, options, patience.Token).GetAsyncEnumerator(patience.Token);
        var started = _time.GetTimestamp();
        var kept = false;
        try
        {
            while (true)
            {
                var left = _options.FirstTokenWithin - _time.GetElapsedTime(started);
                if (!await NextAsync(stream, left > TimeSpan.Zero ? left : TimeSpan.Zero, patience, started: false, cancellationToken))
                {
                    throw new TutorException("tutor-empty");
                }

                if (stream.Current.Text.Length > 0)
                {
                    kept = true;
                    return (stream, patience);
                }

                // A model that thinks and then says nothing is billed all the same.
                answering.Count(stream.Current);
            }
        }
        finally
        {
            if (!kept)
            {
                await stream.DisposeAsync();
                patience.Dispose();
            }
        }
    }

    private async Task<bool> NextAsync(
        IAsyncEnumerator<ChatResponseUpdate> stream, TimeSpan within, CancellationTokenSource patience, bool started, CancellationToken cancellationToken)
    {
        var next = stream.MoveNextAsync().AsTask();
        try
        {
            return await next.WaitAsync(within, _time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException && !next.IsCompleted)
        {
            // The read must be over before the stream can be closed.
            await patience.CancelAsync();
            await next.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            cancellationToken.ThrowIfCancellationRequested();
            throw new TutorException("tutor-timeout", e);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && started && ModelFault.Of(e, started) is { } fault)
        {
            throw new TutorException(fault.Code, e);
        }
    }

    private ResiliencePipeline Breaker() => new ResiliencePipelineBuilder { TimeProvider = _time }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 0.8,
            MinimumThroughput = 5,
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = _options.BreakFor,
            ShouldHandle = new PredicateBuilder().Handle<Exception>(e => e is not OperationCanceledException && ModelFault.Of(e, started: false) is not null),
        })
        .Build();
}
