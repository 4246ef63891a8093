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
}
