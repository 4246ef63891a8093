using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Classroom.Storage;

/// <summary>
/// Whether the database is still the one that this process writes: the same files under SQLite, the fact that was stored last in either. Asked before
/// and after each commit of a file (a look at three names), at each new connection to Postgres, and every few seconds by whoever watches.
/// Invariant: what was written since it became another one is not acknowledged.
/// </summary>
/// <param name="sqlite">The connection string of the file; null on Postgres.</param>
public sealed class OwnDatabase(ChangedHeads changed, string? sqlite = null)
{
    // SQLITE_CORRUPT and SQLITE_NOTADB.
    private const int Corrupt = 11;
    private const int NoDatabase = 26;

    // SQLITE_IOERR_SHORT_READ: the file of the log ends before what is known to be in it, because another lies in its place.
    private const int ShortRead = 522;
    private const string Remedy = "Nothing is saved until the right one is back. If an older one was restored on purpose: stop all servers, run `Classroom.Silo accept-database`, and start them again.";

    // The log of SQLite belongs to its file: what is committed may stand only there.
    private readonly string[] _names = sqlite is null ? [] : NamesOf(new SqliteConnectionStringBuilder(sqlite).DataSource);
    private FileIdentity?[] _files = [];
    private volatile DatabaseDiffersException? _trouble;

    /// <summary>Why nothing is acknowledged; null while it is the right one.</summary>
    public DatabaseDiffersException? Trouble => _trouble;

    /// <summary>To be called once the database was prepared: from now on it has to be this one.</summary>
    public void Begin() => Learn(isOpen: false);

    /// <exception cref="DatabaseDiffersException">It is another one, or was at the last look.</exception>
    public void Require()
    {
        // What only a look into the database has shown, only another one takes back.
        if (_trouble is { Fault: not DatabaseFault.Missing } trouble)
        {
            throw new DatabaseDiffersException(trouble.Fault, trouble.Message);
        }

        RequireFiles();
    }

    /// <summary>Looks into the database for the fact that was stored last.</summary>
    /// <exception cref="DatabaseDiffersException">It is another one.</exception>
    /// <exception cref="DbException">It does not answer.</exception>
    public async Task LookAsync(NpgsqlDataSource? source, CancellationToken cancellationToken)
    {
        RequireFiles();
        // Not from the pool: a connection that is open has the file that it opened.
        await using DbConnection connection = source is not null ? await source.OpenConnectionAsync(cancellationToken)
            : SqliteFiles.OpenWhole(new SqliteConnectionStringBuilder(sqlite) { Pooling = false }.ToString(), this);
        await JudgeAsync(connection, static c => c.ExecuteScalarAsync());
    }

    /// <summary>The same at a new connection to Postgres, before anything else goes over it.</summary>
    public Task LookAsync(NpgsqlConnection connection) => JudgeAsync(connection, static c => c.ExecuteScalarAsync());

    /// <summary>The same where nobody waits.</summary>
    public void Look(NpgsqlConnection connection) => JudgeAsync(connection, static c => Task.FromResult(c.ExecuteScalar())).GetAwaiter().GetResult();

    /// <summary>From now on it has to be these files; those beside the first are there while a writer has it open.</summary>
    /// <exception cref="DatabaseDiffersException">One of them is not there: what was just written went into a file that nobody will find.</exception>
    internal void Learn(bool isOpen)
    {
        FileIdentity?[] files = [.. (isOpen ? _names : _names.Take(1)).Select(FileIdentity.Of)];
        if (isOpen && Array.IndexOf(files, null) is >= 0 and var missing)
        {
            // No file has this identity: another of that name does not bring back what went into the one that is gone.
            files[missing] = default(FileIdentity);
            Volatile.Write(ref _files, files);
            throw Missing(_names[missing]);
        }

        Volatile.Write(ref _files, files);
    }

    /// <summary>Its own writer found a stream that ends before where it left it, or otherwise.</summary>
    internal DatabaseDiffersException Differs(string stream, Head known, long found) =>
        Found(found < known.Version ? DatabaseFault.Older : DatabaseFault.Another, Sentence(stream, known.Version));

    /// <summary>
    /// Some page of the file is not what SQLite wrote: it lies on a bad disk, or another was copied over it in place. What else was lost is not known, so nothing
    /// more is acknowledged until the server was stopped and the file was looked through.
    /// </summary>
    /// <exception cref="DatabaseDiffersException">The fault is one of that kind, or the log of the file was taken away while others have it open.</exception>
    internal void RequireWhole(SqliteException fault)
    {
        if (fault.SqliteExtendedErrorCode == ShortRead && _names.Length > 1)
        {
            throw Missing(_names[1]);
        }

        if (fault.SqliteErrorCode is Corrupt or NoDatabase)
        {
            throw Found(
                DatabaseFault.Damaged,
                $"Data:Folder: the database is damaged, or another was copied over it, while this server runs ({fault.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ')}). "
                + "Nothing is saved any more. Stop the server, put the newest backup there, and start it again; keep the damaged files.");
        }
    }

    private static string[] NamesOf(string file) => [file, file + "-wal", file + "-shm"];

    private void RequireFiles()
    {
        var files = Volatile.Read(ref _files);
        for (var i = 0; i < files.Length; i++)
        {
            if (FileIdentity.Of(_names[i]) != files[i])
            {
                throw Missing(_names[i]);
            }
        }

        if (_trouble is { Fault: DatabaseFault.Missing })
        {
            // Moved away, and moved back.
            _trouble = null;
        }
    }

    private DatabaseDiffersException Missing(string file) => Found(DatabaseFault.Missing, $"Data:Folder: {Path.GetFileName(file)} was taken away, or another was put in its place, while this server runs. "
        + "Nothing is saved until it is back. Stop the server, put the database or its newest backup there, and start it again.");

    private async Task JudgeAsync(DbConnection connection, Func<DbCommand, Task<object?>> ask)
    {
        // Read before the look: what is stored meanwhile is not looked for.
        if (changed.Newest is var (stream, head))
        {
            await using var command = Sql.Of(
                connection, "select hash from facts where stream = @stream and version = @version", ("@stream", stream), ("@version", head.Version));
            object? hash;
            try
            {
                hash = await ask(command);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
            {
                hash = null;
            }
            catch (SqliteException e)
            {
                RequireWhole(e);
                throw;
            }

            if (hash is not byte[] found || !found.AsSpan().SequenceEqual(head.Hash))
            {
                throw Found(hash is null ? DatabaseFault.Older : DatabaseFault.Another, Sentence(stream, head.Version));
            }
        }

        if (_trouble is not { Fault: DatabaseFault.Damaged })
        {
            _trouble = null;
        }
    }

    private string Sentence(string stream, long version) =>
        $"{(sqlite is null ? "ConnectionStrings:Postgres" : "Data:Folder")}: the database is not the one that this server has written: fact {version} of {stream} is not in it as it was stored. {Remedy}";

    private DatabaseDiffersException Found(DatabaseFault fault, string message) => _trouble = new DatabaseDiffersException(fault, message);
}
