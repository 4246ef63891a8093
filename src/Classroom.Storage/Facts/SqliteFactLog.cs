using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Classroom.Storage;

/// <summary>The log in one SQLite file: WAL, <c>synchronous=FULL</c>, one writer, readers beside it.</summary>
public sealed class SqliteFactLog : IFactLog, IAsyncDisposable
{
    private readonly string _connectionString;
    private readonly GroupCommit _writer;
    private SqliteConnection? _connection;

    public SqliteFactLog(string connectionString)
    {
        _connectionString = connectionString;
        _writer = new GroupCommit(Commit);
    }

    public Task<AppendResult> AppendAsync(
        string stream, long expectedVersion, Guid commandId, IReadOnlyList<NewFact> facts, CancellationToken cancellationToken) =>
        _writer.AppendAsync(new PendingAppend(stream, expectedVersion, commandId, facts), cancellationToken);

    public async IAsyncEnumerable<StoredFact> ReadAsync(
        string stream, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = SqliteFiles.Open(_connectionString);
        await using var command = connection.CreateCommand();
        command.CommandText =
            "select version, command_id, name, actor, at, body from facts where stream = $stream and version > $after order by version";
        command.Parameters.AddWithValue("$stream", stream);
        command.Parameters.AddWithValue("$after", after);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return new StoredFact(
                reader.GetInt64(0), Guid.Parse(reader.GetString(1)), reader.GetString(2), reader.GetString(3),
                DateTimeOffset.Parse(reader.GetString(4), CultureInfo.InvariantCulture), reader.GetString(5));
        }
    }

    public async Task SaveSnapshotAsync(string stream, StoredSnapshot snapshot, CancellationToken cancellationToken)
    {
        await using var connection = SqliteFiles.Open(_connectionString);
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            insert into snapshots (stream, version, format, body) values ($stream, $version, $format, $body)
            on conflict (stream) do update set version = excluded.version, format = excluded.format, body = excluded.body
            where snapshots.version < excluded.version
            """;
        command.Parameters.AddWithValue("$stream", stream);
        command.Parameters.AddWithValue("$version", snapshot.Version);
        command.Parameters.AddWithValue("$format", snapshot.Format);
        command.Parameters.AddWithValue("$body", snapshot.Body);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<StoredSnapshot?> LoadSnapshotAsync(string stream, CancellationToken cancellationToken)
    {
        await using var connection = SqliteFiles.Open(_connectionString);
        await using var command = connection.CreateCommand();
        command.CommandText = "select version, format, body from snapshots where stream = $stream";
        command.Parameters.AddWithValue("$stream", stream);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new StoredSnapshot(reader.GetInt64(0), reader.GetString(1), (byte[])reader.GetValue(2)) : null;
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _connection?.Dispose();
    }

    private Task<AppendResult[]> Commit(IReadOnlyList<PendingAppend> batch)
    {
        _connection ??= SqliteFiles.Open(_connectionString);
        using var transaction = _connection.BeginTransaction(deferred: false);
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        var commands = new Dictionary<(string, Guid), long>();
        foreach (var append in batch)
        {
            if (!versions.ContainsKey(append.Stream))
            {
                versions[append.Stream] = (long)Scalar(
                    transaction, "select coalesce(max(version), 0) from facts where stream = $a", append.Stream, null)!;
            }

            var stored = Scalar(transaction, "select max(version) from facts where stream = $a and command_id = $b", append.Stream, append.CommandId);
            if (stored is long version)
            {
                commands[(append.Stream, append.CommandId)] = version;
            }
        }

        var results = GroupCommit.Judge(batch, versions, commands);
        for (var i = 0; i < batch.Count; i++)
        {
            if (results[i].Status == AppendStatus.Appended)
            {
                Insert(transaction, batch[i]);
            }
        }

        transaction.Commit();
        return Task.FromResult(results);
    }

    private static object? Scalar(SqliteTransaction transaction, string sql, string a, Guid? b)
    {
        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.Parameters.AddWithValue("$a", a);
        if (b is { } id)
        {
            command.Parameters.AddWithValue("$b", id.ToString());
        }

        return command.ExecuteScalar() is var value && value is DBNull ? null : value;
    }

    private static void Insert(SqliteTransaction transaction, PendingAppend append)
    {
        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            "insert into facts (stream, version, command_id, name, actor, at, body) values ($stream, $version, $command, $name, $actor, $at, $body)";
        foreach (var name in new[] { "$stream", "$version", "$command", "$name", "$actor", "$at", "$body" })
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        for (var i = 0; i < append.Facts.Count; i++)
        {
            var fact = append.Facts[i];
            command.Parameters["$stream"].Value = append.Stream;
            command.Parameters["$version"].Value = append.ExpectedVersion + 1 + i;
            command.Parameters["$command"].Value = append.CommandId.ToString();
            command.Parameters["$name"].Value = fact.Name;
            command.Parameters["$actor"].Value = fact.Actor;
            command.Parameters["$at"].Value = fact.At.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
            command.Parameters["$body"].Value = fact.Body;
            command.ExecuteNonQuery();
        }
    }
}

/// <summary>SQLite connections with the settings the log relies on.</summary>
internal static class SqliteFiles
{
    public static SqliteConnection Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000; pragma foreign_keys = on;";
        command.ExecuteNonQuery();
        return connection;
    }
}
