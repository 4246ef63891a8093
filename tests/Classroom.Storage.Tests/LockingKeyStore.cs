using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Classroom.Storage.Tests;

/// <summary>A file that another writer takes for itself whenever the store is asked whether it is still the same, which fails while something reads it; and on which scheduler it was opened.</summary>
internal sealed class LockingKeyStore(string file) : KeyStore
{
    private int _locked;

    public int Locked => _locked;

    public ConcurrentBag<TaskScheduler> OpenedOn { get; } = [];

    protected override string Schema => Tables("blob", "integer");

    protected override string Pairs => "select value as pair from json_each(@pairs)";

    public static async Task<SqliteConnection> ExclusiveAsync(string file)
    {
        var connection = new SqliteConnection(Of(file));
        await connection.OpenAsync();
        await using var begin = Sql.Of(connection, "begin exclusive");
        await begin.ExecuteNonQueryAsync();
        return connection;
    }

    public override async Task RequireAsync(CancellationToken cancellationToken)
    {
        await using var writer = await ExclusiveAsync(file);
        _locked++;
    }

    protected override Task BeginAsync(Guid id, CancellationToken cancellationToken) => RequireAsync(cancellationToken);

    protected override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        OpenedOn.Add(TaskScheduler.Current);
        var connection = new SqliteConnection(Of(file));
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    // Nobody else is there: who has to wait at all waits for itself.
    private static string Of(string file) => new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 1, Pooling = false }.ToString();
}
