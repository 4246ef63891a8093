namespace Classroom.Storage;

/// <summary>A fact with its place and its hash, ready to be written. <see cref="NewFact.At"/> is cut to what both databases keep.</summary>
internal readonly record struct ChainedFact(string Stream, long Version, Guid CommandId, NewFact Fact, byte[] Hash);

/// <summary>
/// What each append of a batch may do, given the streams' heads and the commands already stored.
/// </summary>
/// <param name="Results">One per append, in order.</param>
/// <param name="Rows">The facts of those that are <see cref="AppendStatus.Appended"/>, each chained to the one before it.</param>
internal sealed record Judgement(AppendResult[] Results, List<ChainedFact> Rows)
{
    public static Judgement Of(
        IReadOnlyList<PendingAppend> batch, Dictionary<string, Head> heads, Dictionary<(string, Guid), long> commands)
    {
        var (results, rows) = (new AppendResult[batch.Count], new List<ChainedFact>(batch.Count));
        for (var i = 0; i < batch.Count; i++)
        {
            var (stream, expected, command) = (batch[i].Stream, batch[i].ExpectedVersion, batch[i].CommandId);
            var head = heads.GetValueOrDefault(stream);
            if (commands.TryGetValue((stream, command), out var stored))
            {
                results[i] = new(AppendStatus.Repeated, stored);
            }
            else if (head.Version != expected)
            {
                results[i] = new(AppendStatus.Conflict, head.Version);
            }
            else
            {
                head = Chain(batch[i], head, rows);
                (heads[stream], commands[(stream, command)]) = (head, head.Version);
                results[i] = new(AppendStatus.Appended, head.Version);
            }
        }

        return new(results, rows);
    }

    private static Head Chain(PendingAppend append, Head head, List<ChainedFact> rows)
    {
        for (var i = 0; i < append.Facts.Count; i++)
        {
            var fact = append.Facts[i] with { At = FactHash.Kept(append.Facts[i].At) };
            var version = head.Version + 1;
            var hash = FactHash.Of(
                head.Hash ?? FactHash.None, append.Stream, version, append.CommandId, fact.Name, fact.Actor, fact.At, fact.Body);
            rows.Add(new ChainedFact(append.Stream, version, append.CommandId, fact, hash));
            head = new Head(version, hash);
        }

        return head;
    }
}
