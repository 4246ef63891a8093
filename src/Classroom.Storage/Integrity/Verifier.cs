using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Classroom.Storage;

/// <summary>Walks the whole log once and tells whether it is as it was written. Reads only; memory does not grow with the log.</summary>
public static class Verifier
{
    private const int FirstChained = 4;

    /// <param name="checkpoints">A folder of checkpoint files; null when there are none to compare with.</param>
    /// <param name="personal">To say how many lessons hold something of children that is not sealed; null: it is not asked.</param>
    /// <exception cref="DbException">The database cannot be read.</exception>
    /// <exception cref="IOException">The checkpoints cannot be read.</exception>
    /// <exception cref="InvalidOperationException">The database's schema is older or newer than what can be verified.</exception>
    public static async Task<Verification> RunAsync(
        DatabaseSettings settings, string? checkpoints, CancellationToken cancellationToken, PersonalFields? personal = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var (findings, notes, broken) = (new List<Finding>(), new List<string>(), 0L);
        // Checkpoints first: what they know was durable before they were written, so the log as read afterwards must have it.
        using var known = new KnownHeads();
        if (checkpoints is not null)
        {
            known.Read(checkpoints, Tell, notes.Add);
        }

        await using DbConnection connection = settings.Postgres is { } postgres
            ? new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres) { Pooling = false }.ToString())
            : new SqliteConnection(new SqliteConnectionStringBuilder(settings.Sqlite) { Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await connection.OpenAsync(cancellationToken);
        if (connection is NpgsqlConnection)
        {
            await using var promise = connection.CreateCommand();
            promise.CommandText = "set session characteristics as transaction read only";
            await promise.ExecuteNonQueryAsync(cancellationToken);
        }

        await RequireSchemaAsync(connection, cancellationToken);
        using var walk = new LogWalk(known, Tell);
        var open = await WalkAsync(connection, walk, personal, cancellationToken);
        var digest = walk.End();
        if (walk.EndsBefore is { } time)
        {
            notes.Add($"The log ends before the checkpoint of {time.ToUniversalTime().ToString("u", CultureInfo.InvariantCulture)}: "
                + "as after restoring a backup that is older than that checkpoint, or after somebody cut it off.");
        }

        if (open > 0)
        {
            notes.Add($"{open} lessons hold what children wrote in the clear, from before it was sealed: "
                + "erasing takes that out of all that the program shows and hands out, and not out of the table and its backups.");
        }

        return new Verification(walk.Streams, walk.Facts, known.Checkpoints, known.Files, digest, findings, broken, notes);

        void Tell(Finding finding)
        {
            if (++broken <= Verification.MaxFindings)
            {
                findings.Add(finding);
            }
        }
    }

    /// <returns>How many streams hold a personal fact that is not sealed.</returns>
    private static async Task<long> WalkAsync(DbConnection connection, LogWalk walk, PersonalFields? personal, CancellationToken cancellationToken)
    {
        var (open, last) = (0L, "");
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = connection is NpgsqlConnection
            ? $"select {FactRow.Columns}, hash from facts order by stream collate \"C\", version"
            : $"select {FactRow.Columns}, hash from facts order by stream, version";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = FactRow.TryRead(reader);
            walk.Next(reader.GetString(0), reader.GetInt64(1), row, reader.GetValue(7) as byte[] ?? []);
            if (row is not null && row.Stream != last && personal?.AreOpenIn(row.Name, row.Body) == true)
            {
                (open, last) = (open + 1, row.Stream);
            }
        }

        return open;
    }

    private static async Task RequireSchemaAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "select coalesce(max(number), 0) from schema_version";
        var schema = Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
        if (schema < FirstChained || schema > Migrator.Newest)
        {
            throw new InvalidOperationException(schema < FirstChained
                ? $"The database is at schema {schema}; facts are chained from {FirstChained} on: start the server once, it brings the database up to date."
                : $"The database is at schema {schema}, this program knows {Migrator.Newest}: verify with the newer program.");
        }
    }
}
