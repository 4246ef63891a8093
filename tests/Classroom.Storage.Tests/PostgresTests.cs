using Classroom.Tests;
using Npgsql;

namespace Classroom.Storage.Tests;

public sealed class PostgresFactLogTests : FactLogContract
{
    private TestPostgres _postgres = null!;
    private NpgsqlDataSource _source = null!;

    protected override async Task<(IFactLog, IFactLog)> MakeAsync()
    {
        _postgres = await TestPostgres.CreateAsync();
        var settings = new DatabaseSettings(_postgres.ConnectionString, "");
        // Two processes that start at once migrate once.
        await Task.WhenAll(Migrator.MigrateAsync(settings, default), Migrator.MigrateAsync(settings, default));
        _source = NpgsqlDataSource.Create(_postgres.ConnectionString);
        return (new PostgresFactLog(_source), new PostgresFactLog(_source));
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _source.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_is_away_acknowledges_nothing()
    {
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(_postgres.ConnectionString) { Port = 1, Timeout = 2 }.ToString());
        await using var log = new PostgresFactLog(source);
        await Should.ThrowAsync<StorageUnavailableException>(() => Append(log, "a", 0, Facts("one")));
    }
}
