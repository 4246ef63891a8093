using Classroom.Silo.Auth;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Silo.Tests;

/// <summary>Invariant: a silo that stands still while it changes an account does not keep the others from theirs for longer than a minute.</summary>
public sealed class StandingTransactionTests
{
    [Fact]
    public async Task The_lock_of_one_that_asks_nothing_more_is_free_again()
    {
        await using var postgres = await TestPostgres.CreateAsync();
        await using var standing = Open(postgres);
        await using var begun = await standing.Database.BeginTransactionAsync();
        await AccountLock.TakeAsync(standing.Database, 7, 0, default, TimeSpan.FromMilliseconds(100));

        await using var other = Open(postgres);
        other.Database.SetCommandTimeout(TimeSpan.FromMinutes(1));
        await using var waited = await other.Database.BeginTransactionAsync();
        await AccountLock.TakeAsync(other.Database, 7, 0, default);

        (await IdleOf(other)).ShouldBe("1min");
        await waited.CommitAsync();
        (await IdleOf(other)).ShouldBe("0", "of that transaction alone");
    }

    private static DbContext Open(TestPostgres postgres) => new(new DbContextOptionsBuilder().UseNpgsql(postgres.ConnectionString).Options);

    private static async Task<string> IdleOf(DbContext context) =>
        (await context.Database.SqlQuery<string>($"select current_setting('idle_in_transaction_session_timeout') as \"Value\"").ToListAsync()).Single();
}
