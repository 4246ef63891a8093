using System.Text.Json;

namespace Classroom.Storage;

/// <summary>
/// The database's own stream in its log: when it began, under an id that no other has, and each time an operator took another for it. So a database is
/// known by its checkpoints though no lesson was held in it yet.
/// </summary>
public static class DatabaseStart
{
    public const string Stream = "database";
    private const string System = """{"role":"system","id":"00000000-0000-0000-0000-000000000000"}""";

    /// <summary>Once in a database's life; of several processes that start on it one writes.</summary>
    /// <exception cref="StorageUnavailableException">It was not stored.</exception>
    public static async Task BeginAsync(this IFactLog log, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(time);
        if (await VersionAsync(log) == 0)
        {
            var id = Guid.CreateVersion7(time.GetUtcNow());
            await log.AppendAsync(Stream, 0, id, [new NewFact("database-begun.1", System, time.GetUtcNow(), JsonSerializer.Serialize(new { id }))], CancellationToken.None);
        }
    }

    /// <summary>The operator takes this database for the right one.</summary>
    /// <param name="fault">How it differed from the one that was written.</param>
    /// <exception cref="StorageUnavailableException">It was not stored.</exception>
    public static async Task AcceptAsync(this IFactLog log, DatabaseFault fault, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(time);
        var body = JsonSerializer.Serialize(new { differed = fault.ToString().ToLowerInvariant() });
        await log.AppendAsync(
            Stream, await VersionAsync(log), Guid.CreateVersion7(time.GetUtcNow()), [new NewFact("database-accepted.1", System, time.GetUtcNow(), body)], CancellationToken.None);
    }

    private static async Task<long> VersionAsync(IFactLog log)
    {
        var version = 0L;
        await foreach (var fact in log.ReadAsync(Stream, 0, CancellationToken.None))
        {
            version = fact.Version;
        }

        return version;
    }
}
