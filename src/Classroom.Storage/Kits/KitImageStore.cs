using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace Classroom.Storage;

/// <param name="Hash">SHA-256 of the bytes, lower-case hex.</param>
/// <param name="Type">The media type.</param>
public sealed record StoredImage(string Hash, string Type, ReadOnlyMemory<byte> Bytes);

/// <summary>
/// Pictures of kits, in table <c>kit_images</c>, by their hash. They stay: a lesson's first fact names them for as long as it is kept, and a kit's
/// next edition mostly has the same ones.
/// </summary>
public sealed class KitImageStore(DatabaseSettings settings, TimeProvider time, NpgsqlDataSource? source = null)
{
    // What this process knows to be there: a kit is opened again and again.
    private readonly ConcurrentDictionary<string, bool> _there = new(StringComparer.Ordinal);

    /// <summary>Keeps those that are not kept yet. Two processes may add the same at once.</summary>
    public async Task AddAsync(IEnumerable<StoredImage> images, CancellationToken cancellationToken)
    {
        var missing = images.Where(i => !_there.ContainsKey(i.Hash)).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        await using var connection = await OpenAsync(cancellationToken);
        foreach (var image in missing)
        {
            await using var insert = Sql.Of(
                connection, "insert into kit_images (hash, type, bytes, added_at) values (@hash, @type, @bytes, @at) on conflict (hash) do nothing",
                ("@hash", image.Hash), ("@type", image.Type), ("@bytes", image.Bytes.ToArray()), ("@at", Stored(time.GetUtcNow())));
            await insert.ExecuteNonQueryAsync(cancellationToken);
            _there[image.Hash] = true;
        }
    }

    /// <returns>Null when no lesson was opened with it.</returns>
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
