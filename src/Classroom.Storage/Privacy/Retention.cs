using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace Classroom.Storage;

/// <summary>
/// Finds the lessons of which nothing more may be kept, those of before there were keys too, and orders that each of their children is forgotten. Whoever
/// carries out orders does the rest.
/// </summary>
public sealed class Retention(
    DatabaseSettings settings, IKeyStore keys, UnsealedLessons unsealed, IFactLog log, PersonalFields fields, TimeProvider time, NpgsqlDataSource? source = null)
{
    private const int Page = 200;
    private const long LockKey = 0x4f72746174;

    /// <param name="by">JSON of the actor that orders it.</param>
    /// <param name="reason">As the lessons name it.</param>
    /// <returns>How many children; null when another process is at it.</returns>
    public async Task<int?> OrderAsync(TimeSpan keptFor, string by, string reason, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        if (source is not null && !await IsAsync(connection, $"select pg_try_advisory_lock({LockKey})", cancellationToken))
        {
            return null;
        }

        try
        {
            var (before, after, ordered) = (time.GetUtcNow() - keptFor, Guid.Empty, 0);
            while (await keys.LessonsWithKeysOfBeforeAsync(before, after, Page, cancellationToken) is { Count: > 0 } lessons)
            {
                foreach (var lesson in lessons)
                {
                    // An old seat in a lesson that is still worked on waits for the others.
                    ordered += await LastAsync(connection, lesson, cancellationToken) < before ? await OrderAllAsync(lesson, by, reason, cancellationToken) : 0;
                }

                after = lessons[^1];
            }

            after = Guid.Empty;
            while (await unsealed.KnownAsync(after, Page, cancellationToken) is { Count: > 0 } lessons)
            {
                foreach (var lesson in lessons)
                {
                    ordered += await LastAsync(connection, lesson, cancellationToken) < before ? await OrderUnsealedAsync(lesson, by, reason, cancellationToken) : 0;
                }

                after = lessons[^1];
            }

            return ordered;
        }
        finally
        {
            if (source is not null && connection.State == System.Data.ConnectionState.Open)
            {
                await IsAsync(connection, $"select pg_advisory_unlock({LockKey})", CancellationToken.None);
            }
        }
    }

    private async Task<int> OrderAllAsync(Guid lesson, string by, string reason, CancellationToken cancellationToken) =>
        await OrderAsync(lesson, [.. (await keys.LoadAsync(lesson, cancellationToken)).Where(k => k.Wrapped is not null).Select(k => k.Child)], by, reason, cancellationToken);

    // Its children have no keys to be found by: the facts say who they are. Their keys are destroyed all the same, which is what hides their facts.
    private async Task<int> OrderUnsealedAsync(Guid lesson, string by, string reason, CancellationToken cancellationToken)
    {
        var (owners, children) = (fields.Owners(), new HashSet<Guid>());
        await foreach (var fact in log.ReadAsync($"classroom/{lesson}", 0, cancellationToken))
        {
            if (owners.Next(fact) is { } child && fields.AreIn(fact.Name))
            {
                children.Add(child);
            }
        }

        children.ExceptWith((await keys.LoadAsync(lesson, cancellationToken)).Where(k => k.DestroyedAt is not null).Select(k => k.Child));
        if (children.Count == 0)
        {
            await unsealed.AllAreForgottenAsync(lesson, cancellationToken);
        }

        children.ExceptWith((await keys.OrderedAsync(cancellationToken)).Where(o => o.Lesson == lesson).Select(o => o.Child));
        return await OrderAsync(lesson, children, by, reason, cancellationToken);
    }

    private async Task<int> OrderAsync(Guid lesson, IReadOnlyCollection<Guid> children, string by, string reason, CancellationToken cancellationToken)
    {
        foreach (var child in children)
        {
            await keys.OrderAsync(new Erasure(lesson, child, Guid.CreateVersion7(), by, reason, time.GetUtcNow()), cancellationToken);
        }

        return children.Count;
    }

    // When something last happened in it. A key without any fact is of a lesson that is not here: its child is forgotten too.
    private static async Task<DateTimeOffset> LastAsync(DbConnection connection, Guid lesson, CancellationToken cancellationToken)
    {
        await using var command = Sql.Of(connection, "select at from facts where stream = @stream order by version desc limit 1", ("@stream", $"classroom/{lesson}"));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return !await reader.ReadAsync(cancellationToken) ? DateTimeOffset.MinValue
            : connection is NpgsqlConnection ? await reader.GetFieldValueAsync<DateTimeOffset>(0, cancellationToken) : DateTimeOffset.Parse(reader.GetString(0), CultureInfo.InvariantCulture);
    }

    private async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        source is null ? SqliteFiles.Open(settings.Sqlite, settings.Own) : await source.OpenConnectionAsync(cancellationToken);

    private static async Task<bool> IsAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = Sql.Of(connection, sql);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
