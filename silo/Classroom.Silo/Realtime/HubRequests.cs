using Classroom.Silo.Api;

namespace Classroom.Silo.Realtime;

/// <summary>
/// What no client of SignalR sends is refused by a code before SignalR does it in English: another method, or a connection that nobody has negotiated.
/// What it does send is counted: asking for a connection, opening it, each poll.
/// </summary>
public static class HubRequests
{
    private const string Negotiate = HubSetup.Path + "/negotiate";

    public static void UseOrtaqHubRequests(this WebApplication app)
    {
        var allowances = app.Services.GetRequiredService<Allowances>();
        app.Use((context, next) => context.Request.Path.StartsWithSegments(HubSetup.Path, StringComparison.OrdinalIgnoreCase)
            && (RefusalOf(context) ?? TooFast(context, allowances)) is { } refusal ? refusal.ExecuteAsync(context) : next(context));
    }

    private static IResult? TooFast(HttpContext context, Allowances allowances)
    {
        var comes = context.WebSockets.IsWebSocketRequest || context.Request.Path.Equals(Negotiate, StringComparison.OrdinalIgnoreCase);
        return allowances.BytesOf(context.User).TryBegin(comes ? ByteBudget.AConnection : ByteBudget.AMessage) ? null
            : Errors.Of(StatusCodes.Status429TooManyRequests, "too-fast");
    }

    private static IResult? RefusalOf(HttpContext context)
    {
        var (request, method) = (context.Request, context.Request.Method);
        var negotiates = request.Path.Equals(Negotiate, StringComparison.OrdinalIgnoreCase);
        if (context.WebSockets.IsWebSocketRequest || HttpMethods.IsOptions(method))
        {
            return null;
        }

        return !HttpMethods.IsPost(method) && (negotiates || !HttpMethods.IsGet(method) && !HttpMethods.IsDelete(method)) ? Errors.Of(StatusCodes.Status405MethodNotAllowed, "wrong-method")
            : !negotiates && string.IsNullOrWhiteSpace(request.Query["id"]) ? Errors.Of(StatusCodes.Status400BadRequest, "bad-id") : null;
    }
}
