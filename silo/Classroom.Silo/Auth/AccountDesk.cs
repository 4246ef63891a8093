using Classroom.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Classroom.Silo.Auth;

/// <summary>An account as an admin sees it.</summary>
/// <param name="Login">Null for one that signs in through the organisation.</param>
/// <param name="Role">teacher, mentor, admin; null: none.</param>
/// <param name="HasPassword">False until somebody has used the link.</param>
public sealed record AccountRow(
    Guid Id, string? Login, string Name, string? Role, Guid? CentreId, DateTimeOffset? LastSignInAt, DateTimeOffset? DisabledAt, bool HasPassword);

public sealed record CentreRow(Guid Id, string Name);

/// <summary>
/// What is done with accounts, by an admin's page and by the command line alike. Every method returns the code of its refusal, or null. Invariant: what
/// an account may do, or how it signs in, never changes without a new security stamp, which ends its sessions everywhere. Invariant: one admin who can
/// sign in with a password of their own is left, whatever two admins do at one moment; nobody takes their own way in away.
/// </summary>
public sealed class AccountDesk(AccountsDb database, UserManager<Account> users, OneTimeLinks links, TimeProvider time)
{
    public const int MaxName = 100;

    // Of two numbers, so that it is none of the locks of one number that the schema's changes take.
    private const int LockOfAccounts = 2;

    public async Task<IReadOnlyList<AccountRow>> ListAsync(CancellationToken cancellationToken)
    {
        var roles = await (from r in database.UserRoles join name in database.Roles on r.RoleId equals name.Id select new { r.UserId, name.Name })
            .ToListAsync(cancellationToken);
        var roleOf = roles.GroupBy(r => r.UserId).ToDictionary(g => g.Key, g => g.Select(r => r.Name).Order(StringComparer.Ordinal).First());
        var organisations = (await database.UserLogins.Select(l => l.UserId).ToListAsync(cancellationToken)).ToHashSet();
        var all = await database.Users.AsNoTracking().ToListAsync(cancellationToken);
        return [.. all.OrderBy(a => a.DisabledAt is not null).ThenBy(a => a.DisplayName, StringComparer.Ordinal).ThenBy(a => a.Id).Select(a => new AccountRow(
            a.Id, organisations.Contains(a.Id) ? null : a.UserName, a.DisplayName, roleOf.GetValueOrDefault(a.Id)?.ToLowerInvariant(), a.CentreId,
            a.LastSignInAt, a.DisabledAt, a.PasswordHash is not null))];
    }

    public async Task<IReadOnlyList<CentreRow>> CentresAsync(CancellationToken cancellationToken) =>
        [.. (await database.Centres.AsNoTracking().ToListAsync(cancellationToken)).OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => new CentreRow(c.Id, c.Name))];

    public async Task<(string? Refusal, Guid Id)> AddCentreAsync(string? name)
    {
        if (NameOf(name) is not { } given)
        {
            return (Refuse("bad-name"), Guid.Empty);
        }

        await using var alone = await AloneAsync();
        if (await database.Centres.AnyAsync(c => c.Name == given))
        {
            return (Refuse("centre-exists"), Guid.Empty);
        }

        var centre = new Classroom.Storage.Centre { Id = Guid.CreateVersion7(), Name = given };
        database.Centres.Add(centre);
        await database.SaveChangesAsync();
        await alone.CommitAsync();
        return (null, centre.Id);
    }

    /// <summary>A centre that the settings name is in the table, under the name that it has there; whoever is first makes it.</summary>
    public async Task EnsureCentreAsync(Guid id, string name)
    {
        await using var alone = await AloneAsync();
        if (!await database.Centres.AnyAsync(c => c.Id == id))
        {
            var taken = NameOf(name) is not { } given || await database.Centres.AnyAsync(c => c.Name == given);
            database.Centres.Add(new Classroom.Storage.Centre { Id = id, Name = taken ? id.ToString() : name.Trim() });
            await database.SaveChangesAsync();
            await alone.CommitAsync();
        }
    }

    public async Task<(string? Refusal, Guid Id)> AddAsync(string? login, string? name, string? role, Guid? centre)
    {
        if (NameOf(name) is not { } given)
        {
            return (Refuse("bad-name"), Guid.Empty);
        }

        if (RoleOf(role) is not { } wanted)
        {
            return (Refuse("bad-role"), Guid.Empty);
        }

        await using var alone = await AloneAsync();
        if (centre is { } id && !await database.Centres.AnyAsync(c => c.Id == id))
        {
            return (Refuse("no-such-centre"), Guid.Empty);
        }

        var account = new Account { Id = Guid.CreateVersion7(), UserName = login?.Trim() ?? "", DisplayName = given, CentreId = centre };
        var made = await users.CreateAsync(account);
        if (!made.Succeeded)
        {
            return (made.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.DuplicateUserName)) ? Refuse("account-exists") : Refuse("bad-user-name"), Guid.Empty);
        }

        Check(await users.AddToRoleAsync(account, wanted.ToString()));
        await alone.CommitAsync();
        return (null, account.Id);
    }

    /// <param name="by">The admin who does it; null: the command line.</param>
    public Task<string?> DisableAsync(Guid id, Guid? by) => ChangeAsync(id, async account =>
    {
        if (id == by)
        {
            return Refuse("own-account");
        }

        if (await IsLastAdminAsync(account))
        {
            return Refuse("last-admin");
        }

        account.DisabledAt ??= time.GetUtcNow();
        await DropLinksAsync(account);
        return null;
    });

    public Task<string?> EnableAsync(Guid id) => ChangeAsync(id, account =>
    {
        account.DisabledAt = null;
        return Task.FromResult<string?>(null);
    });

    public Task<string?> SetRoleAsync(Guid id, string? role, Guid? by) => ChangeAsync(id, async account =>
    {
        if (RoleOf(role) is not { } wanted)
        {
            return Refuse("bad-role");
        }

        if (await IsOrganisationsAsync(id))
        {
            return Refuse("organisation-account");
        }

        if (wanted != Role.Admin && id == by)
        {
            return Refuse("own-account");
        }

        if (wanted != Role.Admin && await IsLastAdminAsync(account))
        {
            return Refuse("last-admin");
        }

        var had = await users.GetRolesAsync(account);
        Check(await users.RemoveFromRolesAsync(account, had.Where(r => r != wanted.ToString())));
        Check(had.Contains(wanted.ToString()) ? IdentityResult.Success : await users.AddToRoleAsync(account, wanted.ToString()));
        return null;
    });

    public Task<string?> SetCentreAsync(Guid id, Guid? centre) => ChangeAsync(id, async account =>
    {
        if (centre is { } wanted && !await database.Centres.AnyAsync(c => c.Id == wanted))
        {
            return Refuse("no-such-centre");
        }

        if (await IsOrganisationsAsync(id))
        {
            return Refuse("organisation-account");
        }

        account.CentreId = centre;
        return null;
    });

    /// <summary>Ends every session of the account.</summary>
    public Task<string?> SignOutAsync(Guid id) => ChangeAsync(id, async account =>
    {
        await DropLinksAsync(account);
        return null;
    });

    /// <summary>A link to choose a new password by. The old one is in force until somebody has.</summary>
    public async Task<(string? Refusal, string Token)> LinkAsync(Guid id)
    {
        if (await users.FindByIdAsync(id.ToString()) is not { } account)
        {
            return (Refuse("no-such-account"), "");
        }

        return account.DisabledAt is not null ? (Refuse("account-disabled"), "")
            : await IsOrganisationsAsync(id) ? (Refuse("organisation-account"), "")
            : (null, await links.MakeAsync(id, LinkPurpose.Password));
    }

    public Task<string?> SetPasswordAsync(Guid id, string? password) => ChangeAsync(id, async account =>
    {
        if (await IsOrganisationsAsync(id))
        {
            return Refuse("organisation-account");
        }

        if (!await IsGoodPasswordAsync(account, password))
        {
            return Refuse("weak-password");
        }

        account.PasswordHash = users.PasswordHasher.HashPassword(account, password!);
        await DropLinksAsync(account);
        return null;
    });

    /// <summary>A new password by a link that was given for it. A password that cannot be taken leaves the link good.</summary>
    public async Task<(string? Refusal, Account? Account)> ChooseAsync(string? token, string? password)
    {
        var (state, id) = await links.LookAsync(token, LinkPurpose.Password);
        if (state != LinkState.Taken || await users.FindByIdAsync(id.ToString()) is not { DisabledAt: null } account)
        {
            return (state == LinkState.Used ? Refuse("link-used") : Refuse("link-unknown"), null);
        }

        if (!await IsGoodPasswordAsync(account, password))
        {
            return (Refuse("weak-password"), null);
        }

        (state, _) = await links.TakeAsync(token, LinkPurpose.Password);
        return state != LinkState.Taken ? (Refuse("link-used"), null)
            : await SetPasswordAsync(id, password) is { } refusal ? (refusal, null)
            : (null, await users.FindByIdAsync(id.ToString()));
    }

    public async Task<Account?> FindAsync(string login) => await users.FindByNameAsync(login);

    // A code, written where it is given.
    private static string Refuse(string code) => code;

    private static Role? RoleOf(string? role) =>
        Enum.TryParse<Role>(role, ignoreCase: true, out var wanted) && wanted is Role.Teacher or Role.Mentor or Role.Admin && !char.IsAsciiDigit(role![0]) ? wanted : null;

    private static string? NameOf(string? name) => name?.Trim() is { Length: > 0 and <= MaxName } given && !given.Any(char.IsControl) ? given : null;

    private async Task<string?> ChangeAsync(Guid id, Func<Account, Task<string?>> change)
    {
        await using var alone = await AloneAsync();
        // What another process wrote since this one last looked.
        database.ChangeTracker.Clear();
        if (await users.FindByIdAsync(id.ToString()) is not { } account)
        {
            return Refuse("no-such-account");
        }

        if (await change(account) is { } refusal)
        {
            database.ChangeTracker.Clear();
            return refusal;
        }

        Check(await users.UpdateSecurityStampAsync(account));
        await alone.CommitAsync();
        return null;
    }

    // Who has not chosen a password yet cannot sign in, and the organisation may be away, or say tomorrow that somebody is no admin.
    private async Task<bool> IsLastAdminAsync(Account account)
    {
        var admins = from r in database.UserRoles
                     join name in database.Roles on r.RoleId equals name.Id
                     join a in database.Users on r.UserId equals a.Id
                     where name.Name == nameof(Role.Admin) && a.DisabledAt == null && a.PasswordHash != null && !database.UserLogins.Any(l => l.UserId == a.Id)
                     select a.Id;
        var left = await admins.ToListAsync();
        return left.Contains(account.Id) && left.Count == 1;
    }

    // A link that lies about would open the account that was just closed to whoever had it.
    private Task DropLinksAsync(Account account) => database.Links.Where(l => l.AccountId == account.Id && l.UsedAt == null).ExecuteDeleteAsync();

    private Task<bool> IsOrganisationsAsync(Guid id) => database.UserLogins.AnyAsync(l => l.UserId == id);

    private async Task<bool> IsGoodPasswordAsync(Account account, string? password)
    {
        // Hashing takes time by length; nobody types a kilobyte.
        if (password is null or { Length: > 256 })
        {
            return false;
        }

        foreach (var validator in users.PasswordValidators)
        {
            if (!(await validator.ValidateAsync(users, account, password)).Succeeded)
            {
                return false;
            }
        }

        return true;
    }

    // One change of accounts at a time, over all silos.
    private async Task<IDbContextTransaction> AloneAsync()
    {
        var transaction = await database.Database.BeginTransactionAsync();
        await AccountLock.TakeAsync(database.Database, LockOfAccounts, 0, CancellationToken.None);
        return transaction;
    }

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(string.Join(", ", result.Errors.Select(e => e.Code)));
        }
    }
}
