using Microsoft.Data.Sqlite;

namespace Classroom.Storage;

/// <summary>
/// Copies an SQLite database: complete and consistent while a server writes to it, checked before it gets its name. The box's backup
/// and restore call it, so that nothing has to be installed there.
/// </summary>
public static class DatabaseCopy
{
    /// <exception cref="IOException">There is no such database, the target exists, or the copy is broken.</exception>
    public static void Make(string from, string to)
    {
        if (!File.Exists(from))
        {
            throw new FileNotFoundException($"There is no database {from}.");
        }

        if (File.Exists(to))
        {
            throw new IOException($"{to} exists already.");
        }

        var part = to + ".part";
        File.Delete(part);
        using (var source = Open(from, SqliteOpenMode.ReadWrite))
        using (var copy = Open(part, SqliteOpenMode.ReadWriteCreate))
        {
            source.BackupDatabase(copy);
            // One file that needs nothing beside it; the server turns the log on again.
            Ask(copy, "pragma journal_mode = delete");
            if (Ask(copy, "pragma integrity_check") is not "ok")
            {
                throw new IOException($"The copy of {from} is broken.");
            }
        }

        if (!NewName.Give(part, to))
        {
            throw new IOException($"{to} exists already.");
        }
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        return connection;
    }

    private static object? Ask(SqliteConnection connection, string pragma)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = pragma;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
