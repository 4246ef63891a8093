using System.Data.Common;
using Npgsql;

namespace Classroom.Storage;

/// <summary>Which sessions were held at a centre, also those that ended: a reading of the facts, by the index of migration 0005.</summary>
public sealed class CentreSessions(DatabaseSettings settings, NpgsqlDataSource? source = null)
{
    private const string Prefix = "classroom/";

    // A teacher who tried the product with a scripted class held no session.
    private const string Real = "body not like '%\"rehearsal\":true%'";

    // As the index has it, letter by letter; it is not found otherwise.
    private string Centre => source is null
        ? "case when json_valid(body) then json_extract(body, '$.opening.centreId') end" : "substring(body from '\"centreId\":\"([0-9a-f-]{36})\"')";

    /// <returns>Classroom ids, oldest first (ids are UUIDv7, which sort by time).</returns>
    public async Task<IReadOnlyList<Guid>> AllAsync(Guid centreId, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(
            connection, $"select stream from facts where name = 'lesson-opened.1' and {Centre} = @centre and {Real} order by stream", ("@centre", centreId.ToString()));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var all = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            all.Add(Guid.Parse(reader.GetString(0).AsSpan(Prefix.Length)));
        }

        return all;
    }

    /// <summary>Whether this session is one of the centre's. One that does not exist is not.</summary>
    public async Task<bool> HasAsync(Guid centreId, Guid classroomId, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(
            connection, $"select 1 from facts where name = 'lesson-opened.1' and {Centre} = @centre and {Real} and stream = @stream",
            ("@centre", centreId.ToString()), ("@stream", $"{Prefix}{classroomId}"));
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    private async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        source is null ? SqliteFiles.Open(settings.Sqlite, settings.Own) : await source.OpenConnectionAsync(cancellationToken);
}
