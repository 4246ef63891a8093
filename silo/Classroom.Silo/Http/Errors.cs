namespace Classroom.Silo.Http;

/// <summary>An error as the client words it.</summary>
public sealed record ErrorBody(string Code, IReadOnlyDictionary<string, string> Args);

public static class Errors
{
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
