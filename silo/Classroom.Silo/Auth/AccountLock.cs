using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Classroom.Silo.Auth;

/// <summary>
/// One at a time, over all silos, until the transaction ends. A silo that stands still amid it would keep the others waiting for as long as it stands, so
/// Postgres ends a transaction of which nothing more is asked. SQLite has one writer at a time anyway.
/// </summary>
internal static class AccountLock
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <param name="idle">How long nothing may be asked; a minute unless given.</param>
    public static async Task TakeAsync(DatabaseFacade database, int of, int key, CancellationToken cancellationToken, TimeSpan? idle = null)
    {
        if (!database.IsNpgsql())
        {
            return;
        }

        // Of this transaction alone: a pooler between may give the connection to anybody afterwards. In one command, so that no idle moment lies between.
        var most = ((int)(idle ?? Longest).TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        await database.ExecuteSqlAsync($"select set_config('idle_in_transaction_session_timeout', {most}, true), pg_advisory_xact_lock({of}, {key})", cancellationToken);
    }
}
