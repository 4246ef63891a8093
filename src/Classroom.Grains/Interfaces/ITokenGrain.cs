namespace Classroom.Grains;

/// <summary>
/// Tokens spent in one scope: a lesson, a teacher's day, everybody's day. Key: the scope. Called around every call to a model.
/// Invariant: what is held counts as spent, so a limit is overshot by one call at most.
/// </summary>
[Alias("tokens"), Version(1)]
public interface ITokenGrain : IGrainWithStringKey
{
    /// <summary>Hold tokens for a call before it is made. False: the limit is reached. The same call twice holds once.</summary>
    [Alias("hold")]
    Task<bool> Hold(Guid callId, int tokens, int limit);

    /// <summary>What the call really used. Repeating it changes nothing.</summary>
    [Alias("settle")]
    Task Settle(Guid callId, int tokens);

    [Alias("spent")]
    Task<long> Spent();
}
