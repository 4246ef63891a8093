using Classroom.Silo.Auth;

namespace Classroom.Silo.Api;

public sealed record AccountsBody(IReadOnlyList<AccountRow> Accounts, IReadOnlyList<CentreRow> Centres);

public sealed record NewAccountBody(string? Login, string? Name, string? Role, Guid? CentreId);

/// <param name="Token">Of the one-time link by which the password is chosen.</param>
public sealed record LinkReply(Guid Id, string Token);

public sealed record RoleBody(string? Role);

public sealed record CentreBody(Guid? CentreId);

public sealed record NewCentreBody(string? Name);

/// <summary>The admin's page: who has an account, in which role and centre, and who came last when.</summary>
public static class Accounts
{
    public static void MapAccounts(this WebApplication app)
    {
        var all = app.MapGroup("/api/accounts").RequireAuthorization(Policies.Admin);
        all.MapGet("/", async (AccountDesk desk, CancellationToken cancellationToken) =>
            new AccountsBody(await desk.ListAsync(cancellationToken), await desk.CentresAsync(cancellationToken)));
        all.MapPost("/", async (NewAccountBody body, HttpContext context, AccountDesk desk) =>
        {
            var (refusal, id) = await desk.AddAsync(body.Login, body.Name, body.Role, body.CentreId);
            return refusal is null ? await LinkAsync(desk, context, id) : Refused(refusal);
        }).Produces<LinkReply>();
        all.MapPost("/{id:guid}/link", (Guid id, HttpContext context, AccountDesk desk) => LinkAsync(desk, context, id)).Produces<LinkReply>();
        all.MapPost("/{id:guid}/disable", async (Guid id, HttpContext context, AccountDesk desk) =>
            Done(await desk.DisableAsync(id, Caller.IdOf(context.User)), context, id, "disabled")).Produces(StatusCodes.Status204NoContent);
        all.MapPost("/{id:guid}/enable", async (Guid id, HttpContext context, AccountDesk desk) =>
            Done(await desk.EnableAsync(id), context, id, "enabled")).Produces(StatusCodes.Status204NoContent);
        all.MapPost("/{id:guid}/sign-out", async (Guid id, HttpContext context, AccountDesk desk) =>
            Done(await desk.SignOutAsync(id), context, id, "signed out")).Produces(StatusCodes.Status204NoContent);
        all.MapPost("/{id:guid}/role", async (Guid id, RoleBody body, HttpContext context, AccountDesk desk) =>
            Done(await desk.SetRoleAsync(id, body.Role, Caller.IdOf(context.User)), context, id, "role")).Produces(StatusCodes.Status204NoContent);
        all.MapPost("/{id:guid}/centre", async (Guid id, CentreBody body, HttpContext context, AccountDesk desk) =>
            Done(await desk.SetCentreAsync(id, body.CentreId), context, id, "centre")).Produces(StatusCodes.Status204NoContent);
        app.MapPost("/api/centres", async (NewCentreBody body, AccountDesk desk) =>
        {
            var (refusal, id) = await desk.AddCentreAsync(body.Name);
            return refusal is null ? Results.Ok(new CentreRow(id, body.Name!.Trim())) : Refused(refusal);
        }).Produces<CentreRow>().RequireAuthorization(Policies.Admin);
    }

    private static async Task<IResult> LinkAsync(AccountDesk desk, HttpContext context, Guid id)
    {
        var (refusal, token) = await desk.LinkAsync(id);
        Note(refusal, context, id, "link");
        return refusal is null ? Results.Ok(new LinkReply(id, token)) : Refused(refusal);
    }

    private static IResult Done(string? refusal, HttpContext context, Guid id, string what)
    {
        Note(refusal, context, id, what);
        return refusal is null ? Results.NoContent() : Refused(refusal);
    }

    private static void Note(string? refusal, HttpContext context, Guid id, string what)
    {
        if (refusal is null)
        {
            context.RequestServices.GetRequiredService<SecurityLog>().AccountChanged(id, what, Caller.IdOf(context.User));
        }
    }

    private static IResult Refused(string code) => Errors.Of(code switch
    {
        "no-such-account" => StatusCodes.Status404NotFound,
        "bad-name" or "bad-user-name" or "bad-role" or "no-such-centre" => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status409Conflict,
    }, code);
}
