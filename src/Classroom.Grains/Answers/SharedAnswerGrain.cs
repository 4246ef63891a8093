using Orleans;

namespace Classroom.Grains;

/// <summary>One answer being given. Reentrant: who follows waits in it while who leads adds.</summary>
[Reentrant, CollectionAgeLimit(Minutes = 5)]
public sealed class SharedAnswerGrain(TimeProvider time) : Grain, ISharedAnswerGrain
{
    // A leader whose silo died says nothing more. Longer than the model's own limit between two words.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ReadWaits = TimeSpan.FromSeconds(5);
    private readonly List<SharedPiece> _pieces = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Guid _leader;
    private Provenance? _source;
    private bool _isOver = true;
    private long _heardAt;

    private bool IsGiven => !_isOver && time.GetElapsedTime(_heardAt) < Silence;

    public Task<bool> Lead(Guid caller)
    {
        if (IsGiven)
        {
            return Task.FromResult(false);
        }

        _pieces.Clear();
        (_leader, _source, _isOver, _heardAt) = (caller, null, false, time.GetTimestamp());
        return Task.FromResult(true);
    }

    public Task Add(Guid caller, SharedPiece piece)
    {
        if (caller == _leader && !_isOver)
        {
            _pieces.Add(piece);
            Tell();
        }

        return Task.CompletedTask;
    }

    public Task End(Guid caller, Provenance? source)
    {
        if (caller == _leader && !_isOver)
        {
            (_source, _isOver) = (source, true);
            Tell();
        }

        return Task.CompletedTask;
    }

    public async Task<SharedSlice> Read(int after)
    {
        if (_pieces.Count <= after && IsGiven)
        {
            await _news.Task.WaitAsync(ReadWaits, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        return new SharedSlice([.. _pieces.Skip(after)], _source, !IsGiven);
    }

    private void Tell()
    {
        _heardAt = time.GetTimestamp();
        var news = _news;
        _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
        news.SetResult();
    }
}
