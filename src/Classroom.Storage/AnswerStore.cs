using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Caching.Distributed;
using Npgsql;

namespace Classroom.Storage;

/// <summary>
/// A cache in the database, behind the framework's own seam: answers a model gave once survive a restart and are shared by processes.
/// An entry that is away is only asked for again, so a failing database is a miss here, never an error.
/// </summary>
public sealed class AnswerStore(DatabaseSettings settings, TimeProvider time, NpgsqlDataSource? source = null) : IDistributedCache
{
    public byte[]? Get(string key) => GetAsync(key).GetAwaiter().GetResult();

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        try
        {
            await using var connection = await OpenAsync(token);
            await using var command = Sql.Of(connection, "select body, expires_at from answers where key = @key", ("@key", key));
            await using var reader = await command.ExecuteReaderAsync(token);
            return await reader.ReadAsync(token) && At(reader) > time.GetUtcNow() ? (byte[])reader.GetValue(0) : null;
        }
        catch (DbException)
        {
            return null;
        }
    }

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => SetAsync(key, value, options).GetAwaiter().GetResult();

    public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var now = time.GetUtcNow();
        var expires = options.AbsoluteExpiration ?? now + (options.AbsoluteExpirationRelativeToNow ?? options.SlidingExpiration ?? TimeSpan.FromDays(1));
        try
        {
            await using var connection = await OpenAsync(token);
            await using var write = Sql.Of(
                connection,
                "insert into answers (key, body, expires_at) values (@key, @body, @at) on conflict (key) do update set body = excluded.body, expires_at = excluded.expires_at",
                ("@key", key), ("@body", value), ("@at", Stored(expires)));
            await write.ExecuteNonQueryAsync(token);
            await using var sweep = Sql.Of(connection, "delete from answers where expires_at < @at", ("@at", Stored(now)));
            await sweep.ExecuteNonQueryAsync(token);
        }
        catch (DbException)
        {
            // Not kept: it is asked for again.
        }
    }

    public void Remove(string key) => RemoveAsync(key).GetAwaiter().GetResult();

    public async Task RemoveAsync(string key, CancellationToken token = default)
    {
        await using var connection = await OpenAsync(token);
        await using var command = Sql.Of(connection, "delete from answers where key = @key", ("@key", key));
        await command.ExecuteNonQueryAsync(token);
    }

    public void Refresh(string key) { }

    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

    private async Task<DbConnection> OpenAsync(CancellationToken token) =>
        source is null ? SqliteFiles.Open(settings.Sqlite, settings.Own) : await source.OpenConnectionAsync(token);

    private object Stored(DateTimeOffset at) => source is null ? at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) : at.ToUniversalTime();

    private static DateTimeOffset At(DbDataReader reader) => reader is SqliteDataReader
        ? DateTimeOffset.Parse(reader.GetString(1), CultureInfo.InvariantCulture) : reader.GetFieldValue<DateTimeOffset>(1);
}
