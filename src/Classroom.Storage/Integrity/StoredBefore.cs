using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Classroom.Storage;

/// <summary>
/// Compares a database with what the checkpoints say was stored, before anything is written to it: is it there, is it whole, does it end where it was
/// left? Reads only, also beside a log of SQLite that is damaged: a repair needs it as it is.
/// </summary>
public static class StoredBefore
{
    /// <param name="whole">How long it may take to look whether an SQLite file is whole; <paramref name="unfinished"/> is called when that was not enough.</param>
    /// <returns>Null when it is the database that was written.</returns>
    /// <exception cref="DbException">It does not answer.</exception>
    public static async Task<DatabaseDiffersException?> FindAsync(
        DatabaseSettings settings, IReadOnlyList<KnownHead> known, TimeSpan whole, Action unfinished, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(known);
        var setting = settings.Postgres is null ? "Data:Folder" : "ConnectionStrings:Postgres";
        if (settings.Postgres is null && !File.Exists(settings.File))
        {
            return known is [.., var last] ? Missing(setting, last) : null;
        }

        await using var connection = ConnectionTo(settings);
        try
        {
            await connection.OpenAsync(cancellationToken);
            if (connection is SqliteConnection sqlite && Damage(sqlite, whole, unfinished) is { } damage)
            {
                return Damaged(damage, null);
            }

            return known is [.., var newest] ? await CompareAsync(connection, setting, known, newest, cancellationToken) : null;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB)
        {
            return Damaged(e.Message, e);
        }
    }

    /// <summary>Whether no fact is stored, or there is no database yet. None is made.</summary>
    /// <exception cref="DbException">It does not answer.</exception>
    public static async Task<bool> IsEmptyAsync(DatabaseSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Postgres is null && !File.Exists(settings.File))
        {
            return true;
        }

        await using var connection = ConnectionTo(settings);
        await connection.OpenAsync(cancellationToken);
        if (!await HasFactsTableAsync(connection, cancellationToken))
        {
            return true;
        }

        await using var any = Sql.Of(connection, "select stream from facts limit 1");
        return await any.ExecuteScalarAsync(cancellationToken) is null;
    }

    /// <summary>What is said of an empty database beside keys that were used.</summary>
    public static DatabaseDiffersException EmptyBeside(KnownKeys keys, DatabaseSettings settings, string folder)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(settings);
        var (setting, place) = settings.Postgres is null ? ("Data:Folder", " in " + folder) : ("ConnectionStrings:Postgres", "");
        return new(DatabaseFault.Missing, string.Create(CultureInfo.InvariantCulture,
            $"{setting}: there is no database, or nothing in it,{place} where the key store has {keys.Count} keys of what was written: the setting may name the wrong one. {Remedy}"));
    }

    private static DbConnection ConnectionTo(DatabaseSettings settings) => settings.Postgres is { } postgres
        ? new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres) { Pooling = false }.ToString())
        : new SqliteConnection(new SqliteConnectionStringBuilder(settings.Sqlite) { Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());

    private static async Task<bool> HasFactsTableAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var any = Sql.Of(connection, connection is SqliteConnection
            ? "select count(*) from sqlite_master where name = 'facts'" : "select count(*) from pg_class where oid = to_regclass('facts')");
        return Convert.ToInt64(await any.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture) > 0;
    }

    private static async Task<DatabaseDiffersException?> CompareAsync(
        DbConnection connection, string setting, IReadOnlyList<KnownHead> known, KnownHead newest, CancellationToken cancellationToken)
    {
        if (!await HasFactsTableAsync(connection, cancellationToken))
        {
            return Missing(setting, newest);
        }

        var found = connection is NpgsqlConnection postgres ? await FindAllAsync(postgres, known, cancellationToken) : FindEach(connection, known);
        for (var i = known.Count - 1; i >= 0; i--)
        {
            var head = known[i];
            switch (found[i])
            {
                case { } hash when hash.AsSpan().SequenceEqual(head.Hash):
                    continue;
                case null:
                    await using (var empty = Sql.Of(connection, "select stream from facts limit 1"))
                    {
                        return await empty.ExecuteScalarAsync(cancellationToken) is null ? Missing(setting, newest) : new(
                            DatabaseFault.Older, $"{setting}: the database is older than what this server has stored: {Named(head)} is not in it. "
                            + "A backup was restored, or the end of it was lost. " + Remedy);
                    }

                default:
                    return new(DatabaseFault.Another, $"{setting}: the database is another one than this server has written: it holds something else where {Named(head)} was stored. " + Remedy);
            }
        }

        return null;
    }

    // One question for all: each has its way to the server. A subquery a row, so that each is looked up by the key, however many there are.
    private static async Task<byte[]?[]> FindAllAsync(NpgsqlConnection connection, IReadOnlyList<KnownHead> known, CancellationToken cancellationToken)
    {
        await using var look = Sql.Of(
            connection,
            """
            select (select hash from facts f where f.stream = w.stream and f.version = w.version)
            from unnest(@streams, @versions) with ordinality as w(stream, version, number) order by w.number
            """,
            ("@streams", known.Select(h => h.Stream).ToArray()), ("@versions", known.Select(h => h.Version).ToArray()));
        await using var reader = await look.ExecuteReaderAsync(cancellationToken);
        var found = new byte[]?[known.Count];
        for (var i = 0; await reader.ReadAsync(cancellationToken); i++)
        {
            found[i] = await reader.IsDBNullAsync(0, cancellationToken) ? null : await reader.GetFieldValueAsync<byte[]>(0, cancellationToken);
        }

        return found;
    }

    private static byte[]?[] FindEach(DbConnection connection, IReadOnlyList<KnownHead> known)
    {
        using var look = Sql.Of(connection, "select hash from facts where stream = @stream and version = @version", ("@stream", ""), ("@version", 0L));
        var found = new byte[]?[known.Count];
        for (var i = 0; i < found.Length; i++)
        {
            (look.Parameters[0].Value, look.Parameters[1].Value) = (known[i].Stream, known[i].Version);
            found[i] = look.ExecuteScalar() as byte[];
        }

        return found;
    }

    private const string Remedy =
        "Nothing is opened or saved. Put the right database or its newest backup there and start again; if this one is meant, run `Classroom.Silo accept-database` first.";

    private static string Named(KnownHead head) =>
        string.Create(CultureInfo.InvariantCulture, $"fact {head.Version} of {head.Stream} ({head.Time.UtcDateTime:u})");

    private static DatabaseDiffersException Missing(string setting, KnownHead newest) => new(
        DatabaseFault.Missing, $"{setting}: there is no database, or nothing in it, where this server has stored {Named(newest)}. " + Remedy);

    private static DatabaseDiffersException Damaged(string what, Exception? inner) => new(
        DatabaseFault.Damaged, $"Data:Folder: the database is damaged ({what.ReplaceLineEndings(" ").TrimEnd('.', ' ')}). "
        + "Nothing is opened or saved. Restore the newest backup and start again; the damaged files are left as they are.", inner);

    /// <returns>What is wrong; null when nothing was found in that time.</returns>
    private static string? Damage(SqliteConnection connection, TimeSpan whole, Action unfinished)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "pragma quick_check(1)";
        var limit = new Timer(_ => SQLitePCL.raw.sqlite3_interrupt(connection.Handle), null, whole, Timeout.InfiniteTimeSpan);
        try
        {
            return command.ExecuteScalar() as string is var said && said is "ok" ? null : said ?? "it cannot be checked";
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_INTERRUPT)
        {
            unfinished();
            return null;
        }
        finally
        {
            // The handle is not interrupted after this, nor once it is closed.
            using var stopped = new ManualResetEvent(false);
            if (limit.Dispose(stopped))
            {
                stopped.WaitOne();
            }
        }
    }
}
