using Microsoft.Extensions.Logging;

namespace Classroom.Grains;

/// <summary>
/// Tokens of one scope. A hold is stored before the call and settled after it. What a silo held that is gone is given back when somebody needs it:
/// its calls ended with it, and what they had used by then nobody knows.
/// </summary>
public sealed class TokenGrain(IFactLog log, Holders holders, TimeProvider time, ILogger<TokenGrain> logger) : Grain, ITokenGrain
{
    private static readonly TimeSpan LaterWaits = TimeSpan.FromSeconds(1);
    private readonly Dictionary<Guid, TokenEntry> _calls = [];
    private Journal<TokenEntry> _stream = null!;
    private TaskCompletionSource _settlement = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _spent;
    private long _held;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stream = new(log, $"tokens/{this.GetPrimaryKeyString()}", JournalJson.Default.TokenEntry, time);
        await _stream.LoadAsync(cancellationToken);
        foreach (var fact in _stream.Facts)
        {
            Count(fact);
        }
    }

    public async Task<bool> Hold(Guid callId, int tokens, int limit, string? holder = null)
    {
        if (_calls.ContainsKey(callId))
        {
            return true;
        }

        if (limit > 0 && _spent >= limit)
        {
            await GiveBackAsync();
        }

        return (limit <= 0 || _spent < limit) && await Add("tokens-held.1", new TokenEntry(callId, tokens, false, holder));
    }

    public async Task Settle(Guid callId, int tokens)
    {
        if (_calls.TryGetValue(callId, out var call) && !call.Settled)
        {
            await Add("tokens-settled.1", new TokenEntry(callId, tokens, true));
        }
    }

    public async Task<bool> HasLater(int limit)
    {
        if (_spent >= limit && _spent - _held < limit)
        {
            await _settlement.Task.WaitAsync(LaterWaits, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        return _spent - _held < limit;
    }

    public Task<long> Spent() => Task.FromResult(_spent);

    private async Task GiveBackAsync()
    {
        var open = _calls.Values.Where(c => c is { Settled: false, Holder: not null }).ToList();
        if (open.Count == 0)
        {
            return;
        }

        var gone = await holders.GoneAsync(open.Select(c => c.Holder!));
        foreach (var call in open.Where(c => gone.Contains(c.Holder!)))
        {
            logger.LogInformation("Tokens of {Scope}: {Holder} is gone, {Tokens} are given back", this.GetPrimaryKeyString(), call.Holder, call.Tokens);
            await Settle(call.CallId, 0);
        }
    }

    private async Task<bool> Add(string name, TokenEntry fact)
    {
        if (await _stream.AddAsync(name, fact))
        {
            Count(fact);
            return true;
        }

        logger.LogWarning("Tokens of {Scope}: another activation wrote first, reloading", this.GetPrimaryKeyString());
        DeactivateOnIdle();
        throw new StorageUnavailableException("Another activation wrote these tokens; try again.");
    }

    private void Count(TokenEntry fact)
    {
        var before = _calls.GetValueOrDefault(fact.CallId);
        _spent += fact.Tokens - (before?.Tokens ?? 0);
        _held += (fact.Settled ? 0 : fact.Tokens) - (before is { Settled: false } ? before.Tokens : 0);
        _calls[fact.CallId] = fact;
        if (fact.Settled)
        {
            var told = _settlement;
            _settlement = new(TaskCreationOptions.RunContinuationsAsynchronously);
            told.SetResult();
        }
    }
}
