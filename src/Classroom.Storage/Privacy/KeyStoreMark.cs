using System.Data.Common;
using Npgsql;

namespace Classroom.Storage;

/// <summary>Which key store a database of facts is sealed with: noted in it when it is first used, so that a wrong or empty one is found out at the start.</summary>
public static class KeyStoreMark
{
    /// <summary>Whether the database belongs to a key store already.</summary>
    public static async Task<bool> IsSetAsync(DatabaseSettings settings, CancellationToken cancellationToken) => await FindAsync(settings, cancellationToken) is not null;

    /// <returns>The key store that the database belongs to; null when it belongs to none yet.</returns>
    public static async Task<Guid?> FindAsync(DatabaseSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        await using DbConnection connection = settings.Postgres is { } postgres ? new NpgsqlConnection(postgres) : SqliteFiles.Open(settings.Sqlite, settings.Own);
        if (connection is NpgsqlConnection)
        {
            await connection.OpenAsync(cancellationToken);
        }

        await using var read = Sql.Of(connection, "select id from key_store");
        return await read.ExecuteScalarAsync(cancellationToken) is { } id ? Guid.Parse(id.ToString()!) : null;
    }

    /// <returns>False when the database belongs to another key store.</returns>
    public static async Task<bool> IsOfAsync(DatabaseSettings settings, Guid keyStore, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        await using DbConnection connection = settings.Postgres is { } postgres ? new NpgsqlConnection(postgres) : SqliteFiles.Open(settings.Sqlite, settings.Own);
        if (connection is NpgsqlConnection)
        {
            await connection.OpenAsync(cancellationToken);
        }

        // One row: whoever comes second finds it.
        await using var note = Sql.Of(connection, "insert into key_store (id) select @id where not exists (select 1 from key_store) on conflict do nothing", ("@id", keyStore.ToString()));
        await note.ExecuteNonQueryAsync(cancellationToken);
        await using var read = Sql.Of(connection, "select count(*) from key_store where id <> @id", ("@id", keyStore.ToString()));
        return (long)(await read.ExecuteScalarAsync(cancellationToken))! == 0;
    }

    /// <summary>From now on the database belongs to this key store. Keys of cookies and tickets that another master key sealed go.</summary>
    public static async Task ReplaceAsync(DatabaseSettings settings, Guid keyStore, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        await using DbConnection connection = settings.Postgres is { } postgres ? new NpgsqlConnection(postgres) : SqliteFiles.Open(settings.Sqlite, settings.Own);
        if (connection is NpgsqlConnection)
        {
            await connection.OpenAsync(cancellationToken);
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (var sql in new[] { "delete from protection_keys", "delete from key_store", "insert into key_store (id) values (@id)" })
        {
            await using var command = Sql.Of(connection, sql, ("@id", keyStore.ToString()));
            command.Transaction = transaction;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
