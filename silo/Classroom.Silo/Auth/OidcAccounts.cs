using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Classroom.Silo.Hosting;
using Classroom.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Auth;

/// <summary>Who somebody is by the organisation's id token.</summary>
/// <param name="IdToken">Null when it is too large to keep.</param>
public sealed record OrganisationPerson(
    string Issuer, string Subject, string? Name, IReadOnlyCollection<string> Roles, IReadOnlyCollection<string> Centres, string? IdToken);

/// <summary>
/// The account of ours that belongs to an issuer's subject. Invariant: never an account found by a name or an address, which anybody could claim at the
/// provider; role, centre and name are what the organisation says today; nobody without a role gets or keeps one.
/// </summary>
public sealed class OidcAccounts(IServiceScopeFactory scopes, IOptions<OidcOptions> options)
{
    private const int LongestName = 100;
    private const int LongestSubject = 255;

    // Of two numbers, so that it is none of the locks of one number that the schema's changes take.
    private const int LockOfPeople = 1;

    /// <summary>Marks a cookie whose sign-out also goes to the organisation.</summary>
    public static readonly Claim Mark = new(ClaimTypes.AuthenticationMethod, OidcSetup.Scheme);

    /// <exception cref="SignInRefusedException">Somebody without a role here, or without a subject.</exception>
    public async Task<(ClaimsPrincipal Principal, Role Role)> EnterAsync(OrganisationPerson person, CancellationToken cancellationToken)
    {
        if (person.Subject.Length is 0 or > LongestSubject || person.Subject.Any(char.IsControl))
        {
            throw Refused("organisation-failed");
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var database = scope.ServiceProvider.GetRequiredService<AccountsDb>().Database;
        await using var all = await database.BeginTransactionAsync(cancellationToken);
        await AloneAsync(database, person, cancellationToken);
        var account = await users.FindByLoginAsync(person.Issuer, person.Subject);
        var role = options.Value.RoleOf(person.Roles);
        if (role is not null)
        {
            account = account is null ? await MakeAsync(users, person) : await RenewAsync(users, account, person);
        }

        if (account is { DisabledAt: not null })
        {
            throw Refused("account-disabled");
        }

        if (account is not null)
        {
            await SetRoleAsync(users, account, role);
            await all.CommitAsync(cancellationToken);
        }

        if (account is null || role is not { } given)
        {
            throw Refused("no-role");
        }

        var signIn = (AccountSignIn)scope.ServiceProvider.GetRequiredService<SignInManager<Account>>();
        var principal = await signIn.CreateUserPrincipalAsync(account);
        await signIn.NoteAsync(account.Id, "organisation");
        ((ClaimsIdentity)principal.Identity!).AddClaim(Mark);
        return (principal, given);
    }

    // Two tabs, or two silos, at one moment are one account.
    private static Task AloneAsync(DatabaseFacade database, OrganisationPerson person, CancellationToken cancellationToken) => AccountLock.TakeAsync(
        database, LockOfPeople, BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{person.Issuer}\n{person.Subject}"))), cancellationToken);

    private async Task<Account> MakeAsync(UserManager<Account> users, OrganisationPerson person)
    {
        var id = Guid.CreateVersion7();
        // No password, and a login that nobody has: the one way in is the organisation's.
        var account = new Account { Id = id, UserName = $"oidc-{id:N}", DisplayName = NameOf(person), CentreId = CentreOf(person) };
        Check(await users.CreateAsync(account));
        Check(await users.AddLoginAsync(account, new UserLoginInfo(person.Issuer, person.Subject, null)));
        return account;
    }

    private async Task<Account> RenewAsync(UserManager<Account> users, Account account, OrganisationPerson person)
    {
        var (had, now) = (account.CentreId, (NameOf(person), CentreOf(person)));
        if ((account.DisplayName, account.CentreId) != now)
        {
            (account.DisplayName, account.CentreId) = now;
            Check(had == account.CentreId ? await users.UpdateAsync(account) : await users.UpdateSecurityStampAsync(account));
        }

        return account;
    }

    private static async Task SetRoleAsync(UserManager<Account> users, Account account, Role? role)
    {
        var had = await users.GetRolesAsync(account);
        string[] has = role is { } given ? [given.ToString()] : [];
        if (had.Count > 0 && !had.ToHashSet().SetEquals(has))
        {
            // What was opened with the old role ends.
            Check(await users.UpdateSecurityStampAsync(account));
        }

        if (had.Except(has, StringComparer.Ordinal).ToList() is { Count: > 0 } lost)
        {
            Check(await users.RemoveFromRolesAsync(account, lost));
        }

        if (has.Except(had, StringComparer.Ordinal).ToList() is { Count: > 0 } won)
        {
            Check(await users.AddToRolesAsync(account, won));
        }
    }

    private Guid? CentreOf(OrganisationPerson person) =>
        string.IsNullOrWhiteSpace(options.Value.CentreClaim) ? AccountsSetup.Centre : options.Value.CentreOf(person.Centres);

    // What cannot be typed belongs into no name, and Postgres takes no NUL.
    private static string NameOf(OrganisationPerson person)
    {
        var name = string.Concat((person.Name ?? person.Subject).Where(c => !char.IsControl(c))).Trim();
        return name.Length > LongestName ? name[..LongestName] : name;
    }

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            // Somebody changed the account between.
            throw Refused("try-again");
        }
    }

    private static SignInRefusedException Refused(string code) => new(code);
}
