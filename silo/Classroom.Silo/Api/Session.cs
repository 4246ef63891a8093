using System.Security.Claims;
using Classroom.Silo.Auth;
using Classroom.Storage;
using Microsoft.AspNetCore.Identity;

namespace Classroom.Silo.Api;

public sealed record LoginBody(string? UserName, string? Password);

/// <param name="Role">teacher, mentor, admin or anonymous.</param>
public sealed record SessionBody(string Role, Guid? Id, string? Name, DateTimeOffset Now);

/// <summary>Signing in and out of accounts.</summary>
public static class Session
{
    public static void MapSession(this WebApplication app)
    {
        app.MapGet("/api/session", (HttpContext context, TimeProvider time) => new SessionBody(
            Caller.RoleOf(context.User)?.ToString().ToLowerInvariant() ?? "anonymous", Caller.GuidOf(context.User, ClaimTypes.NameIdentifier), context.User.Identity?.Name, time.GetUtcNow()))
            .AllowAnonymous();

        app.MapPost("/api/login", async (LoginBody body, SignInManager<Account> signIn) =>
        {
            var result = await signIn.PasswordSignInAsync(NameOf(body), body.Password ?? "", isPersistent: true, lockoutOnFailure: true);
            return result.Succeeded ? Results.Ok()
                : result.IsLockedOut ? Errors.Of(StatusCodes.Status423Locked, "locked-out")
                : Errors.Of(StatusCodes.Status401Unauthorized, "bad-login");
        }).RequireRateLimiting(Limits.SignIn).AllowAnonymous();

        app.MapGet("/enter/{token}", async (string token, OneTimeLinks links, SignInManager<Account> signIn, UserManager<Account> users) =>
        {
            if (await links.TakeAsync(token) is not { } id || await users.FindByIdAsync(id.ToString()) is not { } account)
            {
                return Results.Redirect("/teach");
            }

            await signIn.SignInAsync(account, isPersistent: true);
            return Results.Redirect(await users.IsInRoleAsync(account, nameof(Role.Mentor)) || await users.IsInRoleAsync(account, nameof(Role.Admin)) ? "/mentor" : "/teach");
        }).AllowAnonymous();

        app.MapPost("/api/logout", async (SignInManager<Account> signIn) =>
        {
            await signIn.SignOutAsync();
            return Results.NoContent();
        });
    }

    // Postgres takes no NUL, and nobody's name has a character that cannot be typed.
    private static string NameOf(LoginBody body) => body.UserName is { Length: <= 256 } name && !name.Any(char.IsControl) ? name : "";
}
