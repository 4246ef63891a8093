using Classroom.Silo.Auth;

namespace Classroom.Silo.Api;

/// <param name="Room">Where the board hangs; null: in the hub.</param>
public sealed record PairingBody(string? Pairing, int? Room = null);

/// <param name="Room">As in <see cref="PairingBody"/>.</param>
public sealed record BoardBody(int? Room = null);

/// <param name="Proof">That of a challenge.</param>
public sealed record PairBody(Proof? Proof);

/// <param name="Pairing">For the board to show.</param>
/// <param name="Secret">For the board to ask with.</param>
public sealed record PairingReply(string Pairing, string Secret);

public sealed record BoardReply(string Ticket, Guid ClassroomId);

public sealed record TicketReply(string Ticket);

/// <summary>A board is paired with a classroom: it shows a code, the teacher types it. It can look, and where the teacher lets it, draw.</summary>
public static class Boards
{
    private const int WrongPairingsAMinute = 20;

    public static void MapBoard(this WebApplication app)
    {
        app.MapPost("/api/board/pair", BeginAsync).Produces<PairingReply>().AllowAnonymous();

        app.MapGet("/api/board/pair/{secret}", async (string secret, HttpContext context, Pairings pairings, Tickets tickets, KnownDevices known) => await pairings.AskAsync(secret) switch
        {
            { Known: false } => Errors.Of(StatusCodes.Status404NotFound, "pairing-not-found"),
            { ClassroomId: { } classroomId } paired => Paired(context, known, new BoardReply(Seal(tickets, classroomId, paired.BoardId, paired.Away), classroomId)),
            _ => Results.NoContent(),
        }).Produces<BoardReply>().Produces(StatusCodes.Status204NoContent).AllowAnonymous();

        var group = app.MapGroup("/api/classrooms/{id:guid}").RequireAuthorization(Policies.Teacher).AddEndpointFilter(OwnAsync);
        group.MapPost("/board", ApproveAsync).Produces(StatusCodes.Status204NoContent);
        group.MapPost("/board-ticket", async (Guid id, HttpContext context, IGrainFactory grains, Tickets tickets, BoardBody? body = null) =>
        {
            var board = Guid.CreateVersion7();
            return await PairAsync(grains, context, id, board, body?.Room, draws: true) is { } refusal ? Errors.Of(refusal) : Results.Ok(new TicketReply(Seal(tickets, id, board, IsAway(body?.Room))));
        }).Produces<TicketReply>();
    }

    // Each begun one is kept for ten minutes, so each counts, and not only the wrong ones.
    private static async Task<IResult> BeginAsync(HttpContext context, Pairings pairings, Attempts attempts, PairBody? body = null)
    {
        using var attempt = await attempts.BeginAsync(context, Doors.Pairing, "", body?.Proof);
        return (attempt.Challenge ?? await attempt.FailedAsync()) is { } challenge ? Errors.Of(challenge)
            : await pairings.BeginAsync() is { } begun ? Results.Ok(new PairingReply(begun.Code, begun.Secret))
            : Errors.Of(StatusCodes.Status429TooManyRequests, "too-fast");
    }

    // A teacher who guesses would show a lesson on another room's board: an account has so many wrong ones, and nobody else is asked.
    private static async Task<IResult> ApproveAsync(Guid id, PairingBody body, HttpContext context, Pairings pairings, IPermits permits, IGrainFactory grains)
    {
        var wrong = new PermitLimit($"approve/{Caller.IdOf(context.User)}", WrongPairingsAMinute);
        if (!await permits.AnyLeftAsync(wrong))
        {
            return Errors.Of(StatusCodes.Status429TooManyRequests, "too-fast");
        }

        var (code, board) = (body.Pairing?.Trim() ?? "", Guid.CreateVersion7());
        if (await pairings.WaitsAsync(code))
        {
            // The lesson knows the board before the board has its ticket.
            if (await PairAsync(grains, context, id, board, body.Room) is { } refusal)
            {
                return Errors.Of(refusal);
            }

            if (await pairings.ApproveAsync(code, id, board, IsAway(body.Room)))
            {
                return Results.NoContent();
            }
        }

        return await permits.TakeAsync(wrong) ? Errors.Of(StatusCodes.Status404NotFound, "pairing-not-found") : Errors.Of(StatusCodes.Status429TooManyRequests, "too-fast");
    }

    private static IResult Paired(HttpContext context, KnownDevices known, BoardReply reply)
    {
        known.Remember(context);
        return Results.Ok(reply);
    }

    private static async Task<Refusal?> PairAsync(IGrainFactory grains, HttpContext context, Guid classroomId, Guid board, int? room, bool? draws = null) =>
        (await grains.GetGrain<IClassroomGrain>(classroomId).Execute(
            new Envelope(Guid.CreateVersion7(), Caller.ActorOf(context.User), new PairBoard(board, draws, room)), CancellationToken.None)).Refusal;

    private static bool IsAway(int? room) => room is > RoomsRules.Hub;

    private static string Seal(Tickets tickets, Guid classroomId, Guid board, bool away) =>
        tickets.Seal(new Ticket(Role.Board, classroomId, board, Guid.Empty, away));

    internal static async ValueTask<object?> OwnAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var grains = context.HttpContext.RequestServices.GetRequiredService<IGrainFactory>();
        var id = context.GetArgument<Guid>(0);
        return await grains.GetGrain<ITeacherGrain>(Caller.IdOf(context.HttpContext.User)).Owns(id)
            ? await next(context) : Errors.Of(StatusCodes.Status403Forbidden, "foreign-classroom");
    }
}
