using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Classroom.Storage;

/// <summary>
/// Brings a database to this program's schema: numbered SQL files of the assembly, each once, in one transaction under a lock.
/// A database that is newer than the program is refused.
/// </summary>
public static class Migrator
{
    private const long LockKey = 0x4f72746171; // "Ortaq"

    /// <exception cref="InvalidOperationException">The database was migrated by a newer version of the program.</exception>
    public static async Task MigrateAsync(DatabaseSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        await using DbConnection connection = settings.Postgres is { } postgres
            ? new NpgsqlConnection(postgres) : SqliteFiles.OpenOrMake(settings.Sqlite);
        if (connection is NpgsqlConnection)
        {
            await connection.OpenAsync(cancellationToken);
        }

        await using var transaction = connection is SqliteConnection sqlite
            ? sqlite.BeginTransaction(deferred: false) : await connection.BeginTransactionAsync(cancellationToken);
        if (connection is NpgsqlConnection)
        {
            await RunAsync($"select pg_advisory_xact_lock({LockKey})");
        }

        await RunAsync("create table if not exists schema_version (number integer primary key, name text not null)");
        var done = Convert.ToInt32(await ScalarAsync("select coalesce(max(number), 0) from schema_version"), CultureInfo.InvariantCulture);
        var scripts = Scripts(settings.Postgres is null ? "sqlite" : "postgres");
        if (done > scripts[^1].Number)
        {
            throw new InvalidOperationException(
                $"The database is at schema {done}, this program knows {scripts[^1].Number}: start the newer program, or restore a backup.");
        }

        foreach (var (number, name, sql) in scripts.Where(s => s.Number > done))
        {
            var parts = sql.Split(ChainStoredFacts.Marker);
            await RunAsync(parts[0]);
            if (parts is [_, var rest])
            {
                await ChainStoredFacts.RunAsync(connection, transaction, cancellationToken);
                await RunAsync(rest);
            }

            await RunAsync($"insert into schema_version (number, name) values ({number}, '{name}')");
        }

        await transaction.CommitAsync(cancellationToken);

        async Task RunAsync(string sql)
        {
            await using var command = Command(sql);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        async Task<object?> ScalarAsync(string sql)
        {
            await using var command = Command(sql);
            return await command.ExecuteScalarAsync(cancellationToken);
        }

        DbCommand Command(string sql)
        {
            var command = connection.CreateCommand();
            // A large log takes its time to migrate, and so does waiting for the process that migrates it.
            (command.Transaction, command.CommandTimeout) = (transaction, 0);
#pragma warning disable CA2100 // Only the assembly's own scripts and constants reach this.
            command.CommandText = sql;
#pragma warning restore CA2100
            return command;
        }
    }

    /// <summary>Of several processes that start on one database, one at a time does this. A file has one process.</summary>
    public static async Task AloneAsync(DatabaseSettings settings, Func<Task> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(work);
        if (settings.Postgres is null)
        {
            await work();
            return;
        }

        await using var connection = new NpgsqlConnection(settings.Postgres);
        await connection.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"select pg_advisory_xact_lock({LockKey})", connection, transaction) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
        await work();
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The schema that this program makes.</summary>
    public static int Newest => Scripts("sqlite")[^1].Number;

    private static (int Number, string Name, string Sql)[] Scripts(string kind)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"Classroom.Storage.Migrations.{kind}.";
        return [.. assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(n =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!);
                var name = n[prefix.Length..^".sql".Length];
                return (int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
            })];
    }
}

/// <summary>Where data lives: Postgres when a connection string is set, else one SQLite file.</summary>
public sealed record DatabaseSettings(string? Postgres, string Sqlite)
{
    /// <summary>What is asked before a connection to the file is used; null where nobody watches.</summary>
    public OwnDatabase? Own { get; init; }

    /// <summary>The SQLite file.</summary>
    public string File => new SqliteConnectionStringBuilder(Sqlite).DataSource;

    /// <summary>Only migrations make a file: one that was taken away is missing, and not made anew, empty, by whoever asks next.</summary>
    public static DatabaseSettings ForFile(string path) =>
        new(null, new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 10, Mode = SqliteOpenMode.ReadWrite }.ToString());
}
