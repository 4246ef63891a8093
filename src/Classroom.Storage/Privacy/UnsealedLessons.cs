using System.Data.Common;
using Npgsql;

namespace Classroom.Storage;

/// <summary>
/// The lessons of before there were keys, as the migration found them. What children wrote in them stands in the clear in the table and in its backups,
/// and no erasure changes that: whoever erases or looks after the server is told so.
/// </summary>
public sealed class UnsealedLessons(DatabaseSettings settings, NpgsqlDataSource? source = null)
{
    private const string Prefix = "classroom/";

    // Only a migration adds any, and that is before the server serves.
    private long? _count;

    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        if (_count is { } known)
        {
            return known;
        }

        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(connection, "select count(*) from unsealed_lessons");
        var count = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        _count = count;
        return count;
    }

    public async Task<bool> HasAsync(Guid lesson, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(connection, "select count(*) from unsealed_lessons where stream = @stream", ("@stream", Prefix + lesson));
        return (long)(await command.ExecuteScalarAsync(cancellationToken))! > 0;
    }

    /// <summary>Those of which somebody may still be known, in the order of their ids.</summary>
    internal async Task<IReadOnlyList<Guid>> KnownAsync(Guid after, int most, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(
            connection, "select stream from unsealed_lessons where all_forgotten = 0 and stream > @after order by stream limit @most", ("@after", Prefix + after), ("@most", most));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var all = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            all.Add(Guid.Parse(reader.GetString(0).AsSpan(Prefix.Length)));
        }

        return all;
    }

    /// <summary>Nobody of it is known any more: retention need not look at it again.</summary>
    internal async Task AllAreForgottenAsync(Guid lesson, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(connection, "update unsealed_lessons set all_forgotten = 1 where stream = @stream", ("@stream", Prefix + lesson));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        source is null ? SqliteFiles.Open(settings.Sqlite, settings.Own) : await source.OpenConnectionAsync(cancellationToken);
}
