using Classroom.Silo.Auth;

namespace Classroom.Silo.Api;

public sealed record PairingBody(string? Pairing);

/// <param name="Pairing">For the board to show.</param>
/// <param name="Secret">For the board to ask with.</param>
public sealed record PairingReply(string Pairing, string Secret);

public sealed record BoardReply(string Ticket, Guid ClassroomId);

public sealed record TicketReply(string Ticket);

/// <summary>A board is paired with a classroom: it shows a code, the teacher types it. It can look, and nothing else.</summary>
public static class Boards
{
    public static void MapBoard(this WebApplication app)
    {
        app.MapPost("/api/board/pair", async (Pairings pairings) => await pairings.BeginAsync() is { } begun
            ? Results.Ok(new PairingReply(begun.Code, begun.Secret))
            : Errors.Of(StatusCodes.Status429TooManyRequests, "too-fast")).Produces<PairingReply>().RequireRateLimiting(Limits.Pairing).AllowAnonymous();

        app.MapGet("/api/board/pair/{secret}", async (string secret, Pairings pairings, Tickets tickets) => await pairings.AskAsync(secret) switch
        {
            (false, _, _) => Errors.Of(StatusCodes.Status404NotFound, "pairing-not-found"),
            (_, { } classroomId, var board) => Results.Ok(new BoardReply(Seal(tickets, classroomId, board), classroomId)),
            _ => Results.NoContent(),
        }).Produces<BoardReply>().Produces(StatusCodes.Status204NoContent).AllowAnonymous();

        var group = app.MapGroup("/api/classrooms/{id:guid}").RequireAuthorization(Policies.Teacher).AddEndpointFilter(OwnAsync);
        group.MapPost("/board", async (Guid id, PairingBody body, HttpContext context, Pairings pairings, IGrainFactory grains) =>
        {
            var (code, board) = (body.Pairing?.Trim() ?? "", Guid.CreateVersion7());
            // The lesson knows the board before the board has its ticket.
            return !await pairings.WaitsAsync(code) ? Errors.Of(StatusCodes.Status404NotFound, "pairing-not-found")
                : await PairAsync(grains, context, id, board) is { } refusal ? Errors.Of(refusal)
                : await pairings.ApproveAsync(code, id, board) ? Results.NoContent() : Errors.Of(StatusCodes.Status404NotFound, "pairing-not-found");
        }).Produces(StatusCodes.Status204NoContent);
        group.MapPost("/board-ticket", async (Guid id, HttpContext context, IGrainFactory grains, Tickets tickets) =>
        {
            var board = Guid.CreateVersion7();
            return await PairAsync(grains, context, id, board) is { } refusal ? Errors.Of(refusal) : Results.Ok(new TicketReply(Seal(tickets, id, board)));
        }).Produces<TicketReply>();
    }

    private static async Task<Refusal?> PairAsync(IGrainFactory grains, HttpContext context, Guid classroomId, Guid board) =>
        (await grains.GetGrain<IClassroomGrain>(classroomId).Execute(
            new Envelope(Guid.CreateVersion7(), Caller.ActorOf(context.User), new PairBoard(board)), CancellationToken.None)).Refusal;

    private static string Seal(Tickets tickets, Guid classroomId, Guid board) =>
        tickets.Seal(new Ticket(Role.Board, classroomId, board, Guid.Empty));

    private static async ValueTask<object?> OwnAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var grains = context.HttpContext.RequestServices.GetRequiredService<IGrainFactory>();
        var id = context.GetArgument<Guid>(0);
        return await grains.GetGrain<ITeacherGrain>(Caller.IdOf(context.HttpContext.User)).Owns(id)
            ? await next(context) : Errors.Of(StatusCodes.Status403Forbidden, "foreign-classroom");
    }
}
