using Classroom.Silo.Auth;
using Classroom.Storage;
using Microsoft.AspNetCore.Identity;

namespace Classroom.Silo.Api;

/// <param name="Current">The password that is in force: whoever finds an open browser does not have it.</param>
/// <param name="Proof">That of a challenge; wrong ones are counted like those of a login.</param>
public sealed record OwnPasswordBody(string? Current, string? Password, Proof? Proof = null);

/// <summary>What somebody does with their own account: a new password, and an end of all its sessions.</summary>
public static class OwnAccount
{
    public static void MapOwnAccount(this WebApplication app)
    {
        var own = app.MapGroup("/api/session").RequireAuthorization(Policies.Account);
        own.MapPost("/password", ChangeAsync).Produces(StatusCodes.Status200OK);
        own.MapPost("/sign-out-everywhere", async (HttpContext context, AccountDesk desk, SignInManager<Account> signIn, SecurityLog log) =>
        {
            var id = Caller.IdOf(context.User);
            if (await desk.SignOutAsync(id) is { } refusal)
            {
                return Errors.Of(StatusCodes.Status409Conflict, refusal);
            }

            log.SignedOutEverywhere(id, id);
            await signIn.SignOutAsync();
            return Results.Ok(new SignedOutReply(await Session.NextAsync(context)));
        }).Produces<SignedOutReply>();
    }

    private static async Task<IResult> ChangeAsync(
        OwnPasswordBody body, HttpContext context, AccountDesk desk, PasswordCheck passwords, SignInManager<Account> signIn, UserManager<Account> users, Attempts attempts,
        KnownDevices known, SecurityLog log)
    {
        var id = Caller.IdOf(context.User);
        if (await users.FindByIdAsync(id.ToString()) is not { UserName: { } login })
        {
            return Errors.Of(StatusCodes.Status404NotFound, "no-such-account");
        }

        using var attempt = await attempts.BeginAsync(context, Doors.SignIn, login.ToUpperInvariant(), body.Proof);
        if (attempt.Challenge is { } first)
        {
            return Errors.Of(first);
        }

        if (await passwords.FindAsync(login, body.Current ?? "") is null)
        {
            log.SignInFailed(context, "own password", id);
            return await attempt.FailedAsync() is { } challenge ? Errors.Of(challenge) : Errors.Of(StatusCodes.Status400BadRequest, "wrong-password");
        }

        if (await desk.SetPasswordAsync(id, body.Password) is { } refusal)
        {
            return Errors.Of(refusal == "organisation-account" ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest, refusal);
        }

        // All others are over: this browser comes in anew.
        log.PasswordChanged(id, id);
        await signIn.SignInAsync((await users.FindByIdAsync(id.ToString()))!, isPersistent: true);
        known.Remember(context, login);
        return Results.Ok();
    }
}
