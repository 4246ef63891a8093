namespace Classroom.Grains;

/// <summary>A join code and the classroom it leads to. Invariant: a code leads to at most one classroom at a time.</summary>
public sealed class JoinCodeGrain(IFactLog log, TimeProvider time) : Grain, IJoinCodeGrain
{
    private Journal<JoinCodeEntry> _stream = null!;

    private Guid? Holder => _stream.Facts.LastOrDefault() is { Leased: true } last ? last.ClassroomId : null;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stream = new(log, "joincode/" + this.GetPrimaryKeyString(), JournalJson.Default.JoinCodeEntry, time);
        return _stream.LoadAsync(cancellationToken);
    }

    public async Task<bool> Lease(Guid classroomId)
    {
        if (Holder is { } holder)
        {
            return holder == classroomId;
        }

        return await Add(new JoinCodeEntry(classroomId, true));
    }

    public async Task Release(Guid classroomId)
    {
        if (Holder == classroomId)
        {
            await Add(new JoinCodeEntry(classroomId, false));
        }
    }

    // The activation of a wrong guess is kept like any other until it was idle for long. Ending it here would reject the other calls that
    // wait for it: a class that types the same wrong code. The limits on wrong codes bound how many there can be.
    public Task<Guid?> Resolve() => Task.FromResult(Holder);

    private async Task<bool> Add(JoinCodeEntry fact)
    {
        try
        {
            if (await _stream.AddAsync(fact.Leased ? "code-leased.1" : "code-released.1", fact))
            {
                return true;
            }
        }
        catch (StorageUnavailableException)
        {
            // It may have been stored all the same: the next activation reads what is true.
            DeactivateOnIdle();
            throw;
        }

        DeactivateOnIdle();
        return false;
    }
}
