namespace Classroom.Grains.Tests;

/// <summary>
/// How tests wait: for a condition, looked at again whenever something happened. Every wait is bounded, so that a broken rule fails
/// instead of hanging; no assertion depends on how long anything took.
/// </summary>
public sealed class Signal
{
    private const string NotCome = "What the test waits for did not come about.";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = New();

    public void Pulse()
    {
        TaskCompletionSource passed;
        lock (_gate)
        {
            (passed, _next) = (_next, New());
        }

        passed.TrySetResult();
    }

    /// <summary>For what a double has noted.</summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        var end = Task.Delay(Patience);
        while (true)
        {
            Task next;
            lock (_gate)
            {
                next = _next.Task;
            }

            if (condition())
            {
                return;
            }

            if (await Task.WhenAny(next, end) == end && !condition())
            {
                throw new TimeoutException(NotCome);
            }
        }
    }

    /// <summary>For what only a grain can tell: it is asked again and again. <paramref name="turn"/> happens between two questions.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, Action? turn = null)
    {
        var end = Task.Delay(Patience);
        while (!await condition().Soon())
        {
            if (end.IsCompleted)
            {
                throw new TimeoutException(NotCome);
            }

            turn?.Invoke();
            await Task.Delay(1);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

public static class Bounded
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Task Soon(this Task task) => task.WaitAsync(Patience);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Patience);
}
