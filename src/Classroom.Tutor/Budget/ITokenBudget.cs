namespace Classroom.Tutor;

/// <summary>Who may use how many tokens. Held before a call, settled after it, so that a limit is overshot by one call at most.</summary>
public interface ITokenBudget
{
    /// <returns>Null when a limit is reached: the call must not be made.</returns>
    /// <exception cref="TutorException">tutor-busy: what others hold left no room in time.</exception>
    Task<ITokenHold?> HoldAsync(TutorCall call, int tokens, CancellationToken cancellationToken);
}

public interface ITokenHold
{
    /// <summary>What the call really used.</summary>
    Task SettleAsync(int tokens);
}

/// <summary>Limits in tokens (input plus output); 0: not limited. Section <c>Tutor:Budget</c>.</summary>
public sealed class TokenLimits
{
    public int Lesson { get; set; }

    public int TeacherDay { get; set; }

    public int Day { get; set; }

    /// <summary>How long a call waits for others to settle what they hold.</summary>
    public TimeSpan WaitWithin { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>No limits: for tests and for a model that costs nothing.</summary>
public sealed class NoBudget : ITokenBudget
{
    public Task<ITokenHold?> HoldAsync(TutorCall call, int tokens, CancellationToken cancellationToken) => Task.FromResult<ITokenHold?>(new Nothing());

    private sealed class Nothing : ITokenHold
    {
        public Task SettleAsync(int tokens) => Task.CompletedTask;
    }
}
