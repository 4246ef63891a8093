using Classroom.Silo.Auth;
using Classroom.Silo.Hosting;
using QRCoder;

namespace Classroom.Silo.Api;

/// <param name="Room">Whose helper it is for; null: the hub's.</param>
/// <param name="Origin">Where phones join, as the page has it.</param>
public sealed record HelperBody(string? Origin, int? Room = null);

/// <param name="HelperId">As the lesson knows her.</param>
/// <param name="Link">For whoever helps in the room: who has it, is the helper.</param>
/// <param name="Qr">The same as a picture, an SVG.</param>
public sealed record HelperLinkReply(Guid HelperId, string Link, string Qr);

/// <summary>
/// A link for the helper of a room, made by the lesson's teacher; the one before it opens nothing from then on. Its ticket stands behind a #, so that no server and no
/// log is told, and is drawn here and not by <c>/api/qr</c>, whose addresses are.
/// </summary>
public static class Helpers
{
    private const int AMinute = 20;

    public static void MapHelpers(this WebApplication app) => app.MapPost(
        "/api/classrooms/{id:guid}/helper-link", InviteAsync).Produces<HelperLinkReply>().RequireAuthorization(Policies.Teacher).AddEndpointFilter(Boards.OwnAsync);

    private static async Task<IResult> InviteAsync(Guid id, HelperBody body, HttpContext context, IGrainFactory grains, Tickets tickets, IPermits permits, JoinAddresses addresses)
    {
        if (body.Origin is not { Length: > 0 and <= 200 } origin || !Qr.IsOurs(origin, context.Request, addresses) || new Uri(origin) is not { PathAndQuery: "/", Fragment: "" } at)
        {
            return Errors.Of(StatusCodes.Status400BadRequest, "bad-value");
        }

        if (!await permits.TakeAsync(new PermitLimit($"helper/{Caller.IdOf(context.User)}", AMinute)))
        {
            return Errors.Of(StatusCodes.Status429TooManyRequests, "too-fast");
        }

        // The lesson knows the helper before anybody has the link.
        var helper = Guid.CreateVersion7();
        var invited = await grains.GetGrain<IClassroomGrain>(id).Execute(
            new Envelope(Guid.CreateVersion7(), Caller.ActorOf(context.User), new InviteHelper(helper, body.Room)), CancellationToken.None);
        if (invited.Refusal is { } refusal)
        {
            return Errors.Of(refusal);
        }

        var ticket = tickets.Seal(new Ticket(Role.Helper, id, helper, Guid.Empty, Away: body.Room is > RoomsRules.Hub));
        var link = $"{at.GetLeftPart(UriPartial.Authority)}/helper#ticket={ticket}&classroom={id}";
        return Results.Ok(new HelperLinkReply(helper, link, Qr.Draw(link, QRCodeGenerator.ECCLevel.L)));
    }
}
