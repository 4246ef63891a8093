using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace Classroom.Storage;

/// <summary>
/// The facts that somebody was forgotten, read at a start, before anything is served: an older copy of the key store has the keys of those who were forgotten
/// since. The store notes how many of these facts it knows and until when, so that a start reads those of later only; where their number is another, as
/// after a clock was set back or another database was put there, it reads them all. Facts of other kinds are not read (index <c>facts_forgotten</c>).
/// </summary>
public static class ForgottenFacts
{
    private const string Prefix = "classroom/";
    private const int Page = 500;

    // As the index has it, letter by letter; it is not found otherwise. The access log has facts of that name too.
    private const string Which = $"from facts where name = 'student-forgotten.1' and stream like '{Prefix}%'";
    internal const string Later = $"select stream, body, at {Which} and at > @until";
    internal const string Counted = $"select count(*) {Which} and at <= @until";

    /// <returns>Of how many children the store did not know that they were forgotten.</returns>
    public static async Task<int> DestroyKeysAsync(DatabaseSettings settings, IKeyStore store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(store);
        await using DbConnection connection = settings.Postgres is { } postgres ? new NpgsqlConnection(postgres) : SqliteFiles.Open(settings.Sqlite, settings.Own);
        if (connection is NpgsqlConnection)
        {
            await connection.OpenAsync(cancellationToken);
        }

        var noted = await store.ForgottenAsync(cancellationToken);
        if (noted.Count > 0 && await CountAsync(connection, noted.Until, cancellationToken) != noted.Count)
        {
            noted = ForgottenNote.None;
        }

        var (count, until, destroyed, page) = (noted.Count, noted.Until, 0, new List<(Guid Lesson, Guid Child)>(Page));
        await using var command = Sql.Of(connection, Later, ("@until", Parameter(connection, noted.Until)));
        // Once after an upgrade, a Postgres whose index is not built yet reads its whole log.
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            // One whose time is damaged still says who is forgotten; it is not counted, and read at each start.
            if ((connection is NpgsqlConnection ? await reader.GetFieldValueAsync<DateTimeOffset>(2, cancellationToken) : TimeOf(reader.GetString(2))) is { } at)
            {
                (count, until) = (count + 1, at > until ? at : until);
            }

            if (ChildOf(reader.GetString(1)) is { } child && Guid.TryParseExact(reader.GetString(0).AsSpan(Prefix.Length), "D", out var lesson))
            {
                page.Add((lesson, child));
            }

            if (page.Count == Page)
            {
                destroyed += await store.DestroyAsync(page, now, cancellationToken);
                page.Clear();
            }
        }

        destroyed += page.Count > 0 ? await store.DestroyAsync(page, now, cancellationToken) : 0;
        if (count != noted.Count)
        {
            await store.NoteForgottenAsync(new ForgottenNote(count, until), cancellationToken);
        }

        return destroyed;
    }

    private static async Task<long> CountAsync(DbConnection connection, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var command = Sql.Of(connection, Counted, ("@until", Parameter(connection, until)));
        command.CommandTimeout = 0;
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static object Parameter(DbConnection connection, DateTimeOffset at) => connection is NpgsqlConnection ? at : SqliteWriter.Text(at);

    private static DateTimeOffset? TimeOf(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null;

    // A damaged fact names nobody here; its lesson does not load, and verify names it.
    internal static Guid? ChildOf(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("studentId", out var id) && id.ValueKind == JsonValueKind.String
                && id.TryGetGuid(out var child) ? child : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
