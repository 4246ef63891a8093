using System.Data.Common;

namespace Classroom.Storage;

public enum DatabaseFault
{
    /// <summary>There is no database, or nothing in it, where one was written.</summary>
    Missing,

    /// <summary>It lacks facts that were stored: a backup was restored, or its end was lost.</summary>
    Older,

    /// <summary>It cannot be read as it was written.</summary>
    Damaged,

    /// <summary>It holds something else where this server has written.</summary>
    Another,
}

/// <summary>
/// The database is not the one that this server has written. The message is one sentence for the operator. To whoever asked it is a database that
/// cannot be used just now, so nothing is acknowledged.
/// </summary>
public sealed class DatabaseDiffersException : DbException
{
    public DatabaseDiffersException() { }

    public DatabaseDiffersException(string message) : base(message) { }

    public DatabaseDiffersException(string message, Exception inner) : base(message, inner) { }

    public DatabaseDiffersException(DatabaseFault fault, string message, Exception? inner = null) : base(message, inner) => Fault = fault;

    public DatabaseFault Fault { get; }
}
