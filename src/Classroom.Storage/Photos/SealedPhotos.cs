using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace Classroom.Storage;

/// <summary>
/// The rows of table <c>photos</c>: bytes that only a child's key opens. Apart from <see cref="PhotoStore"/>, so that the keys can take the rows away with them.
/// </summary>
public sealed class SealedPhotos(DatabaseSettings settings, TimeProvider time, NpgsqlDataSource? source = null)
{
    internal async Task AddAsync(Guid lesson, Guid id, Guid child, byte[] bytes, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var insert = Sql.Of(
            connection, "insert into photos (lesson, id, child, bytes, added_at) values (@lesson, @id, @child, @bytes, @at) on conflict (lesson, id) do nothing",
            ("@lesson", Text(lesson)), ("@id", Text(id)), ("@child", Text(child)), ("@bytes", bytes), ("@at", Stored(time.GetUtcNow())));
        await insert.ExecuteNonQueryAsync(cancellationToken);
    }

    internal async Task<(Guid Child, byte[] Bytes)?> ReadAsync(Guid lesson, Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(connection, "select child, bytes from photos where lesson = @lesson and id = @id", ("@lesson", Text(lesson)), ("@id", Text(id)));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (Guid.Parse(reader.GetString(0)), (byte[])reader.GetValue(1)) : null;
    }

    internal async Task<IReadOnlyList<Guid>> OfChildAsync(Guid lesson, Guid child, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(
            connection, "select id from photos where lesson = @lesson and child = @child order by added_at, id", ("@lesson", Text(lesson)), ("@child", Text(child)));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(Guid.Parse(reader.GetString(0)));
        }

        return ids;
    }

    internal async Task RemoveAsync(Guid lesson, Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(connection, "delete from photos where lesson = @lesson and id = @id", ("@lesson", Text(lesson)), ("@id", Text(id)));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>All of a child: before its key is destroyed, so that whatever stops this is done again with the order.</summary>
    internal async Task EraseAsync(Guid lesson, Guid child, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(connection, "delete from photos where lesson = @lesson and child = @child", ("@lesson", Text(lesson)), ("@child", Text(child)));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<DbConnection> OpenAsync(CancellationToken token) =>
        source is null ? SqliteFiles.Open(settings.Sqlite, settings.Own) : await source.OpenConnectionAsync(token);

    private object Stored(DateTimeOffset at) => source is null ? at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) : at.ToUniversalTime();

    private static string Text(Guid id) => id.ToString("D", CultureInfo.InvariantCulture);
}
