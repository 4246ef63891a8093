namespace Classroom.Grains;

/// <summary>
/// Whether a lesson can be stored just now, as its teacher sees it: at once when the database or the key store refuses, after a second when it does not
/// answer, and again when both store. In memory only.
/// Invariant: a database that does not answer holds up a lesson for five seconds once, not for every command: people may still come in.
/// </summary>
internal sealed class SavingStatus(IFactLog log, ChildKeys keys, TimeProvider time, Func<bool, Task> announce)
{
    public static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Endurance = TimeSpan.FromSeconds(4);

    // Browsers try again at least every five seconds. While they do, what becomes of their commands says more than a small probe.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(6);
    private long? _refusedAt;
    private bool _isOfKeys;
    private Task _unanswered = Task.CompletedTask;
    private bool _probing;

    public bool Works { get; private set; } = true;

    /// <exception cref="StorageUnavailableException">
    /// Not stored, or not known to be: what is still unanswered may be stored later, and is then found by its command id.
    /// </exception>
    public async Task<AppendResult> WatchAsync(Func<Task<AppendResult>> append)
    {
        try
        {
            var result = await AnswerAsync(append);
            if (result.Status == AppendStatus.Appended && _isOfKeys)
            {
                // It may have needed no new key, which the next child does: a probe of the keys says it, at once.
                _refusedAt = null;
            }
            else if (result.Status == AppendStatus.Appended)
            {
                await SetAsync(true);
            }

            return result;
        }
        catch (StorageUnavailableException e)
        {
            (_refusedAt, _isOfKeys) = (time.GetTimestamp(), e.IsOfKeys);
            await SetAsync(false);
            throw;
        }
    }

    private async Task<AppendResult> AnswerAsync(Func<Task<AppendResult>> append)
    {
        if (!_unanswered.IsCompleted)
        {
            throw new StorageUnavailableException("The database has not answered the append before this one.");
        }

        var answer = append();
        if (await WithinAsync(answer, Patience))
        {
            return await answer;
        }

        await SetAsync(false);
        if (await WithinAsync(answer, Endurance))
        {
            return await answer;
        }

        _unanswered = answer;
        // Whatever becomes of it, nobody waits for it any more.
        _ = answer.ContinueWith(static late => late.Exception, TaskScheduler.Default);
        throw new StorageUnavailableException("The database does not answer.");
    }

    private async Task<bool> WithinAsync(Task answer, TimeSpan wait)
    {
        await answer.WaitAsync(wait, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return answer.IsCompleted;
    }

    /// <summary>When nobody acts any more, somebody has to find out that the database is back.</summary>
    public async Task ProbeAsync()
    {
        if (Works || _probing || (_refusedAt is { } refused && time.GetElapsedTime(refused) < Quiet))
        {
            return;
        }

        _probing = true;
        try
        {
            await keys.ProbeAsync(CancellationToken.None);
            await log.SaveSnapshotAsync("health", new StoredSnapshot(time.GetUtcNow().UtcTicks, "health", []), CancellationToken.None);
            await SetAsync(true);
        }
        catch (Exception e) when (e is System.Data.Common.DbException or IOException or TimeoutException or StorageUnavailableException)
        {
            // Still away: that is what the teacher sees.
        }
        finally
        {
            _probing = false;
        }
    }

    private Task SetAsync(bool works)
    {
        if (Works == works)
        {
            return Task.CompletedTask;
        }

        Works = works;
        _isOfKeys &= !works;
        return announce(works);
    }
}
