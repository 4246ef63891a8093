using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Classroom.Storage;

/// <summary>The log in one SQLite file: WAL, <c>synchronous=FULL</c>, one writer, readers beside it.</summary>
public sealed class SqliteFactLog : IFactLog, IAsyncDisposable
{
    private readonly string _connectionString;
    private readonly GroupCommit _writer;
    private readonly ChangedHeads? _changed;
    private readonly OwnDatabase? _own;
    private SqliteWriter? _file;
    private bool _isLearned;
    private OwnThread? _thread;

    /// <param name="changed">Receives every head that a commit has moved.</param>
    /// <param name="own">Asked around every commit and before every look.</param>
    public SqliteFactLog(string connectionString, ChangedHeads? changed = null, OwnDatabase? own = null)
    {
        (_connectionString, _changed, _own) = (connectionString, changed, own);
        _writer = new GroupCommit(batch => (_thread ??= new("SQLite writer")).RunAsync(() => Commit(batch)));
    }

    public int Waiting => _writer.Waiting;

    public Task<AppendResult> AppendAsync(
        string stream, long expectedVersion, Guid commandId, IReadOnlyList<NewFact> facts, CancellationToken cancellationToken) =>
        _writer.AppendAsync(new PendingAppend(stream, expectedVersion, commandId, facts), cancellationToken);

    public async IAsyncEnumerable<StoredFact> ReadAsync(
        string stream, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = SqliteFiles.Open(_connectionString, _own);
        await using var command = connection.CreateCommand();
        command.CommandText =
            "select version, command_id, name, actor, at, body from facts where stream = $stream and version > $after order by version";
        command.Parameters.AddWithValue("$stream", stream);
        command.Parameters.AddWithValue("$after", after);
        await using var reader = Checked(command.ExecuteReader);
        while (Checked(reader.Read))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new StoredFact(
                reader.GetInt64(0), Guid.Parse(reader.GetString(1)), reader.GetString(2), reader.GetString(3),
                DateTimeOffset.Parse(reader.GetString(4), CultureInfo.InvariantCulture), reader.GetString(5));
        }
    }

    public async Task SaveSnapshotAsync(string stream, StoredSnapshot snapshot, CancellationToken cancellationToken)
    {
        await using var connection = SqliteFiles.Open(_connectionString, _own);
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
        Checked(command.ExecuteNonQuery);
    }

    public async Task<StoredSnapshot?> LoadSnapshotAsync(string stream, CancellationToken cancellationToken)
    {
        await using var connection = SqliteFiles.Open(_connectionString, _own);
        await using var command = connection.CreateCommand();
        command.CommandText = "select version, format, body from snapshots where stream = $stream";
        command.Parameters.AddWithValue("$stream", stream);
        await using var reader = Checked(command.ExecuteReader);
        return Checked(reader.Read)
            ? new StoredSnapshot(reader.GetInt64(0), reader.GetString(1), (byte[])reader.GetValue(2)) : null;
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _thread?.Dispose();
        _file?.Dispose();
    }

    private AppendResult[] Commit(IReadOnlyList<PendingAppend> batch)
    {
        _own?.Require();
        _file ??= new SqliteWriter(SqliteFiles.Open(_connectionString));
        var (results, rows) = Checked(() => _file.Commit(batch));
        // What was taken away meanwhile has what was just written, and nobody will find it.
        _own?.Require();
        if (!_isLearned)
        {
            // The log of the file is there from the first commit on, and as long as the writer has it open.
            _own?.Learn(isOpen: true);
            _isLearned = true;
        }

        _changed?.Note(rows);
        return results;
    }

    // A page that cannot be read says more than that this one thing failed.
    private T Checked<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            _own?.RequireWhole(e);
            throw;
        }
    }
}

/// <summary>SQLite connections with the settings the log relies on.</summary>
internal static class SqliteFiles
{
    /// <param name="own">Asked first: a file that was put in another's place is not looked into.</param>
    public static SqliteConnection Open(string connectionString, OwnDatabase? own = null)
    {
        own?.Require();
        return OpenWhole(connectionString, own);
    }

    /// <summary>Without asking first.</summary>
    public static SqliteConnection OpenWhole(string connectionString, OwnDatabase? own)
    {
        try
        {
            return OpenAs(connectionString);
        }
        catch (SqliteException e)
        {
            own?.RequireWhole(e);
            throw;
        }
    }

    /// <summary>For migrations alone.</summary>
    public static SqliteConnection OpenOrMake(string connectionString) =>
        OpenAs(new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadWriteCreate }.ToString());

    private static SqliteConnection OpenAs(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000; pragma foreign_keys = on;";
        command.ExecuteNonQuery();
        return connection;
    }
}
