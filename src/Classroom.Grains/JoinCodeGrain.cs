namespace Classroom.Grains;

/// <summary>
/// A join code and the classroom it leads to. Invariant: a code leads to at most one classroom at a time. A lesson that nobody has looked at for
/// <see cref="Life"/> has lost its code, as one that was ended has: else every lesson that somebody forgot to end is there to be guessed for ever.
/// </summary>
public sealed class JoinCodeGrain(IFactLog log, TimeProvider time) : Grain, IJoinCodeGrain
{
    /// <summary>A lesson that is looked at takes its code anew (<see cref="ClassroomGrain"/>): holidays, a term's break, are not looked at.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(30);
    private static readonly TimeSpan RenewedAfter = TimeSpan.FromDays(1);
    private Journal<JoinCodeEntry>? _stream;
    private Task? _loading;

    private Guid? Holder => _stream!.Facts.LastOrDefault() is { Leased: true } last && Age < Life ? last.ClassroomId : null;

    // A clock may have been set back since.
    private TimeSpan Age => (time.GetUtcNow() - _stream!.LastAt).Duration();

    public async Task<bool> Lease(JoinCode code, Guid classroomId)
    {
        await LoadedAsync(code);
        if (Holder is { } holder && (holder != classroomId || Age < RenewedAfter))
        {
            return holder == classroomId;
        }

        return await Add(new JoinCodeEntry(classroomId, true));
    }

    public async Task Release(JoinCode code, Guid classroomId)
    {
        await LoadedAsync(code);
        if (Holder == classroomId)
        {
            await Add(new JoinCodeEntry(classroomId, false));
        }
    }

    // The activation of a wrong guess is kept like any other until it was idle for long. Ending it here would reject the other calls that
    // wait for it: a class that types the same wrong code. The limits on wrong codes bound how many there can be.
    public async Task<Guid?> Resolve(JoinCode code)
    {
        await LoadedAsync(code);
        return Holder;
    }

    // The stream is named by the code, which the key does not say. Calls that come meanwhile wait for the same load; after a failed one, the next loads again.
    private Task LoadedAsync(JoinCode code) => _loading is null or { IsFaulted: true } or { IsCanceled: true } ? _loading = LoadAsync(code) : _loading;

    private async Task LoadAsync(JoinCode code)
    {
        var stream = new Journal<JoinCodeEntry>(log, "joincode/" + code.Text, JournalJson.Default.JoinCodeEntry, time);
        await stream.LoadAsync(CancellationToken.None);
        _stream = stream;
    }

    private async Task<bool> Add(JoinCodeEntry fact)
    {
        try
        {
            if (await _stream!.AddAsync(fact.Leased ? "code-leased.1" : "code-released.1", fact))
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
