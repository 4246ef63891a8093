using Classroom.Silo.Auth;
using Classroom.Silo.Hosting;

namespace Classroom.Silo.Api;

/// <param name="Reach">public, network, this-machine, no-network; as-asked: the address that the page itself has.</param>
/// <param name="Url">Where phones join; null: at the address that the page itself has.</param>
/// <param name="Choices">Where several networks are there, each as the operating system calls it, the one in force first.</param>
/// <param name="Answers">A connection to it opens from this machine.</param>
/// <param name="WasReached">Somebody has come from another machine within the last minutes.</param>
public sealed record AddressBody(string Reach, string? Url, IEnumerable<JoinAddress> Choices, bool Answers, bool WasReached);

public sealed record ChooseAddressBody(string? Url);

/// <summary>At which address phones join, for a board and a teacher's page.</summary>
public static class Addresses
{
    public static void UseOrtaqAddresses(this WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<JoinAddresses>();
        app.Use((context, next) =>
        {
            addresses.Note(context.Connection);
            return next(context);
        });
    }

    public static void MapAddresses(this WebApplication app)
    {
        app.MapGet("/api/address", async (HttpContext context, JoinAddresses addresses) =>
        {
            var (reach, all) = addresses.Look();
            // How this machine's networks look is nobody's business who is neither at it nor a teacher; their pages have an address that works.
            if (reach != Reach.Public && !IsHere(context) && Caller.RoleOf(context.User) is not (Role.Teacher or Role.Mentor or Role.Admin))
            {
                return new AddressBody(NameOf(Reach.AsAsked), null, [], Answers: true, WasReached: true);
            }

            var answers = reach != Reach.Network || await JoinAddresses.AnswersAsync(all[0], context.RequestAborted);
            return new AddressBody(NameOf(reach), all.Count > 0 ? all[0].Url : null, all, answers, addresses.WasReached);
        }).AllowAnonymous();

        app.MapPost("/api/address", (ChooseAddressBody body, JoinAddresses addresses) =>
            addresses.Choose(body.Url) ? Results.NoContent() : Errors.Of(StatusCodes.Status400BadRequest, "bad-value"))
            .Produces(StatusCodes.Status204NoContent).RequireAuthorization(Policies.Teacher);
    }

    private static bool IsHere(HttpContext context) =>
        BrowserAddress.IsThisMachine(context.Request.Host.Host) && context.Connection.RemoteIpAddress is { } remote && System.Net.IPAddress.IsLoopback(remote);

    private static string NameOf(Reach reach) => reach switch
    {
        Reach.Public => "public",
        Reach.Network => "network",
        Reach.ThisMachine => "this-machine",
        Reach.NoNetwork => "no-network",
        Reach.AsAsked => "as-asked",
        _ => throw new ArgumentOutOfRangeException(nameof(reach)),
    };
}
