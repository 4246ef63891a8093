using Npgsql;

namespace Classroom.Faults.Tests;

/// <summary>A fact log on its own connections, as another process would have, which closes them with itself.</summary>
public sealed class PostgresLogOfItsOwn : IFactLog, IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly PostgresFactLog _log;

    public PostgresLogOfItsOwn(string connectionString)
    {
        _source = NpgsqlDataSource.Create(connectionString);
        _log = new PostgresFactLog(_source);
    }

    public Task<AppendResult> AppendAsync(
        string stream, long expectedVersion, Guid commandId, IReadOnlyList<NewFact> facts, CancellationToken cancellationToken) =>
        _log.AppendAsync(stream, expectedVersion, commandId, facts, cancellationToken);

    public IAsyncEnumerable<StoredFact> ReadAsync(string stream, long after, CancellationToken cancellationToken) =>
        _log.ReadAsync(stream, after, cancellationToken);

    public Task SaveSnapshotAsync(string stream, StoredSnapshot snapshot, CancellationToken cancellationToken) =>
        _log.SaveSnapshotAsync(stream, snapshot, cancellationToken);

    public Task<StoredSnapshot?> LoadSnapshotAsync(string stream, CancellationToken cancellationToken) =>
        _log.LoadSnapshotAsync(stream, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await _source.DisposeAsync();
    }
}

/// <summary>Where there is nothing to take down.</summary>
public sealed class Nothing : IAsyncDisposable
{
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
