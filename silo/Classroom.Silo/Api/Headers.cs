using Classroom.Silo.Realtime;
using Classroom.Silo.Auth;
using Classroom.Silo.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Classroom.Silo.Api;

/// <summary>What every answer carries, and what every changing request must carry.</summary>
public static class Headers
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; media-src 'self' blob:; " +
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    // Orleans' page styles itself inline and has its icons in its style sheet. An admin alone gets it, and it shows nothing that a person wrote.
    private static readonly string PolicyOfDashboard = Policy
        .Replace("style-src 'self'", "style-src 'self' 'unsafe-inline'", StringComparison.Ordinal).Replace("font-src 'self'", "font-src 'self' data:", StringComparison.Ordinal);

    // A year, as browsers ask for. Not for names below it: what else the school has there is not known here.
    private const string OnlyHttps = "max-age=31536000";

    public static void UseOrtaqHeaders(this WebApplication app)
    {
        // A browser that has read it refuses http there for a year: only where the operator has said that the site is https, and by that name.
        var secure = PublicUrlOf(app) is { Scheme: "https", IsDomain: true } url ? url : null;
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments(DashboardSetup.Path, StringComparison.OrdinalIgnoreCase) ? PolicyOfDashboard : Policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), payment=()";
            // Nothing that is said to a person stays in a cache on the way or on a shared computer; files of the client say otherwise of themselves.
            headers.CacheControl = "no-store";
            if (context.Request.Path.StartsWithSegments(HubSetup.Path, StringComparison.OrdinalIgnoreCase))
            {
                // nginx would keep server-sent events until it has a page full of them, and a browser takes the line for dead: it then polls.
                headers["X-Accel-Buffering"] = "no";
            }

            if (secure is not null && context.Request.IsHttps && BrowserAddress.Of(context.Request)?.Host == secure.Host)
            {
                headers.StrictTransportSecurity = OnlyHttps;
            }

            return next(context);
        });
    }

    /// <summary>
    /// Another site's page can make a browser send a form or open a WebSocket with our cookie. It can neither add a header of its own
    /// nor forge the Origin, so both are asked for.
    /// </summary>
    public static void UseOrtaqForgeryCheck(this WebApplication app)
    {
        var publicUrl = PublicUrlOf(app);
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Headers));
        app.Use((context, next) =>
        {
            var request = context.Request;
            var hub = request.Path.StartsWithSegments(HubSetup.Path, StringComparison.OrdinalIgnoreCase);
            var changes = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
            if ((hub || changes) && IsForeign(request, publicUrl))
            {
                return RefuseAsync(context, logger);
            }

            if (changes && !hub && request.Headers["X-Ortaq"] != "1")
            {
                return Errors.Of(StatusCodes.Status403Forbidden, "wrong-origin").ExecuteAsync(context);
            }

            if (HasForeignCharset(request))
            {
                context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
                return Task.CompletedTask;
            }

            return next(context);
        });
    }

    // Another site's page, or our own behind a proxy that hides what the browser saw: a whole school would then read that nothing works, and not why.
    private static Task RefuseAsync(HttpContext context, ILogger logger)
    {
        var page = context.Request.Headers.Origin is [{ } origin] ? BrowserAddress.Of(origin) : null;
        if (page is null)
        {
            return Errors.Of(StatusCodes.Status403Forbidden, "wrong-origin").ExecuteAsync(context);
        }

        if (context.Request.Headers["Sec-Fetch-Site"] is not ["cross-site"])
        {
            logger.LogWarning(
                "A page of {Origin} was refused, because the request was sent to {Seen}. If browsers reach this program as {Page}, set Ortaq:PublicUrl to it",
                page, BrowserAddress.Of(context.Request), page);
        }

        return Errors.Of(new Refusal("address-unknown", "origin", page.ToString()), StatusCodes.Status403Forbidden).ExecuteAsync(context);
    }

    internal static BrowserAddress? PublicUrlOf(WebApplication app) => BrowserAddress.Of(app.Services.GetRequiredService<IOptions<SiteOptions>>().Value.PublicUrl);

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
    public static bool IsForeign(HttpRequest request, BrowserAddress? publicUrl)
    {
        ArgumentNullException.ThrowIfNull(request);
        // Several are none that a browser sends.
        return request.Headers.Origin is { Count: > 0 } origins && !(origins is [{ } origin] && BrowserAddress.IsOurs(request, origin, publicUrl));
    }
}
