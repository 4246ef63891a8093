using Classroom.Storage;
using Microsoft.Data.Sqlite;

namespace Classroom.Silo.Cli;

/// <summary><c>Classroom.Silo copy-database FROM TO</c>: what the box's backup and restore run instead of a server.</summary>
public static class CopyDatabase
{
    public const string Name = "copy-database";

    /// <returns>The exit code.</returns>
    public static int Run(string from, string to)
    {
        try
        {
            DatabaseCopy.Make(from, to);
            return 0;
        }
        catch (Exception e) when (e is IOException or SqliteException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }
}
