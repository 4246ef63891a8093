using System.Data.Common;
using Npgsql;

namespace Classroom.Storage;

/// <summary>A Postgres database of its own, which several silos share. Never the one that holds the facts: its backup would hold both.</summary>
public sealed class PostgresKeyStore(string connectionString) : KeyStore, IAsyncDisposable
{
    private const long LockKey = 0x4f72746173;
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString);

    // Silos that start together must not make the tables at once.
    protected override string Schema => $"begin; select pg_advisory_xact_lock({LockKey}); {Tables("bytea", "bigint")} commit;";

    protected override string Pairs => "select jsonb_array_elements_text(@pairs::jsonb) as pair";

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    protected override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => await _source.OpenConnectionAsync(cancellationToken);

    protected override async Task CheckAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = Sql.Of(connection, "select to_regclass('facts') is not null");
        if ((bool)(await command.ExecuteScalarAsync(cancellationToken))!)
        {
            throw new InvalidDataException("it is the database of the facts: a copy of it would hold the keys too");
        }
    }
}
