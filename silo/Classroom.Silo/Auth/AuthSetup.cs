using Classroom.Silo.Hosting;
using Classroom.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Auth;

/// <summary>Accounts by cookie, students and boards by ticket; everything is closed unless it is opened by name.</summary>
public static class AuthSetup
{
    private const string Either = "CookieOrTicket";

    public static void AddOrtaqAuth(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddIdentityCore<Account>(o =>
            {
                o.Password.RequiredLength = 10;
                o.Password.RequireNonAlphanumeric = false;
                o.Lockout.MaxFailedAccessAttempts = 5;
                o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
            })
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<AccountsDb>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<AccountClaims>()
            .AddDefaultTokenProviders();
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, o => o.ForwardDefaultSelector =
                context => TicketHandler.TextOf(context.Request) is null ? IdentityConstants.ApplicationScheme : TicketHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, TicketHandler>(TicketHandler.SchemeName, null)
            .AddCookie(IdentityConstants.ApplicationScheme, Cookie)
            .AddCookie(IdentityConstants.ExternalScheme)
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme);
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Policies.Teacher, p => p.RequireRole(nameof(Role.Teacher)))
            .AddPolicy(Policies.Admin, p => p.RequireRole(nameof(Role.Admin)));
        services.AddDataProtection().SetApplicationName("Ortaq");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(s => new ConfigureOptions<KeyManagementOptions>(
            o => o.XmlRepository = new ProtectionKeys(s.GetRequiredService<ProtectionKeyStore>())));
        services.AddSingleton<Tickets>();
        services.AddSingleton<Devices>();
        services.AddSingleton<OneTimeLinks>();
        services.AddSingleton<Pairings>();
        services.AddSingleton<JoinCodes>();
        services.AddSingleton<JoinAttempts>();
        services.AddSingleton<IPermits>(s => s.GetService<SharedRedis>() is { } redis ? new SharedPermits(redis) : new LocalPermits());
    }

    private static void Cookie(CookieAuthenticationOptions o)
    {
        o.Cookie.Name = "ortaq";
        o.Cookie.HttpOnly = true;
        o.Cookie.SameSite = SameSiteMode.Lax;
        o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        o.ExpireTimeSpan = TimeSpan.FromDays(14);
        o.SlidingExpiration = true;
        // An API answers with a status; the page then shows its own sign-in.
        o.Events.OnRedirectToLogin = c => Status(c, StatusCodes.Status401Unauthorized);
        o.Events.OnRedirectToAccessDenied = c => Status(c, StatusCodes.Status403Forbidden);
    }

    private static Task Status(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}

public static class Policies
{
    public const string Teacher = "teacher";
    public const string Admin = "admin";
}

/// <summary>Puts the display name and the centre into an account's claims.</summary>
public sealed class AccountClaims(
    UserManager<Account> users, RoleManager<IdentityRole<Guid>> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Account, IdentityRole<Guid>>(users, roles, options)
{
    protected override async Task<System.Security.Claims.ClaimsIdentity> GenerateClaimsAsync(Account user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var identity = await base.GenerateClaimsAsync(user);
        var name = identity.FindFirst(identity.NameClaimType);
        identity.RemoveClaim(name);
        identity.AddClaim(new(identity.NameClaimType, user.DisplayName));
        if (user.CentreId is { } centre)
        {
            identity.AddClaim(new(Caller.CentreClaim, centre.ToString()));
        }

        return identity;
    }
}
