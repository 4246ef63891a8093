namespace Classroom.Storage;

/// <summary>Where a stream ends: its last version and that fact's hash.</summary>
public readonly record struct Head(long Version, byte[] Hash);

/// <summary>
/// The heads that this process has moved since the last checkpoint. The log's writer tells it after each commit; whoever writes
/// checkpoints takes them.
/// Invariant: a head is in here only when its fact is durable.
/// </summary>
public sealed class ChangedHeads
{
    private readonly Lock _gate = new();
    private Dictionary<string, Head> _heads = new(StringComparer.Ordinal);
    private (string Stream, Head Head)? _newest;

    /// <summary>The fact that was stored last; null when this process has stored none and knows of none.</summary>
    public (string Stream, Head Head)? Newest
    {
        get
        {
            lock (_gate)
            {
                return _newest;
            }
        }
    }

    /// <summary>What was stored before this process, and was found in the database at its start.</summary>
    public void Begin(string stream, Head head)
    {
        lock (_gate)
        {
            _newest ??= (stream, head);
        }
    }

    internal void Note(List<ChainedFact> committed)
    {
        lock (_gate)
        {
            foreach (var fact in committed)
            {
                _heads[fact.Stream] = new Head(fact.Version, fact.Hash);
            }

            if (committed is [.., var last])
            {
                _newest = (last.Stream, new Head(last.Version, last.Hash));
            }
        }
    }

    /// <summary>What changed since the last call; empty when nothing did.</summary>
    public IReadOnlyDictionary<string, Head> Take()
    {
        lock (_gate)
        {
            var taken = _heads;
            _heads = new(StringComparer.Ordinal);
            return taken;
        }
    }

    /// <summary>The checkpoint could not be written: the next one carries these too, unless a stream has moved on.</summary>
    public void PutBack(IReadOnlyDictionary<string, Head> heads)
    {
        ArgumentNullException.ThrowIfNull(heads);
        lock (_gate)
        {
            foreach (var (stream, head) in heads)
            {
                _heads.TryAdd(stream, head);
            }
        }
    }
}
