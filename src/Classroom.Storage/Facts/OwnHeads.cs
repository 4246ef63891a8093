namespace Classroom.Storage;

/// <summary>
/// Where this process left the streams that it writes, so that the next append needs no look at them. A head in here may be old (another
/// process wrote): the table's key finds that out. Used by the one writer of a log.
/// </summary>
internal sealed class OwnHeads
{
    private const int Most = 20_000;
    private readonly Dictionary<string, Head> _heads = new(StringComparer.Ordinal);

    /// <summary>What the batch leads to when each of its appends follows what is known; else null.</summary>
    public Judgement? Continued(IReadOnlyList<PendingAppend> batch)
    {
        var heads = new Dictionary<string, Head>(batch.Count, StringComparer.Ordinal);
        foreach (var append in batch)
        {
            if (append.Facts.Count == 0 || !_heads.TryGetValue(append.Stream, out var head))
            {
                return null;
            }

            heads[append.Stream] = head;
        }

        var judged = Judgement.Of(batch, heads, []);
        return Array.TrueForAll(judged.Results, static r => r.Status == AppendStatus.Appended) ? judged : null;
    }

    /// <summary>Where this process left the streams of the batch that it knows.</summary>
    public Dictionary<string, Head> Known(IReadOnlyList<PendingAppend> batch)
    {
        var known = new Dictionary<string, Head>(batch.Count, StringComparer.Ordinal);
        foreach (var append in batch)
        {
            if (_heads.TryGetValue(append.Stream, out var head))
            {
                known[append.Stream] = head;
            }
        }

        return known;
    }

    public void Note(List<ChainedFact> committed)
    {
        if (_heads.Count > Most)
        {
            _heads.Clear();
        }

        foreach (var fact in committed)
        {
            _heads[fact.Stream] = new Head(fact.Version, fact.Hash);
        }
    }

    public void Forget(IReadOnlyList<PendingAppend> batch)
    {
        foreach (var append in batch)
        {
            _heads.Remove(append.Stream);
        }
    }
}
