using Classroom.Storage;

namespace Classroom.Silo.Hosting.Telemetry;

/// <summary>The log, with a span for each append while somebody traces.</summary>
public sealed class MeasuredLog(IFactLog log) : IFactLog
{
    public int Waiting => log.Waiting;

    public async Task<AppendResult> AppendAsync(
        string stream, long expectedVersion, Guid commandId, IReadOnlyList<NewFact> facts, CancellationToken cancellationToken)
    {
        using var span = Instruments.Source.StartActivity("log append");
        var result = await log.AppendAsync(stream, expectedVersion, commandId, facts, cancellationToken);
        span?.SetTag("ortaq.stream", NameOf(stream)).SetTag("ortaq.facts", facts.Count).SetTag("ortaq.status", result.Status.ToString());
        if (result.Status == AppendStatus.Appended)
        {
            Count(facts);
        }

        return result;
    }

    public IAsyncEnumerable<StoredFact> ReadAsync(string stream, long after, CancellationToken cancellationToken) =>
        log.ReadAsync(stream, after, cancellationToken);

    public Task SaveSnapshotAsync(string stream, StoredSnapshot snapshot, CancellationToken cancellationToken) =>
        log.SaveSnapshotAsync(stream, snapshot, cancellationToken);

    public Task<StoredSnapshot?> LoadSnapshotAsync(string stream, CancellationToken cancellationToken) =>
        log.LoadSnapshotAsync(stream, cancellationToken);

    // A name leaves only where an id stands in it: the stream of a join code is named by the code, and whoever has one comes in.
    private static string NameOf(string stream)
    {
        var kind = stream.IndexOf('/', StringComparison.Ordinal);
        return kind < 0 || Guid.TryParse(stream.AsSpan(kind + 1), out _) ? stream : stream[..kind];
    }

    private static void Count(IReadOnlyList<NewFact> facts)
    {
        foreach (var fact in facts)
        {
            // A teacher who tried the product with a scripted class held no lesson. What a person wrote comes with its quotes escaped.
            if (fact.Body.Contains("\"rehearsal\":true", StringComparison.Ordinal))
            {
                continue;
            }

            if (fact.Name.StartsWith("lesson-started.", StringComparison.Ordinal))
            {
                Instruments.LessonsStarted.Add(1);
            }
            else if (fact.Name.StartsWith("lesson-ended.", StringComparison.Ordinal))
            {
                Instruments.LessonsEnded.Add(1);
            }
        }
    }
}
