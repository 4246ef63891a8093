using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace Classroom.Storage;

/// <param name="Number">Higher in what came later.</param>
public sealed record KitEdition(long Number, string Id, string Hash);

/// <summary>Kits that came over the wire, in table <c>kits</c>, so that every process offers the same. An edition that lessons may still run on stays.</summary>
public sealed class KitStore(DatabaseSettings settings, TimeProvider time, NpgsqlDataSource? source = null)
{
    // From when another took its place, however old it is: until then lessons began with it. A lesson is reopened for a day at most.
    private static readonly TimeSpan ReplacedStay = TimeSpan.FromDays(30);

    /// <summary>All editions, oldest first.</summary>
    public async Task<IReadOnlyList<KitEdition>> AllAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(connection, "select number, id, hash from kits order by number");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var all = new List<KitEdition>();
        while (await reader.ReadAsync(cancellationToken))
        {
            all.Add(new KitEdition(reader.GetInt64(0), reader.GetString(1), reader.GetString(2)));
        }

        return all;
    }

    /// <returns>Null when it is no longer kept.</returns>
    public async Task<(string FileName, byte[] Yaml)?> ReadAsync(string id, string hash, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(connection, "select file_name, yaml from kits where id = @id and hash = @hash", ("@id", id), ("@hash", hash));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetString(0), (byte[])reader.GetValue(1)) : null;
    }

    /// <summary>Makes it the newest edition of its kit. The newest again changes nothing; an older one again is the newest.</summary>
    /// <returns>The hash of the edition that was the newest before; null when there was none.</returns>
    public async Task<string?> AddAsync(string id, string hash, string fileName, byte[] yaml, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var connection = await OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var newest = Sql.Of(connection, "select hash from kits where id = @id order by number desc limit 1", ("@id", id));
        newest.Transaction = transaction;
        var before = (string?)await newest.ExecuteScalarAsync(cancellationToken);
        if (before == hash)
        {
            return before;
        }

        await using var old = Sql.Of(
            connection,
            """
            delete from kits where id = @id and (hash = @hash or exists
              (select 1 from kits newer where newer.id = kits.id and newer.number > kits.number and newer.added_at < @long))
            """,
            ("@id", id), ("@hash", hash), ("@long", Stored(now - ReplacedStay)));
        old.Transaction = transaction;
        await old.ExecuteNonQueryAsync(cancellationToken);
        // Two processes that add the same at once: one of them has done it.
        await using var insert = Sql.Of(
            connection, "insert into kits (id, hash, file_name, yaml, added_at) values (@id, @hash, @file, @yaml, @at) on conflict (id, hash) do nothing",
            ("@id", id), ("@hash", hash), ("@file", fileName), ("@yaml", yaml), ("@at", Stored(now)));
        insert.Transaction = transaction;
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return before;
    }

    private async Task<DbConnection> OpenAsync(CancellationToken token) =>
        source is null ? SqliteFiles.Open(settings.Sqlite, settings.Own) : await source.OpenConnectionAsync(token);

    private object Stored(DateTimeOffset at) => source is null ? at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) : at.ToUniversalTime();
}
