using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace Classroom.Storage;

/// <param name="State">running, done, stopped or broken (who ran it is gone, no model answered, or it failed).</param>
/// <param name="Holder">The silo that runs it.</param>
/// <param name="Summary">JSON of what came of it; null where nothing did.</param>
public sealed record AuditRow(Guid Id, DateTimeOffset StartedAt, string State, string Holder, string? Summary);

/// <summary>Audits of the tutor and their dossiers, where every silo reads them. Older ones than the last few are let go.</summary>
public sealed class AuditStore(DatabaseSettings settings, NpgsqlDataSource? source = null)
{
    /// <summary>So many dossiers are kept.</summary>
    public const int Kept = 5;

    private const string Columns = "id, started_at, state, holder, summary";

    public async Task AddAsync(AuditRow row, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(
            connection, "insert into audits (id, started_at, state, holder) values (@id, @at, @state, @holder)", ("@id", Id(row.Id)), ("@at", Stored(row.StartedAt)), ("@state", row.State), ("@holder", row.Holder));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>How a running one ended. One that has ended is left as it is.</summary>
    public async Task EndAsync(Guid id, string state, string? summary, byte[]? dossier, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(
            connection, "update audits set state = @state, summary = @summary, dossier = @dossier where id = @id and state = 'running'",
            ("@id", Id(id)), ("@state", state), ("@summary", (object?)summary ?? DBNull.Value), ("@dossier", (object?)dossier ?? DBNull.Value));
        await command.ExecuteNonQueryAsync(cancellationToken);
        await using var sweep = Sql.Of(
            connection,
            $"""
            delete from audits where state <> 'running' and id not in (select id from audits where state = 'done' order by started_at desc limit {Kept})
            and id not in (select id from audits order by started_at desc limit 1)
            """);
        await sweep.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The newest first.</summary>
    public async Task<ImmutableArray<AuditRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(connection, $"select {Columns} from audits order by started_at desc limit 20");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = ImmutableArray.CreateBuilder<AuditRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new AuditRow(
                source is null ? Guid.Parse(reader.GetString(0)) : reader.GetGuid(0),
                source is null ? DateTimeOffset.Parse(reader.GetString(1), CultureInfo.InvariantCulture) : reader.GetFieldValue<DateTimeOffset>(1),
                reader.GetString(2), reader.GetString(3), await reader.IsDBNullAsync(4, cancellationToken) ? null : reader.GetString(4)));
        }

        return rows.ToImmutable();
    }

    /// <returns>The zip; null: there is none.</returns>
    public async Task<byte[]?> DossierAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(connection, "select dossier from audits where id = @id", ("@id", Id(id)));
        return await command.ExecuteScalarAsync(cancellationToken) as byte[];
    }

    private object Id(Guid id) => source is null ? id.ToString() : id;

    private object Stored(DateTimeOffset at) => source is null ? at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) : at.ToUniversalTime();

    private async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        source is null ? SqliteFiles.Open(settings.Sqlite, settings.Own) : await source.OpenConnectionAsync(cancellationToken);
}
