namespace Classroom.Grains;

/// <summary>The row of the run is in the store; how far it is, only here: an activation on another silo is told so within a second.</summary>
public sealed class AuditGrain(AuditStore store, Holders holders, TimeProvider time) : Grain, IAuditGrain
{
    private AuditRow? _run;
    private (string Set, int Done, int Total) _progress = ("", 0, 0);

    // A stop is in the store as well: whichever silo has this next holds it.
    private bool _stops;

    private bool Runs => _run is { State: "running" or "stopping" };

    public override async Task OnActivateAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken);

    public async Task<AuditState?> Look()
    {
        await NoteLossAsync();
        return _run is null ? null : new AuditState(_run.Id, _run.StartedAt, _stops && Runs ? "stopping" : _run.State, _progress.Set, _progress.Done, _progress.Total);
    }

    public async Task<bool> Start(Guid id, string holder)
    {
        await NoteLossAsync();
        if (Runs)
        {
            // The same start twice is one.
            return _run!.Id == id;
        }

        var run = new AuditRow(id, time.GetUtcNow(), "running", holder, null);
        try
        {
            await store.AddAsync(run, CancellationToken.None);
        }
        catch
        {
            // It may be there all the same: whoever asks next reads it.
            DeactivateOnIdle();
            throw;
        }

        (_run, _stops, _progress) = (run, false, ("", 0, 0));
        return true;
    }

    public Task<bool> Report(Guid id, string set, int done, int total)
    {
        if (_run?.Id == id)
        {
            _progress = (set, done, total);
        }

        return Task.FromResult(!_stops && Runs && _run!.Id == id);
    }

    public async Task<bool> Stop()
    {
        await NoteLossAsync();
        _stops = Runs;
        if (_stops)
        {
            await store.StopAsync(_run!.Id, CancellationToken.None);
        }

        return _stops;
    }

    public async Task Ended(Guid id)
    {
        if (_run?.Id == id)
        {
            await LoadAsync(CancellationToken.None);
        }
    }

    // Its silo was killed: nobody else goes on with it.
    private async Task NoteLossAsync()
    {
        if (Runs && (await holders.GoneAsync([_run!.Holder])).Count > 0)
        {
            await store.EndAsync(_run.Id, _stops ? "stopped" : "broken", null, null, CancellationToken.None);
            await LoadAsync(CancellationToken.None);
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        _run = (await store.ListAsync(cancellationToken)).FirstOrDefault();
        _stops = _run is { State: "stopping" } || (_stops && Runs);
    }
}
