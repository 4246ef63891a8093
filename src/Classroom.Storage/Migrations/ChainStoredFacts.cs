using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Classroom.Storage;

/// <summary>
/// The step within migration 0004 that SQL cannot do: gives the facts of an older database their hashes. Reads a page at a time, so that a
/// country's log does not have to fit in memory, and cuts times to whole microseconds, which is what is hashed.
/// </summary>
internal static class ChainStoredFacts
{
    /// <summary>Where in the script this runs.</summary>
    public const string Marker = "-- step: chain the stored facts";

    private const int Page = 500;

    /// <exception cref="InvalidOperationException">A fact cannot be read.</exception>
    public static async Task RunAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
    {
        var (stream, version, previous) = ("", long.MinValue, FactHash.None.ToArray());
        while (await ReadAsync(connection, transaction, stream, version, cancellationToken) is { Count: > 0 } page)
        {
            var hashes = new byte[page.Count][];
            for (var i = 0; i < page.Count; i++)
            {
                hashes[i] = previous = page[i].HashAfter(page[i].Stream == stream ? previous : FactHash.None);
                (stream, version) = (page[i].Stream, page[i].Version);
            }

            await (connection is NpgsqlConnection postgres
                ? UpdateAsync(postgres, page, hashes, cancellationToken) : MoveAsync(connection, transaction, page, hashes, cancellationToken));
        }
    }

    private static async Task<List<FactRow>> ReadAsync(
        DbConnection connection, DbTransaction transaction, string stream, long version, CancellationToken cancellationToken)
    {
        await using var command = Command(
            connection, transaction,
            $"select {FactRow.Columns} from facts where (stream, version) > (@stream, @version) order by stream, version limit @page",
            ("@stream", stream), ("@version", version), ("@page", Page));
        var rows = new List<FactRow>(Page);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = FactRow.TryRead(reader)
                ?? throw new InvalidOperationException($"Fact {reader.GetInt64(1)} of {reader.GetString(0)} cannot be read.");
            rows.Add(row with { At = FactHash.Kept(row.At) });
        }

        return rows;
    }

    private static async Task UpdateAsync(NpgsqlConnection connection, List<FactRow> page, byte[][] hashes, CancellationToken cancellationToken)
    {
        await using var update = new NpgsqlCommand(
            """
            update facts set hash = w.hash from unnest($1, $2, $3) as w(stream, version, hash)
            where facts.stream = w.stream and facts.version = w.version
            """, connection);
        update.CommandTimeout = 0;
        Add(NpgsqlDbType.Text, page.Select(r => r.Stream).ToArray());
        Add(NpgsqlDbType.Bigint, page.Select(r => r.Version).ToArray());
        Add(NpgsqlDbType.Bytea, hashes);
        await update.ExecuteNonQueryAsync(cancellationToken);

        void Add(NpgsqlDbType type, object value) => update.Parameters.Add(new() { Value = value, NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    private static async Task MoveAsync(
        DbConnection connection, DbTransaction transaction, List<FactRow> page, byte[][] hashes, CancellationToken cancellationToken)
    {
        for (var i = 0; i < page.Count; i++)
        {
            var row = page[i];
            await using var insert = Command(
                connection, transaction,
                "insert into facts_chained values (@stream, @version, @command, @name, @actor, @at, @body, @hash)",
                ("@stream", row.Stream), ("@version", row.Version), ("@command", SqliteWriter.Text(row.CommandId)), ("@name", row.Name),
                ("@actor", row.Actor), ("@at", SqliteWriter.Text(row.At)), ("@body", row.Body), ("@hash", hashes[i]));
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static DbCommand Command(
        DbConnection connection, DbTransaction transaction, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = Sql.Of(connection, sql, values);
        (command.Transaction, command.CommandTimeout) = (transaction, 0);
        return command;
    }
}
