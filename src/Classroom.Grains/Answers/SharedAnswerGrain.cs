using Orleans;
using Orleans.Runtime;

namespace Classroom.Grains;

/// <summary>One answer being given. Reentrant: who follows waits in it while who leads adds.</summary>
[Reentrant, CollectionAgeLimit(Minutes = 5)]
public sealed class SharedAnswerGrain(ISiloStatusOracle silos, TimeProvider time) : Grain, ISharedAnswerGrain
{
    // A leader that is alive and says nothing. Longer than two providers' limits to a first word and a slow model's sentence: it is heard sentence by sentence.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ReadWaits = TimeSpan.FromSeconds(1);

    // When this grain was lost with its silo, all who followed it come within this time, and whoever has most goes on.
    private static readonly TimeSpan AllAreBack = TimeSpan.FromSeconds(2);

    // Nobody follows any more what was left so long ago.
    private static readonly TimeSpan IsForgotten = 2 * Silence;
    private List<SharedPiece> _pieces = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _gathering;
    private Guid _leader;
    private SiloAddress _silo = SiloAddress.Zero;
    private Provenance? _source;
    private SharedState _state = SharedState.Left;
    private long _heardAt;

    private SharedState State => _state == SharedState.Given && (time.GetElapsedTime(_heardAt) >= Silence || silos.IsDeadSilo(_silo)) ? SharedState.Left : _state;

    public async Task<SharedLead> Lead(Guid caller, string holder, ImmutableArray<SharedPiece> have, bool gives)
    {
        if (gives && _leader != Guid.Empty)
        {
            return new SharedLead(true, have);
        }

        if (!gives && State == SharedState.Left && (_gathering is not null || have.Length > _pieces.Count))
        {
            _pieces = have.Length > _pieces.Count ? [.. have] : _pieces;
            await (_gathering ??= Task.Delay(AllAreBack, time));
        }

        if (State == SharedState.Given || (State != SharedState.Left && !have.IsEmpty))
        {
            // Who has more than what is gone on with gives its own to its end.
            return new SharedLead(have.Length > _pieces.Count, have);
        }

        // What was stopped by who gave it is begun anew; what is only lost with its silo goes on.
        if (have.IsEmpty && (_state != SharedState.Given || time.GetElapsedTime(_heardAt) > IsForgotten))
        {
            _pieces = [];
        }

        _pieces = have.Length > _pieces.Count ? [.. have] : _pieces;
        (_leader, _silo, _source, _state, _gathering) = (caller, SiloAddress.FromParsableString(holder), null, SharedState.Given, null);
        Tell();
        return new SharedLead(true, [.. _pieces]);
    }

    public Task<bool> Add(Guid caller, SharedPiece piece)
    {
        if (caller != _leader)
        {
            return Task.FromResult(false);
        }

        if (_state == SharedState.Given)
        {
            _pieces.Add(piece);
            Tell();
        }

        return Task.FromResult(true);
    }

    public Task End(Guid caller, Provenance? source) => Become(caller, source is null ? SharedState.Failed : SharedState.Whole, source);

    public Task Leave(Guid caller) => Become(caller, SharedState.Left, null);

    public async Task<SharedSlice> Read(int after)
    {
        if (_pieces.Count <= after && State == SharedState.Given)
        {
            await _news.Task.WaitAsync(ReadWaits, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        return new SharedSlice([.. _pieces.Skip(after)], _source, State);
    }

    private Task Become(Guid caller, SharedState state, Provenance? source)
    {
        if (caller == _leader && _state == SharedState.Given)
        {
            (_state, _source) = (state, source);
            Tell();
        }

        return Task.CompletedTask;
    }

    private void Tell()
    {
        _heardAt = time.GetTimestamp();
        var news = _news;
        _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
        news.SetResult();
    }
}
