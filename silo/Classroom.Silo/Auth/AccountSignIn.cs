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
    ILogger<SignInManager<Account>> logger, IAuthenticationSchemeProvider schemes, IUserConfirmation<Account> confirmation, AccountsDb database, TimeProvider time,
    Sessions sessions, SecurityLog log)
    : SignInManager<Account>(users, context, claims, options, logger, schemes, confirmation)
{
    public override async Task<bool> CanSignInAsync(Account user) => user is { DisabledAt: null } && await base.CanSignInAsync(user);

    public override async Task SignInWithClaimsAsync(Account user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        ArgumentNullException.ThrowIfNull(user);
        // The one that this browser had is over: a copy of its cookie opens nothing.
        if (SessionKey.Of(Context.User) is { } before)
        {
            await sessions.EndAsync(before, AuthSetup.CookieLife);
        }

        await base.SignInWithClaimsAsync(user, authenticationProperties, additionalClaims);
        await NoteAsync(user.Id, "cookie");
    }

    /// <param name="way">cookie: by password or a one-time link; organisation.</param>
    public async Task NoteAsync(Guid account, string way)
    {
        log.SignedIn(account, Context, way);
        DateTimeOffset? now = time.GetUtcNow();
        await database.Users.Where(a => a.Id == account).ExecuteUpdateAsync(s => s.SetProperty(a => a.LastSignInAt, now));
    }
}
