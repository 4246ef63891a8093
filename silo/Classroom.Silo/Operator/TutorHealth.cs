namespace Classroom.Silo.Operator;

/// <summary>Whether the model has answered lately, as far as this process asked it.</summary>
public sealed class TutorHealth
{
    private const int InARow = 3;
    private int _failures;
    private bool _budgetReached;

    public bool IsFailing => Volatile.Read(ref _failures) >= InARow;

    public bool IsBudgetReached => Volatile.Read(ref _budgetReached);

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
            Volatile.Write(ref _budgetReached, false);
        }
    }

    /// <summary>What the guard withheld, and what a teacher stopped, is no failure of the model.</summary>
    public void Failed(string code)
    {
        if (code == "budget-reached")
        {
            Volatile.Write(ref _budgetReached, true);
        }
        else if (code is "tutor-unavailable" or "tutor-busy" or "tutor-timeout" or "tutor-cut" or "tutor-empty")
        {
            Interlocked.Increment(ref _failures);
        }
    }
}
