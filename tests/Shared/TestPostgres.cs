using Npgsql;

namespace Classroom.Tests;

/// <summary>A fresh database on the Postgres that <c>tests/run</c> has started.</summary>
public sealed class TestPostgres : IAsyncDisposable
{
    public const string Variable = "ORTAQ_TEST_POSTGRES";
    private readonly string _server;
    private readonly string _name = "t" + Guid.NewGuid().ToString("N");

    private TestPostgres(string server) => _server = server;

    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server) { Database = _name, MaxPoolSize = 10 }.ToString();

    public static async Task<TestPostgres> CreateAsync()
    {
        var server = Environment.GetEnvironmentVariable(Variable)
            ?? throw new InvalidOperationException($"{Variable} is not set: run the tests with tests/run, which starts a throw-away Postgres.");
        var database = new TestPostgres(server);
        await database.RunAsync($"create database {database._name}");
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await RunAsync($"drop database if exists {_name} with (force)");
        // Of the silos that ran on it (SiloProcess).
        if (Directory.Exists(Path.Combine(Path.GetTempPath(), "ortaq-keys-" + _name)))
        {
            Directory.Delete(Path.Combine(Path.GetTempPath(), "ortaq-keys-" + _name), recursive: true);
        }
    }

    public async Task ExecuteAsync(string sql) => await RunAsync(ConnectionString, sql);

    private Task RunAsync(string sql) => RunAsync(_server, sql);

    private static async Task RunAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The tests make it.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
