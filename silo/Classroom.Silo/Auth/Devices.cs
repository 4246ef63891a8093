using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Classroom.Silo.Auth;

/// <summary>
/// Which browser asks: a random id in a cookie that only this server can make. An answer that gives it says that no proxy may keep it: a
/// school's would hand the cookie to everybody. It holds nothing of a person and lets nobody in; a browser with cleared storage is a new one.
/// </summary>
public sealed class Devices(IDataProtectionProvider protection)
{
    public const string CookieName = "ortaq-device";
    private const int Bytes = 16;
    private const int Longest = 512;
    private static readonly TimeSpan Life = TimeSpan.FromDays(365);
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("ortaq.device.1").ToTimeLimitedDataProtector();

    /// <returns>Null for a browser that brought no cookie of ours.</returns>
    public Guid? Known(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Cookies[CookieName] is not { Length: > 0 and <= Longest } text)
        {
            return null;
        }

        try
        {
            return _protector.Unprotect(WebEncoders.Base64UrlDecode(text)) is { Length: Bytes } bytes ? new Guid(bytes) : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>A browser as one lesson knows it: the log of two lessons does not say that a child was in both.</summary>
    public static Guid In(Guid classroomId, Guid browser)
    {
        Span<byte> both = stackalloc byte[2 * Bytes];
        classroomId.TryWriteBytes(both);
        browser.TryWriteBytes(both[Bytes..]);
        return new Guid(SHA256.HashData(both).AsSpan(0, Bytes));
    }

    /// <returns>The browser's id, also one that it was given with this answer.</returns>
    public Guid? Named(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items.TryGetValue(typeof(Devices), out var kept) ? (Guid)kept! : Known(context.Request);
    }

    /// <param name="same">The id by which the browser is known otherwise: it keeps it.</param>
    /// <returns>The browser's id; one that brought none is given one with this answer.</returns>
    public Guid Ensure(HttpContext context, Guid? same = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        // Asked twice in one request, it is the same.
        if (context.Items.TryGetValue(typeof(Devices), out var kept))
        {
            return (Guid)kept!;
        }

        if (Known(context.Request) is not { } id || (same is not null && same != id))
        {
            id = same ?? new Guid(RandomNumberGenerator.GetBytes(Bytes));
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Cookies.Append(CookieName, WebEncoders.Base64UrlEncode(_protector.Protect(id.ToByteArray(), Life)), new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                MaxAge = Life,
                Path = "/",
                IsEssential = true,
            });
        }

        context.Items[typeof(Devices)] = id;
        return id;
    }
}
