using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace Classroom.Storage;

/// <summary>The log in Postgres. Appends are grouped: arrays through <c>unnest</c>, one transaction, one flush.</summary>
public sealed class PostgresFactLog : IFactLog, IAsyncDisposable
{
    private const int MaxRaces = 10;
    private readonly NpgsqlDataSource _source;
    private readonly GroupCommit _writer;

    public PostgresFactLog(NpgsqlDataSource source)
    {
        _source = source;
        _writer = new GroupCommit(CommitAsync);
    }

    public Task<AppendResult> AppendAsync(
        string stream, long expectedVersion, Guid commandId, IReadOnlyList<NewFact> facts, CancellationToken cancellationToken) =>
        _writer.AppendAsync(new PendingAppend(stream, expectedVersion, commandId, facts), cancellationToken);

    public async IAsyncEnumerable<StoredFact> ReadAsync(
        string stream, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(
            "select version, command_id, name, actor, at, body from facts where stream = $1 and version > $2 order by version");
        command.Parameters.AddWithValue(stream);
        command.Parameters.AddWithValue(after);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return new StoredFact(
                reader.GetInt64(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3),
                reader.GetFieldValue<DateTimeOffset>(4), reader.GetString(5));
        }
    }

    public async Task SaveSnapshotAsync(string stream, StoredSnapshot snapshot, CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(
            """
            insert into snapshots (stream, version, format, body) values ($1, $2, $3, $4)
            on conflict (stream) do update set version = excluded.version, format = excluded.format, body = excluded.body
            where snapshots.version < excluded.version
            """);
        command.Parameters.AddWithValue(stream);
        command.Parameters.AddWithValue(snapshot.Version);
        command.Parameters.AddWithValue(snapshot.Format);
        command.Parameters.AddWithValue(snapshot.Body);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<StoredSnapshot?> LoadSnapshotAsync(string stream, CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand("select version, format, body from snapshots where stream = $1");
        command.Parameters.AddWithValue(stream);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new StoredSnapshot(reader.GetInt64(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2)) : null;
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    // A second process may write a version between our look and our insert; the key refuses us, and the next look sees its facts.
    private async Task<AppendResult[]> CommitAsync(IReadOnlyList<PendingAppend> batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryCommitAsync(batch);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation && attempt < MaxRaces)
            {
            }
        }
    }

    private async Task<AppendResult[]> TryCommitAsync(IReadOnlyList<PendingAppend> batch)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var (versions, commands) = await LookUpAsync(connection, batch);
        var results = GroupCommit.Judge(batch, versions, commands);
        await InsertAsync(connection, batch, results);
        await transaction.CommitAsync();
        return results;
    }

    private static async Task<(Dictionary<string, long>, Dictionary<(string, Guid), long>)> LookUpAsync(
        NpgsqlConnection connection, IReadOnlyList<PendingAppend> batch)
    {
        var streams = batch.Select(b => b.Stream).ToArray();
        var ids = batch.Select(b => b.CommandId).ToArray();
        await using var lookUp = new NpgsqlBatch(connection);
        var first = new NpgsqlBatchCommand(
            """
            select s.stream, coalesce((select max(f.version) from facts f where f.stream = s.stream), 0)
            from (select distinct unnest($1) as stream) s
            """);
        first.Parameters.Add(new() { Value = streams, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        var second = new NpgsqlBatchCommand(
            """
            select f.stream, f.command_id, max(f.version) from facts f
            join unnest($1, $2) as w(stream, command_id) on f.stream = w.stream and f.command_id = w.command_id
            group by f.stream, f.command_id
            """);
        second.Parameters.Add(new() { Value = streams, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        second.Parameters.Add(new() { Value = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        lookUp.BatchCommands.Add(first);
        lookUp.BatchCommands.Add(second);
        await using var reader = await lookUp.ExecuteReaderAsync();
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
        {
            versions[reader.GetString(0)] = reader.GetInt64(1);
        }

        await reader.NextResultAsync();
        var commands = new Dictionary<(string, Guid), long>();
        while (await reader.ReadAsync())
        {
            commands[(reader.GetString(0), reader.GetGuid(1))] = reader.GetInt64(2);
        }

        return (versions, commands);
    }

    private static async Task InsertAsync(NpgsqlConnection connection, IReadOnlyList<PendingAppend> batch, AppendResult[] results)
    {
        var rows = batch.Zip(results).Where(x => x.Second.Status == AppendStatus.Appended)
            .SelectMany(x => x.First.Facts.Select((fact, i) => (Append: x.First, Version: x.First.ExpectedVersion + 1 + i, Fact: fact)))
            .ToArray();
        if (rows.Length == 0)
        {
            return;
        }

        await using var insert = new NpgsqlCommand(
            """
            insert into facts (stream, version, command_id, name, actor, at, body)
            select * from unnest($1, $2, $3, $4, $5, $6, $7)
            """, connection);
        Add(NpgsqlDbType.Text, rows.Select(r => r.Append.Stream).ToArray());
        Add(NpgsqlDbType.Bigint, rows.Select(r => r.Version).ToArray());
        Add(NpgsqlDbType.Uuid, rows.Select(r => r.Append.CommandId).ToArray());
        Add(NpgsqlDbType.Text, rows.Select(r => r.Fact.Name).ToArray());
        Add(NpgsqlDbType.Text, rows.Select(r => r.Fact.Actor).ToArray());
        Add(NpgsqlDbType.TimestampTz, rows.Select(r => r.Fact.At.ToUniversalTime()).ToArray());
        Add(NpgsqlDbType.Text, rows.Select(r => r.Fact.Body).ToArray());
        await insert.ExecuteNonQueryAsync();

        void Add(NpgsqlDbType type, object value) => insert.Parameters.Add(new() { Value = value, NpgsqlDbType = NpgsqlDbType.Array | type });
    }
}
