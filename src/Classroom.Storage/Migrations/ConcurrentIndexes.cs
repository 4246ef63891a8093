using Npgsql;

namespace Classroom.Storage;

/// <summary>
/// The indexes on a Postgres log that is in use already, built beside those who append. A migration would build them under a lock that stops every
/// append, those of yesterday's silos too, for as long as it takes to read a country's log. What they speed up works without them, slowly.
/// </summary>
public static class ConcurrentIndexes
{
    private const long LockKey = 0x4f72746172;

    private static readonly (string Name, string On)[] All =
    [
        // A centre's sessions, also those that ended. A pattern and no JSON: a damaged body must neither break the index nor hide from verify.
        // What a person wrote cannot look like it: JSON escapes their quotation marks.
        ("facts_centre", """facts (substring(body from '"centreId":"([0-9a-f-]{36})"'), stream) where name = 'lesson-opened.1'"""),
        ("facts_lesson_started", "facts (at) where name = 'lesson-started.1'"),
        ("facts_forgotten", "facts (at, stream) where name = 'student-forgotten.1'"),
    ];

    /// <summary>Builds those that are missing, and anew what a crash left half-built. Ends when everybody's older transactions have ended.</summary>
    /// <returns>False when another process is at it.</returns>
    public static async Task<bool> BuildAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        if ((await MissingAsync(connection, cancellationToken)).Count == 0)
        {
            return true;
        }

        // Never waited for: who waits has a snapshot, and the builder waits for every snapshot that is older than its own.
        if (!await IsAsync(connection, $"select pg_try_advisory_lock({LockKey})", cancellationToken))
        {
            return false;
        }

        try
        {
            foreach (var (name, on) in await MissingAsync(connection, cancellationToken))
            {
                await RunAsync(connection, "drop index concurrently if exists " + name, cancellationToken);
                await RunAsync(connection, $"create index concurrently {name} on {on}", cancellationToken);
            }
        }
        finally
        {
            if (connection.State == System.Data.ConnectionState.Open)
            {
                await RunAsync(connection, $"select pg_advisory_unlock({LockKey})", CancellationToken.None);
            }
        }

        return true;
    }

    private static async Task<List<(string Name, string On)>> MissingAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var missing = new List<(string Name, string On)>();
        foreach (var index in All)
        {
            if (!await IsAsync(connection, $"select exists (select 1 from pg_index where indexrelid = to_regclass('{index.Name}') and indisvalid)", cancellationToken))
            {
                missing.Add(index);
            }
        }

        return missing;
    }

    private static async Task<bool> IsAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = Sql.Of(connection, sql);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = Sql.Of(connection, sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
