using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace Classroom.Storage;

/// <param name="Lessons">That were started in the time.</param>
/// <param name="Paused">Of these, in which somebody waited too long after the start.</param>
public sealed record SteadyShare(int Lessons, int Paused);

/// <summary>
/// Which lessons had a pause, as every process saw it: a row a lesson, the longest wait of all. The lessons that it is a share of are counted in the
/// log itself, so no process that dies takes one away. Holds nothing of a person.
/// </summary>
public sealed class PauseStore(DatabaseSettings settings, NpgsqlDataSource? source = null)
{
    public async Task AddAsync(Guid classroomId, DateTimeOffset at, TimeSpan waited, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(
            connection,
            $"""
            insert into pauses (stream, last_at, longest_ms) values (@stream, @at, @waited) on conflict (stream) do update
            set last_at = {(source is null ? "max" : "greatest")}(pauses.last_at, excluded.last_at), longest_ms = {(source is null ? "max" : "greatest")}(pauses.longest_ms, excluded.longest_ms)
            """,
            ("@stream", $"classroom/{classroomId}"), ("@at", Stored(at)), ("@waited", (long)waited.TotalMilliseconds));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Of the lessons that were started since then.</summary>
    public async Task<SteadyShare> ShareAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(
            connection,
            """
            select count(*), count(p.stream) from (select stream, min(at) as at from facts where name = 'lesson-started.1' and at >= @since and body not like '%"rehearsal":true%' group by stream) f
            left join pauses p on p.stream = f.stream and p.last_at >= f.at
            """,
            ("@since", Stored(since)));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new SteadyShare((int)reader.GetInt64(0), (int)reader.GetInt64(1));
    }

    private object Stored(DateTimeOffset at) => source is null ? at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) : at.ToUniversalTime();

    private async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        source is null ? SqliteFiles.Open(settings.Sqlite, settings.Own) : await source.OpenConnectionAsync(cancellationToken);
}
