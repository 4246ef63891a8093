using System.Globalization;

namespace Classroom.Storage;

/// <param name="Actor">JSON of who did it.</param>
/// <param name="Act">Such as <c>student-exported.1</c>.</param>
/// <param name="About">JSON: the lesson, and the student when it was about one. No word of a child.</param>
public sealed record AccessEntry(DateTimeOffset At, string Actor, string Act, string About);

/// <summary>Who exported, opened or erased what of children: a stream a month in the log, chained and checkpointed like every other.</summary>
public sealed class AccessLog(IFactLog log, TimeProvider time)
{
    private const int MaxRaces = 50;

    /// <summary>To be called before anything is handed out: what is not noted is not given.</summary>
    /// <exception cref="StorageUnavailableException">It is not noted.</exception>
    public async Task AddAsync(string actor, string act, Guid lesson, Guid? student, CancellationToken cancellationToken)
    {
        var (now, id, version) = (time.GetUtcNow(), Guid.CreateVersion7(), 0L);
        var about = student is null ? $$"""{"lesson":"{{lesson}}"}""" : $$"""{"lesson":"{{lesson}}","student":"{{student}}"}""";
        for (var race = 0; race < MaxRaces; race++)
        {
            // Where the stream stands is what the log answers to who does not know.
            var result = await log.AppendAsync(StreamOf(now), version, id, [new NewFact(act, actor, now, about)], cancellationToken);
            if (result.Status != AppendStatus.Conflict)
            {
                return;
            }

            version = result.Version;
        }

        throw new StorageUnavailableException("The access log is written by too many at once.");
    }

    /// <summary>A month's entries, oldest first.</summary>
    public async Task<IReadOnlyList<AccessEntry>> ReadAsync(DateOnly month, CancellationToken cancellationToken)
    {
        var all = new List<AccessEntry>();
        await foreach (var fact in log.ReadAsync(StreamOf(new DateTimeOffset(month.Year, month.Month, 1, 0, 0, 0, TimeSpan.Zero)), 0, cancellationToken))
        {
            all.Add(new AccessEntry(fact.At, fact.Actor, fact.Name, fact.Body));
        }

        return all;
    }

    private static string StreamOf(DateTimeOffset at) => "access/" + at.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
