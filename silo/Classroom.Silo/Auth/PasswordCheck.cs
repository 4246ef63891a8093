using Classroom.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Auth;

/// <summary>
/// Whose login and password these are. Invariant: exactly one password is hashed, whether there is such an account, whether it has a password, and whether
/// it is right; so the time says nothing of it. Wrong ones lock nobody out: <see cref="Attempts"/> makes them dear.
/// </summary>
public sealed class PasswordCheck(UserManager<Account> users, IPasswordHasher<Account> hasher, Nobody nobody)
{
    public async Task<Account?> FindAsync(string login, string password)
    {
        var account = login.Length == 0 ? null : await users.FindByNameAsync(login);
        if (account?.PasswordHash is null)
        {
            hasher.VerifyHashedPassword(nobody.Account, nobody.Account.PasswordHash!, password);
            return null;
        }

        return await users.CheckPasswordAsync(account, password) ? account : null;
    }
}

/// <summary>Whom a password is compared with that is nobody's.</summary>
public sealed class Nobody
{
    /// <param name="options">As the passwords of accounts are hashed: else the time would tell them apart.</param>
    public Nobody(IOptions<PasswordHasherOptions> options)
    {
        Account = new Account();
        Account.PasswordHash = new PasswordHasher<Account>(options).HashPassword(Account, Guid.NewGuid().ToString());
    }

    public Account Account { get; }
}
