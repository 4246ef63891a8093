using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Classroom.Silo.Api;

/// <summary>How often one address may call what anybody may call. A whole school can stand behind one address, so these stop floods and nothing else; what can be guessed has <see cref="Auth.Attempts"/>. A one-time link's secret nobody guesses: a limit would only keep out who shares the address.</summary>
public static class Limits
{
    /// <summary>Going to the organisation's sign-in: a GET, so that any page can make a browser ask for it. It takes nothing from passwords.</summary>
    public const string Organisation = "organisation";

    /// <summary>Pictures: each browser asks once for each, and a name that is unknown costs a look into the database.</summary>
    public const string Images = "images";

    /// <summary>Photos of works that are sent: each is read, cleaned and sealed.</summary>
    public const string Photos = "photos";

    /// <summary>Sentences that a phone has read aloud to it: about as many as can be listened to.</summary>
    public const string Speech = "speech";

    /// <summary>A board that asks for the other group of a combined class.</summary>
    public const string Boards = "boards";

    private const int BoardsAMinute = 600;
    private const int SignInsAMinute = 300;
    private const int ImagesAMinute = 6000;
    private const int PhotosAMinute = 60;
    private const int SentencesAMinute = 40;

    public static void AddOrtaqLimits(this WebApplicationBuilder builder) => builder.Services.AddRateLimiter(o =>
    {
        o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        o.OnRejected = static (context, cancellationToken) => new ValueTask(context.HttpContext.Response.WriteAsJsonAsync(
            new ErrorBody("too-fast", ImmutableDictionary<string, string>.Empty), cancellationToken));
        Add(o, Images, ImagesAMinute);
        Add(o, Boards, BoardsAMinute);
        // Of a phone and not of its address: a school has one.
        OfPhone(o, Photos, PhotosAMinute);
        OfPhone(o, Speech, SentencesAMinute);
        Add(o, Organisation, SignInsAMinute, c => !Headers.IsNavigation(c.Request));
    });

    private static void OfPhone(RateLimiterOptions options, string policy, int aMinute) => options.AddPolicy(policy, context => RateLimitPartition.GetFixedWindowLimiter(
        context.User.FindFirst(Auth.Caller.DeviceClaim)?.Value ?? "", _ => new FixedWindowRateLimiterOptions { PermitLimit = aMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <param name="isFree">What is refused anyway takes no permit from who shares the address.</param>
    private static void Add(RateLimiterOptions options, string policy, int aMinute, Func<HttpContext, bool>? isFree = null) => options.AddPolicy(policy, context =>
        isFree?.Invoke(context) == true ? RateLimitPartition.GetNoLimiter(System.Net.IPAddress.None) : RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress ?? System.Net.IPAddress.None,
            _ => new FixedWindowRateLimiterOptions { PermitLimit = aMinute, Window = TimeSpan.FromMinutes(1) }));
}
