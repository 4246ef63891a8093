using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace Classroom.Storage;

/// <summary>
/// The log in Postgres. Appends are grouped: one statement and one flush a batch, arrays through <c>unnest</c>. The statement is all or nothing,
/// so there is no transaction: whatever another process wrote to a stream since we last looked took the version that our insert needs.
/// </summary>
public sealed class PostgresFactLog : IFactLog, IAsyncDisposable
{
    private const int MaxRaces = 10;
    private readonly NpgsqlDataSource _source;
    private readonly GroupCommit _writer;
    private readonly ChangedHeads? _changed;
    private readonly OwnDatabase? _own;
    private readonly OwnHeads _heads = new();

    /// <param name="changed">Receives every head that a commit has moved.</param>
    /// <param name="own">Told when the database is another one than was written.</param>
    public PostgresFactLog(NpgsqlDataSource source, ChangedHeads? changed = null, OwnDatabase? own = null)
    {
        (_source, _changed, _own) = (source, changed, own);
        _writer = new GroupCommit(CommitAsync);
    }

    public int Waiting => _writer.Waiting;

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

    // Nearly every append continues a stream where this process left it: then the insert is the only statement. It inserts nothing when a
    // command was stored before, and the key refuses it when another process wrote; both are looked into.
    private async Task<AppendResult[]> CommitAsync(IReadOnlyList<PendingAppend> batch)
    {
        _own?.Require();
        try
        {
            return await TryContinueAsync(batch) ?? await LookAndCommitAsync(batch);
        }
        catch
        {
            // What became of it is not known.
            _heads.Forget(batch);
            throw;
        }
    }

    /// <returns>Null when the batch does not simply continue what this process knows.</returns>
    private async Task<AppendResult[]?> TryContinueAsync(IReadOnlyList<PendingAppend> batch)
    {
        if (_heads.Continued(batch) is not { } judged)
        {
            return null;
        }

        try
        {
            if (await InsertAsync(judged.Rows, _heads.Known(batch)) == judged.Rows.Count)
            {
                Committed(judged.Rows);
                return judged.Results;
            }
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
        }

        return null;
    }

    // A second process may write a version between our look and our insert; the key refuses us, and the next look sees its facts.
    private async Task<AppendResult[]> LookAndCommitAsync(IReadOnlyList<PendingAppend> batch)
    {
        var known = _heads.Known(batch);
        _heads.Forget(batch);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var (heads, commands) = await LookUpAsync(batch);
                RequireAll(known, heads);
                var before = new Dictionary<string, Head>(heads, StringComparer.Ordinal);
                var (results, rows) = Judgement.Of(batch, heads, commands);
                if (rows.Count == 0)
                {
                    return results;
                }

                if (await InsertAsync(rows, before) == rows.Count)
                {
                    Committed(rows);
                    return results;
                }

                // Another process stored one of the commands between our look and our insert, which then inserts nothing and breaks no key.
                if (attempt >= MaxRaces)
                {
                    throw new InvalidOperationException("Other processes write the same commands again and again.");
                }
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation && attempt < MaxRaces)
            {
            }
        }
    }

    // A stream does not get shorter, and what it held it holds.
    private void RequireAll(Dictionary<string, Head> known, Dictionary<string, Head> found)
    {
        foreach (var (stream, head) in known)
        {
            var now = found.GetValueOrDefault(stream);
            if (_own is not null && (now.Version < head.Version || (now.Version == head.Version && !now.Hash.AsSpan().SequenceEqual(head.Hash))))
            {
                throw _own.Differs(stream, head, now.Version);
            }
        }
    }

    private void Committed(List<ChainedFact> rows)
    {
        _heads.Note(rows);
        _changed?.Note(rows);
    }

    private async Task<(Dictionary<string, Head>, Dictionary<(string, Guid), long>)> LookUpAsync(IReadOnlyList<PendingAppend> batch)
    {
        await using var connection = await _source.OpenConnectionAsync();
        var (streams, ids) = (new string[batch.Count], new Guid[batch.Count]);
        for (var i = 0; i < batch.Count; i++)
        {
            (streams[i], ids[i]) = (batch[i].Stream, batch[i].CommandId);
        }

        await using var lookUp = new NpgsqlBatch(connection);
        var first = new NpgsqlBatchCommand(
            """
            select s.stream, f.version, f.hash from (select distinct unnest($1) as stream) s
            cross join lateral (select version, hash from facts where stream = s.stream order by version desc limit 1) f
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
        var heads = new Dictionary<string, Head>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
        {
            heads[reader.GetString(0)] = new Head(reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));
        }

        await reader.NextResultAsync();
        var commands = new Dictionary<(string, Guid), long>();
        while (await reader.ReadAsync())
        {
            commands[(reader.GetString(0), reader.GetGuid(1))] = reader.GetInt64(2);
        }

        return (heads, commands);
    }

    /// <param name="before">What the streams must hold, or the rows would hang on nothing: in a database that lost its end, or is another one.</param>
    /// <returns>Rows inserted: all, or none when one of the commands was stored before or <paramref name="before"/> is not there.</returns>
    private async Task<int> InsertAsync(List<ChainedFact> rows, Dictionary<string, Head> before)
    {
        var ends = before.Where(b => b.Value.Version > 0).ToList();
        await using var insert = _source.CreateCommand(
            """
            insert into facts (stream, version, command_id, name, actor, at, body, hash)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8)
            where not exists (
              select from facts f join unnest($1, $3) as w(stream, command_id) on f.stream = w.stream and f.command_id = w.command_id)
            and not exists (
              select from unnest($9, $10, $11) as b(stream, version, hash)
              where not exists (select from facts f where f.stream = b.stream and f.version = b.version and f.hash = b.hash))
            """);
        Add(NpgsqlDbType.Text, static r => r.Stream);
        Add(NpgsqlDbType.Bigint, static r => r.Version);
        Add(NpgsqlDbType.Uuid, static r => r.CommandId);
        Add(NpgsqlDbType.Text, static r => r.Fact.Name);
        Add(NpgsqlDbType.Text, static r => r.Fact.Actor);
        Add(NpgsqlDbType.TimestampTz, static r => r.Fact.At);
        Add(NpgsqlDbType.Text, static r => r.Fact.Body);
        Add(NpgsqlDbType.Bytea, static r => r.Hash);
        insert.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. ends.Select(b => b.Key)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        insert.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. ends.Select(b => b.Value.Version)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        insert.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = [.. ends.Select(b => b.Value.Hash)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        return await insert.ExecuteNonQueryAsync();

        void Add<T>(NpgsqlDbType type, Func<ChainedFact, T> column)
        {
            var values = new T[rows.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = column(rows[i]);
            }

            insert.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });
        }
    }
}
