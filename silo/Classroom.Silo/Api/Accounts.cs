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
        all.MapPost("/", async (NewAccountBody body, AccountDesk desk) =>
        {
            var (refusal, id) = await desk.AddAsync(body.Login, body.Name, body.Role, body.CentreId);
            return refusal is null ? await LinkAsync(desk, id) : Refused(refusal);
        }).Produces<LinkReply>();
        all.MapPost("/{id:guid}/link", (Guid id, AccountDesk desk) => LinkAsync(desk, id)).Produces<LinkReply>();
        all.MapPost("/{id:guid}/disable", async (Guid id, HttpContext context, AccountDesk desk) =>
            Done(await desk.DisableAsync(id, Caller.IdOf(context.User)))).Produces(StatusCodes.Status204NoContent);
        all.MapPost("/{id:guid}/enable", async (Guid id, AccountDesk desk) => Done(await desk.EnableAsync(id))).Produces(StatusCodes.Status204NoContent);
        all.MapPost("/{id:guid}/sign-out", async (Guid id, AccountDesk desk) => Done(await desk.SignOutAsync(id))).Produces(StatusCodes.Status204NoContent);
        all.MapPost("/{id:guid}/role", async (Guid id, RoleBody body, HttpContext context, AccountDesk desk) =>
            Done(await desk.SetRoleAsync(id, body.Role, Caller.IdOf(context.User)))).Produces(StatusCodes.Status204NoContent);
        all.MapPost("/{id:guid}/centre", async (Guid id, CentreBody body, AccountDesk desk) =>
            Done(await desk.SetCentreAsync(id, body.CentreId))).Produces(StatusCodes.Status204NoContent);
        app.MapPost("/api/centres", async (NewCentreBody body, AccountDesk desk) =>
        {
            var (refusal, id) = await desk.AddCentreAsync(body.Name);
            return refusal is null ? Results.Ok(new CentreRow(id, body.Name!.Trim())) : Refused(refusal);
        }).Produces<CentreRow>().RequireAuthorization(Policies.Admin);
    }

    private static async Task<IResult> LinkAsync(AccountDesk desk, Guid id)
    {
        var (refusal, token) = await desk.LinkAsync(id);
        return refusal is null ? Results.Ok(new LinkReply(id, token)) : Refused(refusal);
    }

    private static IResult Done(string? refusal) => refusal is null ? Results.NoContent() : Refused(refusal);

    private static IResult Refused(string code) => Errors.Of(code switch
    {
        "no-such-account" => StatusCodes.Status404NotFound,
        "bad-name" or "bad-user-name" or "bad-role" or "no-such-centre" => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status409Conflict,
    }, code);
}
