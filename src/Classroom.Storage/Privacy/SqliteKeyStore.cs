using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Classroom.Storage;

/// <summary>
/// A file on this machine, in a folder of its own that nobody else may read.
/// Invariant: what was written since another file, or an older content, took its place is not acknowledged; and a file that was taken away is not made anew.
/// </summary>
public sealed class SqliteKeyStore : KeyStore
{
    private const string Remedy = "Nothing is saved until the right one is back. If it is lost: stop the server, put the newest copy of the keys there, start it, and see `Classroom.Silo student lost`.";

    // A file's times go on in steps of up to 10 ms: two changes within one step look like one.
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);
    private readonly string _connectionString;
    private readonly string _file;
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;
    private volatile Known? _known;

    public SqliteKeyStore(string file)
    {
        _file = file;
        // Not pooled: a connection that is open has the file that it opened, wherever that is by now.
        _connectionString = new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 10, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString();
    }

    /// <summary>So many seconds a look waits for whoever writes: shorter than a lesson waits for its append.</summary>
    internal int Patience { get; init; } = 3;

    /// <summary>The machine's own: it is compared with times that the machine gave to a file.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    internal Func<string, (FileIdentity File, long Seconds, uint Nanoseconds)?> StateOf { get; init; } = FileIdentity.StateOf;

    // The changes are counted by the file itself, whichever process makes them: an older copy is behind, and one that went another way has another mark.
    protected override string Schema =>
        $"""
        {Tables("blob", "integer")}
        create table if not exists changes (one integer primary key, count integer not null, mark blob not null);
        insert into changes (one, count, mark) values (1, 0, randomblob(16)) on conflict (one) do nothing;
        create trigger if not exists child_keys_added after insert on child_keys begin update changes set count = count + 1, mark = randomblob(16); end;
        create trigger if not exists child_keys_changed after update on child_keys begin update changes set count = count + 1, mark = randomblob(16); end;
        """;

    protected override string Pairs => "select value as pair from json_each(@pairs)";

    /// <summary>One look at the file's name while nobody writes; into the file after each write, whoever made it.</summary>
    public override Task RequireAsync(CancellationToken cancellationToken) => IsSeen() ? Task.CompletedTask : LookAsync(cancellationToken);

    protected override Task BeginAsync(Guid id, CancellationToken cancellationToken)
    {
        _known = new Known(id, 0, [], null);
        return LookAsync(cancellationToken);
    }

    protected override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        await RequireAsync(cancellationToken);
        return await OpenFileAsync(_connectionString, cancellationToken);
    }

    protected override async Task<DbConnection> MakeAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsWindows() && !File.Exists(_file))
        {
            // Before SQLite makes it with what the process' umask lets others read. Another process may be quicker.
            using var made = new FileStream(_file, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }

        return await OpenFileAsync(new SqliteConnectionStringBuilder(_connectionString) { Mode = SqliteOpenMode.ReadWriteCreate }.ToString(), cancellationToken);
    }

    // A destroyed key must not stay in a log or in a free page: no write-ahead log, and what is deleted is overwritten.
    private static async Task<DbConnection> OpenFileAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = Sql.Of(connection, "pragma journal_mode = delete; pragma synchronous = full; pragma secure_delete = on; pragma busy_timeout = 5000;");
        await command.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }

    private bool IsSeen() => _known is not { } known || (known.State is { } seen && StateOf(_file) == seen);

    // One after the other, and not on the caller's thread: SQLite waits for a writer without giving that back, and a lesson could not even be told.
    private Task LookAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _last = _last.ContinueWith(_ => Look(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return _last.WaitAsync(cancellationToken);
        }
    }

    private void Look()
    {
        if (IsSeen())
        {
            return;
        }

        var known = _known!;
        // Both before the content: what is changed after this is looked at again.
        var now = Time.GetUtcNow();
        if (StateOf(_file) is not { } state)
        {
            throw Differs(DatabaseFault.Missing, "was taken away while this server runs");
        }

        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(_connectionString) { DefaultTimeout = Patience }.ToString());
            connection.Open();
            using var patience = Sql.Of(connection, "pragma busy_timeout = 500");
            patience.ExecuteNonQuery();
            using var command = Sql.Of(connection, "select id, count, mark from key_store, changes");
            using var reader = command.ExecuteReader();
            if (!reader.Read() || Guid.Parse(reader.GetString(0)) != known.Id)
            {
                throw Differs(DatabaseFault.Another, "is not the one that this server has opened: another was put in its place");
            }

            var (count, mark) = (reader.GetInt64(1), (byte[])reader.GetValue(2));
            if (count < known.Changes || (count == known.Changes && known.Mark.Length > 0 && !mark.AsSpan().SequenceEqual(known.Mark)))
            {
                throw Differs(DatabaseFault.Older, "is older than what this server has written into it: a copy was put in its place");
            }

            _known = known with { Changes = count, Mark = mark, State = IsOld(state, now) ? state : null };
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_ERROR)
        {
            // No such table: an empty one, or one of an older program.
            throw Differs(DatabaseFault.Damaged, "is not the one that this server has opened: it is damaged, or another was put in its place", e);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM or SQLitePCL.raw.SQLITE_AUTH or SQLitePCL.raw.SQLITE_IOERR)
        {
            // One that was put back by root, for example. Each look tries again.
            throw Differs(DatabaseFault.Damaged, "is there, and cannot be opened or read (may the server read it?)", e);
        }
    }

    // A clock that was set back has files of later: what is changed now has another time than these.
    private static bool IsOld((FileIdentity File, long Seconds, uint Nanoseconds) state, DateTimeOffset now) =>
        (now - DateTimeOffset.UnixEpoch.AddSeconds(state.Seconds).AddTicks(state.Nanoseconds / TimeSpan.NanosecondsPerTick)).Duration() >= Step;

    private DatabaseDiffersException Differs(DatabaseFault fault, string what, Exception? inner = null) => new(fault, $"Keys:Folder: {Path.GetFileName(_file)} {what}. {Remedy}", inner);

    /// <param name="State">At the last look; null: none yet, or the file was changed so shortly before it that another change may look the same.</param>
    private sealed record Known(Guid Id, long Changes, byte[] Mark, (FileIdentity File, long Seconds, uint Nanoseconds)? State);
}
