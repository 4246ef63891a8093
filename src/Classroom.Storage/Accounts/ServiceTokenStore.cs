using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Classroom.Storage;

/// <summary>What another program may do in one centre's name. The token itself is nowhere: only its hash is stored.</summary>
/// <param name="Scopes">Words apart by commas, such as <c>watch,report</c>.</param>
/// <param name="RevokedAt">Null while it is in force. A revoked one stays, so that its name is never given to another.</param>
public sealed record ServiceToken(string Name, Guid CentreId, string Scopes, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt);

/// <summary>Tokens of programs, in table <c>service_tokens</c>; made and revoked beside a running server, which sees it at the next call.</summary>
public sealed class ServiceTokenStore(DatabaseSettings settings, NpgsqlDataSource? source = null)
{
    private const string Columns = "name, centre_id, scopes, created_at, revoked_at";

    /// <param name="hash">SHA-256 of the token, 32 bytes.</param>
    /// <returns>False when the name was given before, to a revoked token too.</returns>
    public async Task<bool> AddAsync(ServiceToken token, byte[] hash, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        await using var connection = await OpenAsync(cancellationToken);
        await using var insert = Sql.Of(
            connection,
            "insert into service_tokens (name, hash, centre_id, scopes, created_at) values (@name, @hash, @centre, @scopes, @at) on conflict (name) do nothing",
            ("@name", token.Name), ("@hash", hash), ("@centre", Stored(token.CentreId)), ("@scopes", token.Scopes), ("@at", Stored(token.CreatedAt)));
        return await insert.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <returns>Null when there is no such token.</returns>
    public async Task<ServiceToken?> FindAsync(byte[] hash, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(connection, $"select {Columns} from service_tokens where hash = @hash", ("@hash", hash));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Read(reader) : null;
    }

    /// <returns>All of them, by name, revoked ones too.</returns>
    public async Task<IReadOnlyList<ServiceToken>> AllAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(connection, $"select {Columns} from service_tokens order by name");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var all = new List<ServiceToken>();
        while (await reader.ReadAsync(cancellationToken))
        {
            all.Add(Read(reader));
        }

        return all;
    }

    /// <returns>False when no token in force has this name.</returns>
    public async Task<bool> RevokeAsync(string name, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var update = Sql.Of(
            connection, "update service_tokens set revoked_at = @at where name = @name and revoked_at is null", ("@name", name), ("@at", Stored(at)));
        return await update.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    // The command line has no pool to borrow from, and must not make a database where there is none: a token in it would open nothing.
    private async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        DbConnection connection = source is not null ? source.CreateConnection()
            : settings.Postgres is { } postgres ? new NpgsqlConnection(postgres)
            : new SqliteConnection(new SqliteConnectionStringBuilder(settings.Sqlite) { Mode = SqliteOpenMode.ReadWrite }.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private bool IsPostgres => settings.Postgres is not null;

    private object Stored(Guid id) => IsPostgres ? id : id.ToString();

    private object Stored(DateTimeOffset at) => IsPostgres ? at.ToUniversalTime() : at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    private ServiceToken Read(DbDataReader reader) => new(
        reader.GetString(0), IsPostgres ? reader.GetGuid(1) : Guid.Parse(reader.GetString(1)), reader.GetString(2), At(reader, 3),
        reader.IsDBNull(4) ? null : At(reader, 4));

    private DateTimeOffset At(DbDataReader reader, int column) => IsPostgres
        ? reader.GetFieldValue<DateTimeOffset>(column) : DateTimeOffset.Parse(reader.GetString(column), CultureInfo.InvariantCulture);
}
