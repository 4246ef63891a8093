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

/// <summary>Accounts by cookie, students, boards and helpers by ticket; everything is closed unless it is opened by name.</summary>
public static class AuthSetup
{
    private const string Either = "CookieOrTicket";

    /// <summary>How long somebody stays signed in without coming back.</summary>
    public static readonly TimeSpan CookieLife = TimeSpan.FromDays(14);

    public static void AddOrtaqAuth(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddAccounts()
            .AddSignInManager<AccountSignIn>()
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
            .AddPolicy(Policies.Account, p => p.RequireRole(nameof(Role.Teacher), nameof(Role.Mentor), nameof(Role.Admin)))
            .AddPolicy(Policies.Teacher, p => p.RequireRole(nameof(Role.Teacher)))
            .AddPolicy(Policies.Admin, p => p.RequireRole(nameof(Role.Admin)));
        services.AddDataProtection().SetApplicationName("Ortaq");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(s => new ConfigureOptions<KeyManagementOptions>(
            o => (o.XmlRepository, o.XmlEncryptor) = (new ProtectionKeys(s.GetRequiredService<ProtectionKeyStore>()), new MasterKeyEncryptor(s.GetRequiredService<MasterKey>()))));
        services.AddSingleton<Tickets>();
        services.AddSingleton<Devices>();
        services.AddHttpContextAccessor();
        services.AddSingleton<SecurityLog>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<SessionWatch>();
        services.AddHostedService(s => s.GetRequiredService<SessionWatch>());
        services.AddSingleton<Pairings>();
        services.AddSingleton<JoinCodes>();
        services.AddSingleton<CheckedCodes>();
        services.AddSingleton<JoinAttempts>();
        services.AddSingleton<ILiveLessons, LiveLessons>();
        services.AddSingleton<KnownDevices>();
        services.AddSingleton<Nobody>();
        services.AddScoped<PasswordCheck>();
        services.AddSingleton<ProofOfWork>();
        services.AddSingleton<Attempts>();
        services.AddSingleton<IPermits>(s => s.GetService<SharedRedis>() is { } redis ? new SharedPermits(redis) : new LocalPermits());
    }

    private static void Cookie(CookieAuthenticationOptions o)
    {
        o.Cookie.Name = "ortaq";
        o.Cookie.HttpOnly = true;
        o.Cookie.SameSite = SameSiteMode.Lax;
        o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        // An age and not a date alone: a browser whose clock is right would throw away at once what a box in the year 2000 dates.
        o.Cookie.MaxAge = CookieLife;
        o.ExpireTimeSpan = CookieLife;
        o.SlidingExpiration = true;
        o.Events.OnValidatePrincipal = CheckAsync;
        // An API answers with a status; the page then shows its own sign-in.
        o.Events.OnRedirectToLogin = c => Status(c, StatusCodes.Status401Unauthorized);
        o.Events.OnRedirectToAccessDenied = c =>
        {
            c.HttpContext.RequestServices.GetRequiredService<SecurityLog>().Forbidden(c.HttpContext);
            return Status(c, StatusCodes.Status403Forbidden);
        };
    }

    private static async Task CheckAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        if (SessionKey.Of(context.Principal) is not { } session
            || !await http.RequestServices.GetRequiredService<Sessions>().IsGoodAsync(session, http.RequestAborted))
        {
            // Its cookie is taken away too: the next request need not ask the database.
            context.RejectPrincipal();
            await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        }
    }

    private static Task Status(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}

public static class Policies
{
    /// <summary>Whoever has an account, in whatever role.</summary>
    public const string Account = "account";
    public const string Teacher = "teacher";
    public const string Admin = "admin";
}

/// <summary>Puts the display name, the centre and the session into an account's claims, beside Identity's security stamp.</summary>
public sealed class AccountClaims(
    UserManager<Account> users, RoleManager<IdentityRole<Guid>> roles, IOptions<IdentityOptions> options, TimeProvider time)
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

        // One for each sign-in: this session can then be signed out alone. It says since when it is, by the clock that lessons go by.
        identity.AddClaim(new(SessionKey.SessionClaim, Guid.CreateVersion7(time.GetUtcNow()).ToString()));
        return identity;
    }
}
