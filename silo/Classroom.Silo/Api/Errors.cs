using Classroom.Silo.Auth;
using Classroom.Silo.Hosting;
using Microsoft.AspNetCore.Http.Metadata;

namespace Classroom.Silo.Api;

/// <summary>An error as the client words it.</summary>
/// <param name="Challenge">With <c>proof-needed</c>: what is to be solved before the same is asked again.</param>
public sealed record ErrorBody(string Code, IReadOnlyDictionary<string, string> Args, Challenge? Challenge = null);

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

    /// <summary>
    /// Invariant: every answer that is an error carries a code. What will pass is 503 and may be asked again, as the hub says it; a fault of the program is 500 and
    /// stands in the log; and what the framework refused without a word (no such page, wrong method, too large, not signed in) gets the code of its status.
    /// </summary>
    public static void UseOrtaqErrors(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Errors));
        app.UseStatusCodePages(static pages => Silent(pages.HttpContext.Response.StatusCode).ExecuteAsync(pages.HttpContext));
        app.Use(async (context, next) =>
        {
            context.Response.OnStarting(static response => Task.FromResult(Hint((HttpResponse)response)), context.Response);
            if (context.Request.ContentLength > (context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? MaxBodyBytes))
            {
                // It is not read to its end: what the browser asks next must not come on this connection.
                context.Response.Headers.Connection = "close";
            }

            try
            {
                await next(context);
            }
            catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested && e is not OutOfMemoryException)
            {
                await OfAsync(e, context, logger);
            }
        });
    }

    public static IResult Of(int status, string code) => Results.Json(new ErrorBody(code, ImmutableDictionary<string, string>.Empty), statusCode: status);

    /// <summary>No refusal: the browser works for a second and asks again by itself. What it could not finish, it words instead.</summary>
    /// <param name="atALesson">Where no browser can do it, it words instead how else to come in: to a lesson, not to a login.</param>
    public static IResult Of(Challenge challenge, bool atALesson = false)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        return Results.Json(
            new ErrorBody(challenge.Max > ProofOfWork.LongestForABrowser ? atALesson ? "network-crowded" : "guessed-at" : "proof-needed", ImmutableDictionary<string, string>.Empty, challenge),
            statusCode: StatusCodes.Status429TooManyRequests);
    }

    public static IResult Of(Refusal refusal, int? status = null)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        status ??= refusal.Code switch
        {
            "wrong-role" or "foreign-classroom" => StatusCodes.Status403Forbidden,
            "not-saved" or "try-again" => StatusCodes.Status503ServiceUnavailable,
            "bad-value" or "bad-nickname" or "bad-class-name" or "bad-plan" => StatusCodes.Status400BadRequest,
            _ => StatusCodes.Status409Conflict,
        };
        return Results.Json(new ErrorBody(refusal.Code, refusal.Args), statusCode: status);
    }

    private static Task OfAsync(Exception e, HttpContext context, ILogger logger)
    {
        // The route and not the path, which may hold a secret.
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        switch (e)
        {
            case BadHttpRequestException bad:
                return Silent(bad.StatusCode).ExecuteAsync(context);
            case not null when Passing.WillPass(e):
                logger.LogWarning(e, "{Route} failed for now", route);
                return Silent(StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context);
            default:
                logger.LogError(e, "{Route} failed by a fault of the program", route);
                return Silent(StatusCodes.Status500InternalServerError).ExecuteAsync(context);
        }
    }

    private static IResult Silent(int status) => Errors.Of(status, status switch
    {
        StatusCodes.Status401Unauthorized => "not-signed-in",
        StatusCodes.Status403Forbidden => "wrong-role",
        StatusCodes.Status404NotFound => "not-found",
        StatusCodes.Status405MethodNotAllowed => "wrong-method",
        StatusCodes.Status413PayloadTooLarge => "too-large",
        StatusCodes.Status415UnsupportedMediaType => "wrong-media-type",
        StatusCodes.Status429TooManyRequests => "too-fast",
        StatusCodes.Status503ServiceUnavailable => "try-again",
        >= StatusCodes.Status500InternalServerError => "internal-error",
        _ => "bad-value",
    });

    private static bool Hint(HttpResponse response) =>
        response.StatusCode == StatusCodes.Status503ServiceUnavailable && response.Headers.TryAdd("Retry-After", "1");
}
