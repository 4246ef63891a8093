using System.Collections.Concurrent;
using System.Security.Claims;
using Classroom.Silo.Hosting;
using Classroom.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Hybrid;

namespace Classroom.Silo.Auth;

/// <summary>What a cookie says of its session: whose it is, under which security stamp, and which of the account's sessions.</summary>
/// <param name="Id">Empty in a cookie of an older program.</param>
public readonly record struct SessionKey(Guid Account, string Stamp, Guid Id)
{
    /// <summary>Identity's own name of the claim.</summary>
    public const string StampClaim = "AspNet.Identity.SecurityStamp";
    public const string SessionClaim = "ortaq:session";

    /// <returns>Null for who has no account: a student, a board.</returns>
    public static SessionKey? Of(ClaimsPrincipal? user) => Caller.RoleOf(user) is Role.Teacher or Role.Mentor or Role.Admin
        ? new(Caller.IdOf(user!), user!.FindFirstValue(StampClaim) ?? "", Caller.GuidOf(user!, SessionClaim) ?? Guid.Empty) : null;
}

/// <summary>
/// Whether a session is still good: its account is there and not disabled, has the same security stamp (a new one is made whenever password, role or centre
/// change, or everything is signed out), and was not signed out itself. Invariant: a cookie is never good by its signature alone, so one that another copy
/// of the database has signed counts only if it says what stands in this one.
/// </summary>
public sealed class Sessions(IServiceScopeFactory scopes, HybridCache cache, TimeProvider time)
{
    /// <summary>A request may go by what was known so long ago.</summary>
    public static readonly TimeSpan Stale = TimeSpan.FromSeconds(1);

    // A database that hangs holds up nobody who is known.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly HybridCacheEntryOptions OfThisProcess = new() { Expiration = Stale, LocalCacheExpiration = Stale, Flags = HybridCacheEntryFlags.DisableDistributedCache };
    /// <summary>While the database is away, who was good at their last request stays in, if that was not longer ago.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<SessionKey, DateTimeOffset> _lastKnown = new();

    /// <summary>How many sessions are remembered.</summary>
    public int Known => _lastKnown.Count;

    public async ValueTask<bool> IsGoodAsync(SessionKey session, CancellationToken cancellationToken)
    {
        try
        {
            var isGood = await cache.GetOrCreateAsync(
                $"session/{session.Account}/{session.Stamp}/{session.Id}", (this, session),
                static async (x, cancel) => (await x.Item1.GoodAsync([x.session], cancel)).Contains(x.session), OfThisProcess, cancellationToken: cancellationToken)
                .AsTask().WaitAsync(Patience, time, cancellationToken);
            Remember(session, isGood);
            return isGood;
        }
        catch (Exception e) when (Passing.WillPass(e) && !cancellationToken.IsCancellationRequested && _lastKnown.ContainsKey(session))
        {
            // The database is away: nobody can have changed anything in it, and the lesson stays on the screen.
            return true;
        }
    }

    /// <summary>Those of them that are good, straight from the database.</summary>
    /// <exception cref="StorageUnavailableException">The database is away.</exception>
    public async Task<IReadOnlySet<SessionKey>> GoodAsync(IReadOnlyCollection<SessionKey> sessions, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(sessions, cancellationToken);
        }
        catch (InvalidOperationException e) when (e.InnerException is { } inner && Passing.WillPass(inner))
        {
            // EF Core wraps what it thinks is transient.
            throw new StorageUnavailableException("Sessions could not be looked up.", inner);
        }
    }

    private async Task<IReadOnlySet<SessionKey>> AskAsync(IReadOnlyCollection<SessionKey> sessions, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        var (accounts, ids) = (sessions.Select(s => s.Account).Distinct().ToArray(), sessions.Select(s => s.Id).Where(i => i != Guid.Empty).Distinct().ToArray());
        var stamps = await database.Users.Where(a => accounts.Contains(a.Id) && a.DisabledAt == null)
            .Select(a => new { a.Id, a.SecurityStamp }).ToDictionaryAsync(a => a.Id, a => a.SecurityStamp, cancellationToken);
        var ended = (await database.EndedSessions.Where(e => ids.Contains(e.Id)).Select(e => e.Id).ToListAsync(cancellationToken)).ToHashSet();
        return sessions.Where(s => s.Stamp.Length > 0 && stamps.GetValueOrDefault(s.Account) == s.Stamp && !ended.Contains(s.Id)).ToHashSet();
    }

    /// <summary>Signs this one session out, at every silo. A cookie that names none ends with all others of its account.</summary>
    /// <param name="life">How long its cookie may live at most.</param>
    public async Task EndAsync(SessionKey session, TimeSpan life)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        if (session.Id == Guid.Empty)
        {
            var stamp = Guid.NewGuid().ToString("N");
            await database.Users.Where(a => a.Id == session.Account).ExecuteUpdateAsync(s => s.SetProperty(a => a.SecurityStamp, stamp));
        }
        else if (!await database.EndedSessions.AnyAsync(e => e.Id == session.Id))
        {
            var now = time.GetUtcNow();
            var over = now.ToUnixTimeMilliseconds();
            await database.EndedSessions.Where(e => e.EndsAt < over).ExecuteDeleteAsync();
            database.EndedSessions.Add(new EndedSession { Id = session.Id, EndsAt = (now + life).ToUnixTimeMilliseconds() });
            await database.SaveChangesAsync();
        }

        await cache.RemoveAsync($"session/{session.Account}/{session.Stamp}/{session.Id}");
        Remember(session, false);
    }

    /// <summary>Forgets who has not asked for anything for long. Nobody is forgotten while the database is away: the caller has just asked it.</summary>
    public void Prune()
    {
        var oldest = time.GetUtcNow() - Remembered;
        foreach (var known in _lastKnown)
        {
            if (known.Value < oldest)
            {
                // Unless they ask at this moment.
                _lastKnown.TryRemove(known);
            }
        }
    }

    private void Remember(SessionKey session, bool isGood)
    {
        if (isGood)
        {
            _lastKnown[session] = time.GetUtcNow();
        }
        else
        {
            _lastKnown.TryRemove(session, out _);
        }
    }
}
