using System.Collections.Immutable;
using System.Data.Common;
using Npgsql;

namespace Classroom.Storage;

/// <param name="Source">A provider, or what else gave answers.</param>
/// <param name="Input">In tokens.</param>
/// <param name="Output">In tokens.</param>
public sealed record TutorCount(string Source, long Answers, long Input, long Output);

/// <summary>
/// What the tutor gave and used on a day. Each run of the program keeps its own totals, so that storing them twice counts nothing twice, and what
/// a run had stored stays when it dies; the day is the sum of all runs. Holds nothing of a person.
/// </summary>
public sealed class TutorDayStore(DatabaseSettings settings, NpgsqlDataSource? source = null)
{
    /// <param name="run">Which run of the program counted.</param>
    /// <param name="counts">Its totals of this day so far.</param>
    public async Task SaveAsync(string day, Guid run, IEnumerable<TutorCount> counts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(counts);
        await using var connection = await OpenAsync(cancellationToken);
        foreach (var count in counts)
        {
            await using var command = Sql.Of(
                connection,
                """
                insert into tutor_days (day, run, source, answers, input, output) values (@day, @run, @source, @answers, @input, @output)
                on conflict (day, run, source) do update set answers = excluded.answers, input = excluded.input, output = excluded.output
                """,
                ("@day", day), ("@run", run.ToString("N")), ("@source", count.Source), ("@answers", count.Answers), ("@input", count.Input), ("@output", count.Output));
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>All runs together.</summary>
    public async Task<ImmutableArray<TutorCount>> OfAsync(string day, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(
            connection,
            """
            select source, cast(sum(answers) as bigint), cast(sum(input) as bigint), cast(sum(output) as bigint) from tutor_days where day = @day group by source order by source
            """,
            ("@day", day));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var counts = ImmutableArray.CreateBuilder<TutorCount>();
        while (await reader.ReadAsync(cancellationToken))
        {
            counts.Add(new TutorCount(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)));
        }

        return counts.ToImmutable();
    }

    /// <param name="day">The first one that is kept.</param>
    public async Task ForgetBeforeAsync(string day, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(connection, "delete from tutor_days where day < @day", ("@day", day));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        source is null ? SqliteFiles.Open(settings.Sqlite, settings.Own) : await source.OpenConnectionAsync(cancellationToken);
}
