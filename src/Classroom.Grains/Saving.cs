namespace Classroom.Grains;

/// <summary>
/// Whether a lesson can be stored just now, as its teacher is told: at once when the database refuses, after a second when it does not
/// answer, and again when it stores. In memory only; commands go their way whatever it says.
/// </summary>
internal sealed class Saving(IFactLog log, TimeProvider time, Func<bool, Task> tell)
{
    public static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // Browsers try again at least every five seconds. While they do, what becomes of their commands says more than a small probe.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(6);
    private DateTimeOffset _refusedAt;
    private bool _probing;

    public bool Works { get; private set; } = true;

    /// <summary>The append's own outcome.</summary>
    public async Task<AppendResult> WatchAsync(Task<AppendResult> append)
    {
        await ((Task)append).WaitAsync(Patience, time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (!append.IsCompleted)
        {
            await SayAsync(false);
        }

        try
        {
            var result = await append;
            if (result.Status == AppendStatus.Appended)
            {
                await SayAsync(true);
            }

            return result;
        }
        catch (StorageUnavailableException)
        {
            _refusedAt = time.GetUtcNow();
            await SayAsync(false);
            throw;
        }
    }

    /// <summary>When nobody acts any more, somebody has to find out that the database is back.</summary>
    public async Task ProbeAsync()
    {
        var now = time.GetUtcNow();
        if (Works || _probing || now - _refusedAt < Quiet)
        {
            return;
        }

        _probing = true;
        try
        {
            await log.SaveSnapshotAsync("health", new StoredSnapshot(now.UtcTicks, "health", []), CancellationToken.None);
            await SayAsync(true);
        }
        catch (Exception e) when (e is System.Data.Common.DbException or IOException or TimeoutException)
        {
            // Still away: that is what the teacher's screen says.
        }
        finally
        {
            _probing = false;
        }
    }

    private Task SayAsync(bool works)
    {
        if (Works == works)
        {
            return Task.CompletedTask;
        }

        Works = works;
        return tell(works);
    }
}
