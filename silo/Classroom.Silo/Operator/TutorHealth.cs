namespace Classroom.Silo.Operator;

/// <summary>Whether the model has answered lately, as far as this process asked it.</summary>
public sealed class TutorHealth
{
    private const int InARow = 3;
    private int _failures;

    public bool IsFailing => Volatile.Read(ref _failures) >= InARow;

    /// <param name="source">Prepared text that stood in says why.</param>
    public void Answered(Provenance source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Cause is { } cause)
        {
            Failed(cause);
        }
        else if (!source.IsPrepared && !source.Cached)
        {
            Volatile.Write(ref _failures, 0);
        }
    }

    /// <summary>What the guard withheld, what a provider's filter refused, what a teacher stopped, and what a budget had no room for, is no failure of the model.</summary>
    public void Failed(string code)
    {
        if (code is "tutor-unavailable" or "tutor-busy" or "tutor-timeout" or "tutor-cut" or "tutor-empty" or "tutor-misconfigured")
        {
            Interlocked.Increment(ref _failures);
        }
    }
}
