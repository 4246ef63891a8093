using System.Security.Claims;
using Classroom.Silo.Auth;
using Classroom.Silo.Hosting;
using Classroom.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Api;

/// <param name="Proof">That of a challenge for this login.</param>
public sealed record LoginBody(string? UserName, string? Password, Proof? Proof = null);

/// <param name="Token">Of a one-time link.</param>
public sealed record PasswordBody(string? Token, string? Password);

/// <param name="Role">teacher, mentor, admin or anonymous.</param>
/// <param name="Organisation">What the organisation's own sign-in is called; null when there is none.</param>
public sealed record SessionBody(string Role, Guid? Id, string? Name, DateTimeOffset Now, string? Organisation);

/// <param name="Next">Where the browser goes to sign out of the organisation too; null for a local account.</param>
public sealed record SignedOutReply(string? Next);

/// <summary>Signing in and out of accounts.</summary>
public static class Session
{
    private const string Teach = "/teach";
    private const string Mentor = "/mentor";
    private const string Operator = "/operator";
    private const string Accounts = "/accounts";
    private const string LinkUsed = "link-used";
    private const string LinkUnknown = "link-unknown";

    public static void MapSession(this WebApplication app)
    {
        var oidc = app.Services.GetRequiredService<IOptions<OidcOptions>>().Value;
        var organisation = oidc.IsOn ? oidc.Title : null;
        app.MapGet("/api/session", (HttpContext context, TimeProvider time) => new SessionBody(
            Caller.RoleOf(context.User)?.ToString().ToLowerInvariant() ?? "anonymous", Caller.GuidOf(context.User, ClaimTypes.NameIdentifier), context.User.Identity?.Name, time.GetUtcNow(), organisation))
            .AllowAnonymous();

        app.MapPost("/api/login", LoginAsync).AllowAnonymous();

        app.MapGet("/enter/{token}", async (string token, HttpContext context, OneTimeLinks links, SignInManager<Account> signIn, UserManager<Account> users, KnownDevices known) =>
        {
            var (state, id) = await links.TakeAsync(token, LinkPurpose.Enter);
            if (state != LinkState.Taken || await users.FindByIdAsync(id.ToString()) is not { } account || !await signIn.CanSignInAsync(account))
            {
                return Results.Redirect(SignInOf(Teach, state == LinkState.Used ? LinkUsed : LinkUnknown));
            }

            await signIn.SignInAsync(account, isPersistent: true);
            known.Remember(context, account.UserName);
            return Results.Redirect(await users.IsInRoleAsync(account, nameof(Role.Mentor)) || await users.IsInRoleAsync(account, nameof(Role.Admin)) ? Mentor : Teach);
        }).AllowAnonymous();

        app.MapPost("/api/password", async (PasswordBody body, HttpContext context, AccountDesk desk, SignInManager<Account> signIn, KnownDevices known) =>
        {
            var (refusal, account) = await desk.ChooseAsync(body.Token, body.Password);
            if (account is null)
            {
                return Errors.Of(StatusCodes.Status400BadRequest, refusal!);
            }

            await signIn.SignInAsync(account, isPersistent: true);
            known.Remember(context, account.UserName);
            return Results.Ok();
        }).AllowAnonymous();

        app.MapPost("/api/logout", async (HttpContext context, SignInManager<Account> signIn, Sessions sessions) =>
        {
            // Ours first, whatever becomes of the organisation's. The cookie may lie elsewhere too: taking it from this browser ends no session.
            if (SessionKey.Of(context.User) is { } session)
            {
                await sessions.EndAsync(session, AuthSetup.CookieLife);
            }

            await signIn.SignOutAsync();
            var provider = context.User.HasClaim(OidcAccounts.Mark.Type, OidcAccounts.Mark.Value) ? context.RequestServices.GetService<OidcProvider>() : null;
            return new SignedOutReply(provider is null ? null : await provider.SignOutAsync(context, HomeOf(Caller.RoleOf(context.User))));
        });

        app.MapGet("/oidc/sign-in", async (string? to, HttpContext context) =>
            !Headers.IsNavigation(context.Request) ? Errors.Of(StatusCodes.Status403Forbidden, "wrong-origin")
            : context.RequestServices.GetService<OidcProvider>() is not { } provider ? Results.Redirect(PageOf(to))
                : await provider.IsKnownAsync(context.RequestAborted)
                    ? Results.Challenge(new AuthenticationProperties { RedirectUri = PageOf(to) }, [OidcSetup.Scheme])
                    : Results.Redirect(SignInOf(to, OidcEvents.CodeOf(new HttpRequestException()))))
            .RequireRateLimiting(Limits.Organisation).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> LoginAsync(LoginBody body, HttpContext context, PasswordCheck passwords, SignInManager<Account> signIn, Attempts attempts, KnownDevices known)
    {
        var name = NameOf(body);
        using var attempt = await attempts.BeginAsync(context, Doors.SignIn, name.ToUpperInvariant(), body.Proof);
        if (attempt.Challenge is { } first)
        {
            return Errors.Of(first);
        }

        if (await passwords.FindAsync(name, body.Password ?? "") is not { } account)
        {
            return await attempt.FailedAsync() is { } challenge ? Errors.Of(challenge) : Errors.Of(StatusCodes.Status401Unauthorized, "bad-login");
        }

        if (!await signIn.CanSignInAsync(account))
        {
            return Errors.Of(StatusCodes.Status403Forbidden, "account-disabled");
        }

        await signIn.SignInAsync(account, isPersistent: true);
        known.Remember(context, name);
        return Results.Ok();
    }

    /// <param name="from">Where somebody began: an admin has three pages.</param>
    public static string HomeOf(Role? role, string? from = null) =>
        role is Role.Admin && from is Operator or Accounts ? from : role is Role.Mentor or Role.Admin ? Mentor : Teach;

    /// <summary>The page where somebody signs in, which words the code.</summary>
    public static string SignInOf(string? page, string code) => $"{PageOf(page)}?refused={code}";

    // Nobody is sent to an address that somebody else wrote into a link.
    private static string PageOf(string? page) => page is Mentor or Operator or Accounts ? page : Teach;

    // Postgres takes no NUL, and nobody's name has a character that cannot be typed.
    private static string NameOf(LoginBody body) => body.UserName is { Length: <= 256 } name && !name.Any(char.IsControl) ? name : "";
}
