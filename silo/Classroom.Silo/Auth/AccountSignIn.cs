using System.Security.Claims;
using Classroom.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Auth;

/// <summary>Identity's sign-in, which lets nobody in with a disabled account, and notes when somebody came.</summary>
public sealed class AccountSignIn(
    UserManager<Account> users, IHttpContextAccessor context, IUserClaimsPrincipalFactory<Account> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<Account>> logger, IAuthenticationSchemeProvider schemes, IUserConfirmation<Account> confirmation, AccountsDb database, TimeProvider time)
    : SignInManager<Account>(users, context, claims, options, logger, schemes, confirmation)
{
    public override async Task<bool> CanSignInAsync(Account user) => user is { DisabledAt: null } && await base.CanSignInAsync(user);

    public override async Task SignInWithClaimsAsync(Account user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        ArgumentNullException.ThrowIfNull(user);
        await base.SignInWithClaimsAsync(user, authenticationProperties, additionalClaims);
        await NoteAsync(user.Id);
    }

    public async Task NoteAsync(Guid account)
    {
        DateTimeOffset? now = time.GetUtcNow();
        await database.Users.Where(a => a.Id == account).ExecuteUpdateAsync(s => s.SetProperty(a => a.LastSignInAt, now));
    }
}
