using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Classroom.Tutor.Tests;

/// <summary>A lesson small enough to read, and requests about it.</summary>
internal static class Sample
{
    public static readonly Trilingual T = Trilingual.Same("x");

    public static readonly StepPlan Make = new("s4", StepKind.Make, 10, true, T, T, T, T, [], [], false, new TaskPlan(
        T, T, AiPolicy.Ask, 5, false, false, [new("c1", T, [new("d1", T), new("d2", T)])]));

    public static readonly LessonPlan Plan = new("kit", "1", "h", "l", T, T, 7, 7, 40, [Make]);

    public static TutorCall Call(string ability = "explain", params string[] names) =>
        new(ability, Guid.NewGuid(), Guid.NewGuid(), "s4", ability is "coach" or "feedback" ? Guid.NewGuid() : null, [.. names]);

    public static ExplainRequest Explain(
        string? words = null, Language language = Language.Kk, Level level = Level.Simple, ExplainMode mode = ExplainMode.Plain, VariantStart? start = null,
        TutorCall? call = null) => new(
        call ?? Call(), new ExplanationOrder(
            Guid.Empty, Guid.Empty, "kit", "h", "l", "s", words is null ? "t1" : null, Trilingual.Same(words ?? "Фотосинтез"), mode, null, [], default, 7, true),
        new Variant(language, level), start);

    public static FeedbackRequest Feedback(string work, Language language = Language.Kk, params string[] names) =>
        new(Call("feedback", names), Plan, Make, language, work, "", true);

    public static CoachRequest Coach(string question, Language language = Language.Kk, params string[] names) =>
        new(Call("coach", names), Plan, Make, language, Level.Simple, AiPolicy.Ask, [], question, true);

    /// <summary>The cache of one process, over what processes share.</summary>
    public static AnswerCache Cache(IDistributedCache? shared = null) => new(
        new ServiceCollection().AddSingleton(shared ?? Shared()).AddHybridCache().Services.BuildServiceProvider().GetRequiredService<HybridCache>(),
        NullLogger<AnswerCache>.Instance);

    public static IDistributedCache Shared() => new SharedBytes();

    public static ModelOptions OptionsFor(string endpoint) => new()
    {
        Endpoint = endpoint, Model = "local-model", ApiKey = "secret", CachedWordDelay = TimeSpan.Zero,
        FirstTokenWithin = TimeSpan.FromSeconds(6), NextTokenWithin = TimeSpan.FromSeconds(6),
    };
}

/// <summary>What processes share. (The framework's own in memory is none: HybridCache passes it by.)</summary>
internal sealed class SharedBytes : IDistributedCache
{
    private readonly ConcurrentDictionary<string, byte[]> _all = new(StringComparer.Ordinal);

    public byte[]? Get(string key) => _all.GetValueOrDefault(key);

    public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => Task.FromResult(Get(key));

    public void Refresh(string key) { }

    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

    public void Remove(string key) => _all.TryRemove(key, out _);

    public Task RemoveAsync(string key, CancellationToken token = default)
    {
        Remove(key);
        return Task.CompletedTask;
    }

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => _all[key] = value;

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        Set(key, value, options);
        return Task.CompletedTask;
    }
}

/// <summary>A budget that counts like the real one, in memory.</summary>
internal sealed class CountingBudget(long limit) : ITokenBudget
{
    private readonly Lock _lock = new();
    private long _spent;

    public long Spent => _spent;

    public int Calls { get; private set; }

    /// <summary>Holds that nobody settled yet.</summary>
    public int Open { get; private set; }

    public Task<ITokenHold?> HoldAsync(TutorCall call, int tokens, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_spent >= limit)
            {
                return Task.FromResult<ITokenHold?>(null);
            }

            _spent += tokens;
            Calls++;
            Open++;
            return Task.FromResult<ITokenHold?>(new Hold(this, tokens));
        }
    }

    private sealed class Hold(CountingBudget budget, int held) : ITokenHold
    {
        public Task SettleAsync(int tokens)
        {
            lock (budget._lock)
            {
                budget._spent += tokens - held;
                budget.Open--;
            }

            return Task.CompletedTask;
        }
    }
}
