using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Classroom.Storage;

/// <summary>The one connection that writes facts to a file; its three statements are prepared once.</summary>
internal sealed class SqliteWriter : IDisposable
{
    // Left to itself, SQLite looks for a maximum from the end of the primary key, which is through the whole stream for a command that is new.
    public const string Stored =
        "select max(version) from facts indexed by facts_by_command where stream = $stream and command_id = $command";

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _head, _stored, _insert;

    public SqliteWriter(SqliteConnection connection)
    {
        _connection = connection;
        _head = Command("select version, hash from facts where stream = $stream order by version desc limit 1", "$stream");
        _stored = Command(Stored, "$stream", "$command");
        _insert = Command(
            """
            insert into facts (stream, version, command_id, name, actor, at, body, hash)
            values ($stream, $version, $command, $name, $actor, $at, $body, $hash)
            """,
            "$stream", "$version", "$command", "$name", "$actor", "$at", "$body", "$hash");
    }

    /// <summary>A command id as it stands in the file.</summary>
    public static string Text(Guid id) => id.ToString();

    /// <summary>A time as it stands in the file: UTC, so that texts sort as times do.</summary>
    public static string Text(DateTimeOffset at) => at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    public Judgement Commit(IReadOnlyList<PendingAppend> batch)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        (_head.Transaction, _stored.Transaction, _insert.Transaction) = (transaction, transaction, transaction);
        var heads = new Dictionary<string, Head>(StringComparer.Ordinal);
        var commands = new Dictionary<(string, Guid), long>();
        foreach (var append in batch)
        {
            LookUp(append, heads, commands);
        }

        var judgement = Judgement.Of(batch, heads, commands);
        foreach (var row in judgement.Rows)
        {
            Set(_insert, row.Stream, row.Version, Text(row.CommandId), row.Fact.Name, row.Fact.Actor, Text(row.Fact.At), row.Fact.Body, row.Hash);
            _insert.ExecuteNonQuery();
        }

        transaction.Commit();
        return judgement;
    }

    public void Dispose()
    {
        _head.Dispose();
        _stored.Dispose();
        _insert.Dispose();
        _connection.Dispose();
    }

    private void LookUp(PendingAppend append, Dictionary<string, Head> heads, Dictionary<(string, Guid), long> commands)
    {
        if (!heads.ContainsKey(append.Stream))
        {
            Set(_head, append.Stream);
            using var reader = _head.ExecuteReader();
            heads[append.Stream] = reader.Read() ? new Head(reader.GetInt64(0), (byte[])reader.GetValue(1)) : default;
        }

        Set(_stored, append.Stream, Text(append.CommandId));
        if (_stored.ExecuteScalar() is long version)
        {
            commands[(append.Stream, append.CommandId)] = version;
        }
    }

    private static void Set(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Only the constants above reach this.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }
}
