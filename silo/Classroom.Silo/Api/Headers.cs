using Classroom.Silo.Realtime;
using Classroom.Silo.Auth;
using Classroom.Silo.Hosting;
using Microsoft.Net.Http.Headers;

namespace Classroom.Silo.Api;

/// <summary>What every answer carries, and what every changing request must carry.</summary>
public static class Headers
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    // Orleans' page styles itself inline and has its icons in its style sheet. An admin alone gets it, and it shows nothing that a person wrote.
    private static readonly string PolicyOfDashboard = Policy
        .Replace("style-src 'self'", "style-src 'self' 'unsafe-inline'", StringComparison.Ordinal).Replace("font-src 'self'", "font-src 'self' data:", StringComparison.Ordinal);

    public static void UseOrtaqHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments(DashboardSetup.Path, StringComparison.OrdinalIgnoreCase) ? PolicyOfDashboard : Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), payment=()";
        return next(context);
    });

    /// <summary>
    /// Another site's page can make a browser send a form or open a WebSocket with our cookie. It can neither add a header of its own
    /// nor forge the Origin, so both are asked for.
    /// </summary>
    public static void UseOrtaqForgeryCheck(this WebApplication app) => app.Use((context, next) =>
    {
        var request = context.Request;
        var hub = request.Path.StartsWithSegments(HubSetup.Path, StringComparison.OrdinalIgnoreCase);
        var changes = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        if (IsForeign(request) && (hub || changes) || changes && !hub && request.Headers["X-Ortaq"] != "1")
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return context.Response.WriteAsJsonAsync(new ErrorBody("wrong-origin", ImmutableDictionary<string, string>.Empty));
        }

        if (HasForeignCharset(request))
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return Task.CompletedTask;
        }

        return next(context);
    });

    // Bodies are UTF-8; a name that the framework does not know would be an exception in it.
    private static bool HasForeignCharset(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.Charset is { Length: > 0 } charset
        && !HeaderUtilities.RemoveQuotes(charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    /// <summary>A person goes there: no picture, script or frame of a page. Browsers say so; who says nothing is none, or an old one.</summary>
    public static bool IsNavigation(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Is("Sec-Fetch-Mode", "navigate") && Is("Sec-Fetch-Dest", "document");

        bool Is(string name, string value) => request.Headers[name] is not { Count: > 0 } given || given == value;
    }

    /// <summary>Sent by a page of another site.</summary>
    public static bool IsForeign(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        // Several are none that a browser sends.
        return request.Headers.Origin is { Count: > 0 } origins
            && !(origins is [{ } origin] && Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority == request.Host.Value);
    }
}
