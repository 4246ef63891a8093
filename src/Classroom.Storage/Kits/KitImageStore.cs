using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace Classroom.Storage;

/// <param name="Hash">SHA-256 of the bytes, lower-case hex.</param>
/// <param name="Type">The media type.</param>
public sealed record StoredImage(string Hash, string Type, ReadOnlyMemory<byte> Bytes);

/// <summary>
/// Pictures of kits, in table <c>kit_images</c>, by their hash: a lesson shows its own whatever becomes of its kit. Those that no lesson was opened with for
/// more than a school year go; a kit that is still offered has its pictures itself.
/// </summary>
public sealed class KitImageStore(DatabaseSettings settings, TimeProvider time, NpgsqlDataSource? source = null)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(400);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // When this process last wrote it: a kit is opened again and again.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _written = new(StringComparer.Ordinal);

    /// <summary>Keeps those that are not kept yet, for a lesson that is opened now. Two processes may add the same at once.</summary>
    public async Task AddAsync(IEnumerable<StoredImage> images, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var missing = images.Where(i => !_written.TryGetValue(i.Hash, out var at) || now - at >= Day).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        await using var connection = await OpenAsync(cancellationToken);
        foreach (var image in missing)
        {
            await using var insert = Sql.Of(
                connection, "insert into kit_images (hash, type, bytes, added_at) values (@hash, @type, @bytes, @at) on conflict (hash) do update set added_at = excluded.added_at",
                ("@hash", image.Hash), ("@type", image.Type), ("@bytes", image.Bytes.ToArray()), ("@at", Stored(now)));
            await insert.ExecuteNonQueryAsync(cancellationToken);
            _written[image.Hash] = now;
        }

        await using var old = Sql.Of(connection, "delete from kit_images where added_at < @before", ("@before", Stored(now - KeptFor)));
        await old.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>Null when no lesson of the last school year was opened with it.</returns>
    public async Task<StoredImage?> ReadAsync(string hash, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(connection, "select type, bytes from kit_images where hash = @hash", ("@hash", hash));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new StoredImage(hash, reader.GetString(0), (byte[])reader.GetValue(1)) : null;
    }

    private async Task<DbConnection> OpenAsync(CancellationToken token) =>
        source is null ? SqliteFiles.Open(settings.Sqlite, settings.Own) : await source.OpenConnectionAsync(token);

    private object Stored(DateTimeOffset at) => source is null ? at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) : at.ToUniversalTime();
}
