using Orleans.Concurrency;

namespace Classroom.Grains;

/// <summary>
/// Tokens spent in one scope: a lesson, a teacher's day, everybody's day. Key: the scope. Called around every call to a model.
/// Invariant: what is held counts as spent, so a limit is overshot by one call at most.
/// </summary>
[Alias("tokens"), Version(3)]
public interface ITokenGrain : IGrainWithStringKey
{
    /// <summary>Hold tokens for a call before it is made. False: the limit is reached. The same call twice holds once.</summary>
    /// <param name="holder">The silo that makes the call (<see cref="Orleans.Runtime.SiloAddress"/>): when it is gone, its calls are, and what they hold is free.</param>
    [Alias("hold")]
    Task<bool> Hold(Guid callId, int tokens, int limit, string? holder = null);

    /// <summary>Whether there will be room when what is held is settled. If so it answers when something was settled, at the latest after a second; else at once.</summary>
    [Alias("later"), AlwaysInterleave]
    Task<bool> HasLater(int limit);

    /// <summary>What the call really used. Repeating it changes nothing.</summary>
    [Alias("settle")]
    Task Settle(Guid callId, int tokens);

    [Alias("spent")]
    Task<long> Spent();
}
