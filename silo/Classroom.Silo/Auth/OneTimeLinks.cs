using System.Security.Cryptography;
using Classroom.Storage;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Silo.Auth;

public enum LinkState
{
    /// <summary>There is no such link, or its time is over.</summary>
    Unknown,

    /// <summary>It was used before.</summary>
    Used,

    /// <summary>It was good, and is used now.</summary>
    Taken,
}

/// <summary>
/// Links that work once: they sign in (printed at the start in Development), or choose a new password. They stand in the database, so that the command line
/// makes one beside a running server, and every silo knows that it was used. Invariant: of all that take a link at once, one gets it.
/// </summary>
public sealed class OneTimeLinks(AccountsDb database, TimeProvider time)
{
    private const int Bytes = 16;

    public static TimeSpan LifeOf(LinkPurpose purpose) => purpose == LinkPurpose.Enter ? TimeSpan.FromHours(12) : TimeSpan.FromDays(3);

    public async Task<string> MakeAsync(Guid account, LinkPurpose purpose)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        var now = time.GetUtcNow();
        if (purpose == LinkPurpose.Password)
        {
            // A newer one takes the place of one that may lie about in a letter.
            await database.Links.Where(l => l.AccountId == account && l.Purpose == purpose && l.UsedAt == null).ExecuteDeleteAsync();
        }

        database.Links.Add(new AccountLink
        {
            Hash = HashedKey.Of(token), AccountId = account, Purpose = purpose, ExpiresAt = (now + LifeOf(purpose)).ToUnixTimeMilliseconds(),
        });
        await database.SaveChangesAsync();
        return token;
    }

    /// <summary>Whose link it is; takes nothing.</summary>
    public async Task<(LinkState State, Guid Account)> LookAsync(string? token, LinkPurpose purpose)
    {
        if (token is not { Length: Bytes * 2 } || !token.All(char.IsAsciiHexDigitLower))
        {
            return (LinkState.Unknown, Guid.Empty);
        }

        var hash = HashedKey.Of(token);
        var link = await database.Links.AsNoTracking().FirstOrDefaultAsync(l => l.Hash == hash && l.Purpose == purpose);
        return link is null ? (LinkState.Unknown, Guid.Empty)
            : link.UsedAt is not null ? (LinkState.Used, link.AccountId)
            : link.ExpiresAt <= time.GetUtcNow().ToUnixTimeMilliseconds() ? (LinkState.Unknown, Guid.Empty)
            : (LinkState.Taken, link.AccountId);
    }

    public async Task<(LinkState State, Guid Account)> TakeAsync(string? token, LinkPurpose purpose)
    {
        var (state, account) = await LookAsync(token, purpose);
        if (state != LinkState.Taken)
        {
            return (state, Guid.Empty);
        }

        var (hash, now) = (HashedKey.Of(token!), time.GetUtcNow().ToUnixTimeMilliseconds());
        return await database.Links.Where(l => l.Hash == hash && l.UsedAt == null).ExecuteUpdateAsync(s => s.SetProperty(l => l.UsedAt, now)) == 1
            ? (LinkState.Taken, account) : (LinkState.Used, Guid.Empty);
    }
}
