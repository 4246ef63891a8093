using System.ClientModel;
using System.Globalization;
using System.Text.Json;
using Polly.CircuitBreaker;

namespace Classroom.Tutor;

/// <summary>What a provider's failure means: a code of <see cref="TutorException"/>, and when to come again if it said so.</summary>
internal readonly record struct ModelFault(string Code, TimeSpan? RetryAfter = null)
{
    /// <returns>Null when it is no failure of a provider.</returns>
    public static ModelFault? Of(Exception e, bool started) => e switch
    {
        TutorException t => new(t.Code),
        ClientResultException { Status: 429 } c => new("tutor-busy", After(c)),
        ClientResultException c => new("tutor-unavailable", c.Status == 503 ? After(c) : null),
        BrokenCircuitException => new("tutor-unavailable"),
        TimeoutException => new("tutor-timeout"),
        IOException or HttpRequestException or JsonException or InvalidOperationException or FormatException or KeyNotFoundException
            or OperationCanceledException or AggregateException => new(started ? "tutor-cut" : "tutor-unavailable"),
        _ => null,
    };

    private static TimeSpan? After(ClientResultException e)
    {
        if (e.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var text) != true)
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(Math.Max(0, seconds))
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var at) ? at - DateTimeOffset.UtcNow : null;
    }
}
