using System.Data.Common;
using Classroom.Tests;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Classroom.Storage.Tests;

/// <summary>A database of one test, on either engine, that the test may also reach behind the log's back.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly TestPostgres? _postgres;
    private readonly NpgsqlDataSource? _source;
    private readonly string _folder = Directory.CreateTempSubdirectory("ortaq-chain").FullName;

    private TestDatabase(TestPostgres? postgres)
    {
        _postgres = postgres;
        _source = postgres is null ? null : NpgsqlDataSource.Create(postgres.ConnectionString);
        Settings = postgres is null ? DatabaseSettings.ForFile(File) : new DatabaseSettings(postgres.ConnectionString, "");
    }

    public DatabaseSettings Settings { get; }

    /// <summary>Where the database is when it is a file.</summary>
    public string File => Path.Combine(_folder, "ortaq.db");

    /// <summary>A folder of the test's own.</summary>
    public string Checkpoints => Path.Combine(_folder, "checkpoints");

    public static async Task<TestDatabase> PostgresAsync() => new(await TestPostgres.CreateAsync());

    public static Task<TestDatabase> SqliteAsync() => Task.FromResult(new TestDatabase(null));

    public IFactLog OpenLog(ChangedHeads changed) =>
        _source is null ? new SqliteFactLog(Settings.Sqlite, changed) : new PostgresFactLog(_source, changed);

    public async Task<int> RunAsync(string sql, params (string Name, object Value)[] values)
    {
        await using var connection = await OpenAsync();
        await using var command = Sql.Of(connection, sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of what a query finds.</summary>
    public async Task<List<string>> TextsAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = Sql.Of(connection, sql);
        await using var reader = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }

    public async ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        if (_postgres is not null)
        {
            await _source!.DisposeAsync();
            await _postgres.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task<DbConnection> OpenAsync()
    {
        DbConnection connection = _source is null ? new SqliteConnection(new SqliteConnectionStringBuilder(Settings.Sqlite) { Mode = SqliteOpenMode.ReadWriteCreate }.ToString()) : _source.CreateConnection();
        await connection.OpenAsync();
        return connection;
    }
}
