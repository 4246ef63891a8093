using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Azure.Identity;

namespace Classroom.Tutor;

/// <summary>
/// What a provider's failure means, as a <see cref="TutorException"/>. Its client may throw anything: what is not our own cancellation is the
/// provider's failure. What a server writes beside its code is dropped: it may repeat what a child wrote.
/// </summary>
internal static class ModelFault
{
    /// <summary>A server that names a year is asked again after this time.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private static readonly string[] Filters = ["filter", "safety", "moderation", "ResponsibleAI", "prohibited", "sensitive"];

    private static readonly string[] Lengths = ["context_length", "context length", "maximum context", "context window", "prompt is too long", "string_above_max_length"];

    /// <param name="isStarted">Words have come.</param>
    public static TutorException Of(Exception e, bool isStarted) => e switch
    {
        TutorException known => known,
        AuthenticationFailedException => new("tutor-misconfigured", e),
        _ => new(isStarted ? "tutor-cut" : "tutor-unavailable", e),
    };

    /// <summary>Of an answer that is none.</summary>
    /// <param name="error">The JSON of its body, where there is one.</param>
    public static TutorException Of(HttpStatusCode status, HttpResponseHeaders headers, JsonNode? error, DateTimeOffset now)
    {
        var said = CodesOf(error);
        var code = (int)status switch
        {
            400 or 403 or 422 when IsFilter(said) => "input-refused",
            413 => "input-too-long",
            400 or 422 when IsTooLong(error) => "input-too-long",
            429 when said.Contains("insufficient_quota", StringComparison.OrdinalIgnoreCase) => "tutor-misconfigured",
            429 => "tutor-busy",
            408 or 425 or >= 500 => "tutor-unavailable",
            _ => "tutor-misconfigured",
        };
        return new(code, new HttpRequestException($"The server answered {(int)status} {said}".TrimEnd(), null, status))
        {
            RetryAfter = (int)status is 429 or >= 500 ? After(headers, now) : null,
        };
    }

    /// <summary>Of an error that is said inside a stream.</summary>
    public static TutorException OfChunk(JsonNode error, bool isStarted)
    {
        var said = CodesOf(error);
        return new TutorException(
            IsFilter(said) ? isStarted ? "answer-refused" : "input-refused"
            : !isStarted && (said.Contains("429", StringComparison.Ordinal) || said.Contains("rate", StringComparison.OrdinalIgnoreCase)) ? "tutor-busy"
            : isStarted ? "tutor-cut" : "tutor-unavailable",
            new HttpRequestException($"The server said in its stream: {said}"));
    }

    /// <summary>For whoever keeps the settings: which one is wrong, where the provider said so; else the fault's own code.</summary>
    public static string KindOf(TutorException e) => e.Code != "tutor-misconfigured" ? e.Code : e.InnerException switch
    {
        AuthenticationFailedException or HttpRequestException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } => "wrong-key",
        HttpRequestException { StatusCode: HttpStatusCode.TooManyRequests or HttpStatusCode.PaymentRequired } => "no-quota",
        HttpRequestException { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or < HttpStatusCode.BadRequest } => "wrong-model",
        _ => "wrong-request",
    };

    public static bool IsFilter(string words) => Array.Exists(Filters, w => words.Contains(w, StringComparison.OrdinalIgnoreCase));

    // Servers name the context's length in a code or in words.
    private static bool IsTooLong(JsonNode? error) =>
        error?.ToJsonString() is { } words && Array.Exists(Lengths, l => words.Contains(l, StringComparison.OrdinalIgnoreCase));

    // Only what looks like a code, wherever servers put it.
    private static string CodesOf(JsonNode? body)
    {
        var error = (body as JsonObject)?["error"] ?? body;
        var inner = (error as JsonObject)?["innererror"];
        return string.Join(' ', new[] { (error as JsonObject)?["code"], (error as JsonObject)?["type"], (inner as JsonObject)?["code"] }
            .OfType<JsonValue>().Select(v => v.ToString()).Where(v => v.Length is > 0 and <= 60 && v.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))
            .Distinct(StringComparer.Ordinal));
    }

    /// <returns>Null: it says no time that can be read.</returns>
    private static TimeSpan? After(HttpResponseHeaders headers, DateTimeOffset now)
    {
        double? Number(string name, double unit) => headers.TryGetValues(name, out var values)
            && double.TryParse(values.First(), NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && !double.IsNaN(n) ? n * unit : null;
        var seconds = Number("retry-after-ms", 0.001) ?? Number("Retry-After", 1)
            ?? (headers.TryGetValues("Retry-After", out var dates)
                && DateTimeOffset.TryParse(dates.First(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? (at - now).TotalSeconds : null);
        return seconds is { } s ? TimeSpan.FromSeconds(Math.Clamp(s, 0, LongestPause.TotalSeconds)) : null;
    }
}
