using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Classroom.Storage;

/// <summary>A key store as it is found, before anything opens it: opening makes one where there is none.</summary>
/// <param name="Id">The store's own id.</param>
/// <param name="Count">How many keys are in it that are not destroyed.</param>
public sealed record KnownKeys(Guid Id, long Count)
{
    /// <param name="postgres">A connection string, or null for the file.</param>
    /// <param name="file">Where the SQLite file is, or would be.</param>
    /// <returns>Null where there is no key store. None is made.</returns>
    /// <exception cref="DbException">It does not answer, or is none.</exception>
    public static async Task<KnownKeys?> FindAsync(string? postgres, string file, CancellationToken cancellationToken)
    {
        if (postgres is null && !File.Exists(file))
        {
            return null;
        }

        // Not read only: what a crash left half-written is rolled back by whoever reads it.
        await using DbConnection connection = postgres is not null ? new NpgsqlConnection(postgres)
            : new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        await connection.OpenAsync(cancellationToken);
        await using var any = Sql.Of(connection, connection is SqliteConnection
            ? "select count(*) from sqlite_master where name = 'child_keys'" : "select count(*) from pg_class where oid = to_regclass('child_keys')");
        if (Convert.ToInt64(await any.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture) == 0)
        {
            return null;
        }

        await using var read = Sql.Of(connection, "select id, (select count(*) from child_keys where wrapped is not null) from key_store where one = 1");
        await using var reader = await read.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new KnownKeys(Guid.Parse(reader.GetString(0)), reader.GetInt64(1)) : null;
    }
}
