using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using StackExchange.Redis;

namespace Classroom.Silo.Hosting;

/// <summary>
/// What silos share beside the database. Invariant: nothing here is needed to go on. A Redis that is away or hangs costs a caller a second at most,
/// then nothing for a while, and nobody an exception; one that is back is used again. Orleans has a more patient connection of its own.
/// </summary>
public sealed class SharedRedis : IDisposable
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeftAlone = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Looked = TimeSpan.FromSeconds(10);
    private readonly Lazy<Task<IConnectionMultiplexer>> _connection;
    private readonly ResiliencePipeline _patience;
    private readonly ILogger _logger;

    /// <param name="address">As in <c>ConnectionStrings:Redis</c>; an <c>asyncTimeout</c> in it is how long is waited.</param>
    public SharedRedis(string address, TimeProvider time, ILogger<SharedRedis> logger)
    {
        var options = OrleansSetup.RedisOf(address);
        if (!address.Contains("asyncTimeout", StringComparison.OrdinalIgnoreCase))
        {
            (options.AsyncTimeout, options.SyncTimeout) = ((int)Within.TotalMilliseconds, (int)Within.TotalMilliseconds);
        }

        (options.BacklogPolicy, options.ReconnectRetryPolicy) = (BacklogPolicy.FailFast, new LinearRetry((int)Within.TotalMilliseconds));
        _connection = new(async () => await ConnectionMultiplexer.ConnectAsync(options));
        _logger = logger;
        _patience = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                MinimumThroughput = 2, FailureRatio = 0.5, SamplingDuration = Looked, BreakDuration = LeftAlone, OnOpened = SayAsync,
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = TimeSpan.FromMilliseconds(options.AsyncTimeout) })
            .Build();
    }

    public Task<IConnectionMultiplexer> ConnectionAsync() => _connection.Value;

    /// <returns>Whether Redis answered, and what.</returns>
    public async Task<(bool Answered, T? Answer)> TryAsync<T>(Func<IDatabase, Task<T>> ask, CancellationToken cancellationToken = default)
    {
        try
        {
            return (true, await _patience.ExecuteAsync(
                static async (ask, token) => await ask.This.AskAsync(ask.What).WaitAsync(token), (This: this, What: ask), cancellationToken));
        }
        catch (Exception e) when (e is RedisException or TimeoutRejectedException or BrokenCircuitException or ObjectDisposedException or TimeoutException)
        {
            _logger.LogDebug(e, "Redis did not answer");
            return (false, default);
        }
    }

    public void Dispose()
    {
        if (_connection is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            _connection.Value.Result.Dispose();
        }
    }

    private async Task<T> AskAsync<T>(Func<IDatabase, Task<T>> what) => await what((await _connection.Value).GetDatabase());

    private ValueTask SayAsync(OnCircuitOpenedArguments<object> opened)
    {
        _logger.LogWarning(opened.Outcome.Exception, "Redis does not answer: each silo is on its own for {Seconds} s", LeftAlone.TotalSeconds);
        return ValueTask.CompletedTask;
    }
}
