using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace Classroom.Storage;

/// <param name="Body">The fact's JSON: ability, kind, category, step, student id. Holds no text of a child.</param>
public sealed record RegisteredIncident(string Lesson, DateTimeOffset At, string Body);

/// <summary>Incidents of all lessons, newest first: a reading of the facts, nothing stored beside them.</summary>
public sealed class IncidentRegister(DatabaseSettings settings, NpgsqlDataSource? source = null)
{
    public const int MaxRows = 1000;

    public async Task<IReadOnlyList<RegisteredIncident>> ReadAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using DbConnection connection = source is null
            ? SqliteFiles.Open(settings.Sqlite, settings.Own) : await source.OpenConnectionAsync(cancellationToken);
        await using var command = Sql.Of(
            connection, "select stream, at, body from facts where name = 'incident-recorded.1' and at >= @since order by at desc limit 1000",
            ("@since", source is null ? since.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) : since.ToUniversalTime()));
        var rows = new List<RegisteredIncident>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var at = source is null
                ? DateTimeOffset.Parse(reader.GetString(1), CultureInfo.InvariantCulture) : await reader.GetFieldValueAsync<DateTimeOffset>(1, cancellationToken);
            rows.Add(new RegisteredIncident(reader.GetString(0), at, reader.GetString(2)));
        }

        return rows;
    }
}
