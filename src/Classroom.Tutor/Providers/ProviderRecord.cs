namespace Classroom.Tutor;

/// <summary>What came of the requests to one provider: when it answered last, and what its last fault was.</summary>
internal sealed class ProviderRecord(TimeProvider time)
{
    private readonly Lock _lock = new();
    private DateTimeOffset? _answered;
    private (string Kind, DateTimeOffset At)? _fault;

    // What stands against it: null once it has answered.
    private string? _against;

    public void Answered()
    {
        lock (_lock)
        {
            (_answered, _against) = (time.GetUtcNow(), null);
        }
    }

    /// <param name="counts">It is the provider's failure, and not a refusal.</param>
    public void Failed(TutorException fault, bool counts)
    {
        lock (_lock)
        {
            _fault = (ModelFault.KindOf(fault), time.GetUtcNow());
            _against = counts ? _fault.Value.Kind : _against;
        }
    }

    public ProviderStatus Status(string id, string host, string model, TimeSpan? paused, TimeSpan? rests)
    {
        lock (_lock)
        {
            var doing = _against is "wrong-key" or "wrong-model" or "no-quota" or "wrong-request" ? _against
                : paused is not null ? "paused" : rests is not null ? "resting" : _against is not null ? "failing" : _answered is not null ? "answers" : "unasked";
            return new ProviderStatus(id, host, model, doing, paused > rests || rests is null ? paused : rests, _answered, _fault?.Kind, _fault?.At);
        }
    }
}
