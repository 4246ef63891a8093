using Classroom.Silo.Hosting;
using Classroom.Storage;
using Npgsql;

namespace Classroom.Silo.Tests;

/// <summary>Invariant: a silo that stands still amid a transaction does not keep the others from its locks for longer than a minute.</summary>
public sealed class StandingTransactionTests
{
    [Theory]
    [InlineData("", "1min")]
    [InlineData(";Options=-c idle_in_transaction_session_timeout=5s", "5s")]
    public async Task Postgres_ends_a_transaction_that_nothing_more_is_asked_of(string options, string expected)
    {
        await using var database = await TestPostgres.CreateAsync();
        await using var source = StorageSetup.SourceOf(database.ConnectionString + options, new OwnDatabase(new ChangedHeads()));
        await using var command = source.CreateCommand("show idle_in_transaction_session_timeout");
        (await command.ExecuteScalarAsync()).ShouldBe(expected);
    }

    [Fact]
    public async Task Its_lock_is_free_again()
    {
        await using var database = await TestPostgres.CreateAsync();
        await using var source = StorageSetup.SourceOf(
            database.ConnectionString + ";Options=-c idle_in_transaction_session_timeout=100ms", new OwnDatabase(new ChangedHeads()));
        await using var standing = await source.OpenConnectionAsync();
        await using var begun = await standing.BeginTransactionAsync();
        await using (var take = new NpgsqlCommand("select pg_advisory_xact_lock(7)", standing, begun))
        {
            await take.ExecuteNonQueryAsync();
        }

        await using var other = source.CreateCommand("select pg_advisory_xact_lock(7)");
        other.CommandTimeout = 60;
        await other.ExecuteNonQueryAsync();
    }
}
