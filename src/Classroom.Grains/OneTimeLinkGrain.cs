using Orleans;

namespace Classroom.Grains;

/// <summary>One link. One that was made is kept for as long as it works; what somebody guessed is soon forgotten.</summary>
[CollectionAgeLimit(Minutes = 20)]
public sealed class OneTimeLinkGrain(TimeProvider time) : Grain, IOneTimeLinkGrain
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);
    private Guid? _account;
    private long _since;

    public Task Begin(Guid account)
    {
        (_account, _since) = (account, time.GetTimestamp());
        DelayDeactivation(Life);
        return Task.CompletedTask;
    }

    public Task<Guid?> Take()
    {
        var account = _account is not null && time.GetElapsedTime(_since) < Life ? _account : null;
        _account = null;
        return Task.FromResult(account);
    }
}
