using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Classroom.Silo.Auth;

/// <summary>
/// Which browsers have been let in before: by a right code, a right password or a paired board. An id (<see cref="Devices"/>) is to be had for nothing,
/// this is not; so a browser that has it answers for itself alone, whatever others behind its address do. Sealed in a cookie, so every silo knows it.
/// </summary>
public sealed class KnownDevices(Devices devices, IDataProtectionProvider protection)
{
    public const string CookieName = "ortaq-known";

    // A teachers' room shares a computer; who came before the last few is asked for work if somebody guesses at the login.
    private const int MostLogins = 8;
    private const int LoginBytes = 8;
    private const int IdBytes = 16;
    private const int Longest = 1024;
    private static readonly TimeSpan Life = TimeSpan.FromDays(180);
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("ortaq.known.1").ToTimeLimitedDataProtector();

    /// <param name="login">Also somebody has signed in with this login there; null: any browser that was let in.</param>
    public Guid? Of(HttpRequest request, string? login = null) =>
        devices.Known(request) is { } id && Open(request) is { } known && known.Id == id && known.Logins is { } logins && (login is null || Contains(logins, Fingerprint(login))) ? id : null;

    /// <summary>The browser's id. One that lost, or threw away, its other cookie is still the one that was let in before.</summary>
    public Guid Ensure(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return devices.Ensure(context, Open(context.Request)?.Id);
    }

    /// <summary>Let in: with this answer the browser is known.</summary>
    public void Remember(HttpContext context, string? login = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        var id = devices.Ensure(context);
        var known = Open(context.Request) is { } before && before.Id == id ? before.Logins : null;
        if (known is not null && (login is null || Contains(known, Fingerprint(login))))
        {
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        var logins = (login is null ? [] : Fingerprint(login)).Concat(known ?? []).Take(MostLogins * LoginBytes);
        context.Response.Cookies.Append(CookieName, WebEncoders.Base64UrlEncode(_protector.Protect([.. id.ToByteArray(), .. logins], Life)), new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, MaxAge = Life, Path = "/", IsEssential = true,
        });
    }

    /// <returns>The id it was given, and the logins' fingerprints; null for a browser that is not known.</returns>
    private (Guid Id, byte[] Logins)? Open(HttpRequest request)
    {
        if (request.Cookies[CookieName] is not { Length: > 0 and <= Longest } text)
        {
            return null;
        }

        try
        {
            return _protector.Unprotect(WebEncoders.Base64UrlDecode(text)) is { Length: >= IdBytes } bytes ? (new Guid(bytes.AsSpan(0, IdBytes)), bytes[IdBytes..]) : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private static bool Contains(byte[] logins, byte[] login) => logins.Chunk(LoginBytes).Any(l => l.AsSpan().SequenceEqual(login));

    private static byte[] Fingerprint(string login) => SHA256.HashData(Encoding.UTF8.GetBytes(login.ToUpperInvariant()))[..LoginBytes];
}
