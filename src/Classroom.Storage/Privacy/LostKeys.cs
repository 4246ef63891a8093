using System.Data.Common;
using Npgsql;

namespace Classroom.Storage;

/// <summary>
/// Children whose words are sealed with keys that the store does not have, as after a copy of the keys was restored that is older than the facts. Until
/// somebody says that those keys will not be found again, their lessons are not loaded: a lost key is never taken for a forgotten child by itself.
/// </summary>
public static class LostKeys
{
    private const string Prefix = "classroom/";

    /// <summary>Reads the whole log. Who was forgotten lost nothing, whether the store knows of it or not.</summary>
    /// <param name="store">Null when there is none any more.</param>
    public static async Task<IReadOnlyList<(Guid Lesson, Guid Child)>> FindAsync(
        DatabaseSettings settings, IKeyStore? store, PersonalFields fields, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(fields);
        await using DbConnection connection = settings.Postgres is { } postgres ? new NpgsqlConnection(postgres) : SqliteFiles.Open(settings.Sqlite, settings.Own);
        if (connection is NpgsqlConnection)
        {
            await connection.OpenAsync(cancellationToken);
        }

        var (lost, last, sealing, forgotten) = (new List<(Guid, Guid)>(), Guid.Empty, new HashSet<Guid>(), new HashSet<Guid>());
        await using var command = Sql.Of(connection, $"select stream, name, body from facts where stream like '{Prefix}%' order by stream, version");
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (!Guid.TryParseExact(reader.GetString(0).AsSpan(Prefix.Length), "D", out var lesson))
            {
                // A damaged row is no lesson's; verify names it.
                continue;
            }

            if (lesson != last)
            {
                await AddMissingAsync();
                (last, sealing, forgotten) = (lesson, [], []);
            }

            if (fields.AreIn(reader.GetString(1)) && PersonalFields.SealOf(reader.GetString(2)) is var (child, _))
            {
                sealing.Add(child);
            }

            if (reader.GetString(1) == "student-forgotten.1" && ForgottenFacts.ChildOf(reader.GetString(2)) is { } gone)
            {
                forgotten.Add(gone);
            }
        }

        await AddMissingAsync();
        return lost;

        async Task AddMissingAsync()
        {
            if (sealing.Count > 0)
            {
                sealing.ExceptWith(forgotten);
                sealing.ExceptWith(store is null ? [] : (await store.LoadAsync(last, cancellationToken)).Select(k => k.Child));
                lost.AddRange(sealing.Select(child => (last, child)));
            }
        }
    }
}
