using Classroom.Silo.Hosting;

namespace Classroom.Silo.Api;

/// <summary>An error as the client words it.</summary>
public sealed record ErrorBody(string Code, IReadOnlyDictionary<string, string> Args);

public static class Errors
{
    // Nothing that is sent here is longer than a hub message may be; a longer body is not read at all.
    private const int MaxBodyBytes = 64 * 1024;

    /// <summary>A request that cannot be read is the caller's fault: a status, and nothing in the log, on a Development machine too.</summary>
    public static void AddOrtaqErrors(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = false);
        builder.WebHost.ConfigureKestrel(o => o.Limits.MaxRequestBodySize = MaxBodyBytes);
    }

    /// <summary>An answer for what will pass, as the hub gives it: the same may be asked again. A fault of the program stays a 500.</summary>
    public static void UseOrtaqErrors(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Errors));
        app.Use(async (context, next) =>
        {
            context.Response.OnStarting(static response => Task.FromResult(Hint((HttpResponse)response)), context.Response);
            try
            {
                await next(context);
            }
            catch (Exception e) when (
                Passing.WillPass(e) && e is not BadHttpRequestException && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
            {
                // The route and not the path, which may hold a secret.
                logger.LogWarning(e, "{Route} failed for now", (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
                await Of(StatusCodes.Status503ServiceUnavailable, "try-again").ExecuteAsync(context);
            }
        });
    }

    public static IResult Of(int status, string code) => Results.Json(new ErrorBody(code, ImmutableDictionary<string, string>.Empty), statusCode: status);

    public static IResult Of(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        var status = refusal.Code switch
        {
            "wrong-role" or "foreign-classroom" => StatusCodes.Status403Forbidden,
            "not-saved" or "try-again" => StatusCodes.Status503ServiceUnavailable,
            "bad-value" or "bad-nickname" or "bad-class-name" or "bad-plan" => StatusCodes.Status400BadRequest,
            _ => StatusCodes.Status409Conflict,
        };
        return Results.Json(new ErrorBody(refusal.Code, refusal.Args), statusCode: status);
    }

    private static bool Hint(HttpResponse response) =>
        response.StatusCode == StatusCodes.Status503ServiceUnavailable && response.Headers.TryAdd("Retry-After", "1");
}
