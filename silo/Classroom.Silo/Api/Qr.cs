using Classroom.Silo.Auth;
using Classroom.Silo.Hosting;
using QRCoder;

namespace Classroom.Silo.Api;

/// <summary>The QR code of a join link, for whoever shows one. It is a picture of a page, so nobody can be asked for work: a board that was paired has its own allowance.</summary>
public static class Qr
{
    // A link is 40 characters; each costs the server the square of its length.
    private const int Longest = 300;
    private const int OfADevice = 60;
    private const int OfAnAddress = 300;

    public static void MapQr(this WebApplication app) => app.MapGet("/api/qr", async (string? text, HttpContext context, IPermits permits, KnownDevices known, JoinAddresses addresses) =>
    {
        if (string.IsNullOrEmpty(text) || text.Length > Longest || !IsOurs(text, context.Request, addresses))
        {
            return Errors.Of(StatusCodes.Status400BadRequest, "bad-value");
        }

        var limit = Caller.RoleOf(context.User) is not null ? new PermitLimit($"qr/person/{Caller.IdOf(context.User)}", OfADevice)
            : known.Of(context.Request) is { } device ? new PermitLimit($"qr/device/{device}", OfADevice)
            : new PermitLimit($"qr/address/{Networks.Of(context.Connection.RemoteIpAddress)}", OfAnAddress);
        if (!await permits.TakeAsync(limit))
        {
            return Errors.Of(StatusCodes.Status429TooManyRequests, "too-fast");
        }

        // The same for a whole lesson: a board that is loaded again has it already.
        context.Response.Headers.CacheControl = "private, max-age=86400";
        return Results.Text(Draw(text, QRCodeGenerator.ECCLevel.M), "image/svg+xml");
    }).AllowAnonymous();

    internal static string Draw(string link, QRCodeGenerator.ECCLevel level)
    {
        using var data = QRCodeGenerator.GenerateQrCode(link, level);
        using var code = new SvgQRCode(data);
        return code.GetGraphic(8, "#10242C", "#FFFFFF", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }

    // A picture that this server draws is a picture that people trust. A proxy may take another port than the page's address has.
    internal static bool IsOurs(string text, HttpRequest request, JoinAddresses addresses) =>
        Uri.TryCreate(text, UriKind.Absolute, out var link) && (link.Scheme == Uri.UriSchemeHttps || link.Scheme == Uri.UriSchemeHttp) && link.UserInfo.Length == 0
        && (IsHost(link, request.Host.Host) || addresses.Look().Addresses.Any(a => IsHost(link, new Uri(a.Url).Host)));

    private static bool IsHost(Uri link, string host) => string.Equals(link.Host, host, StringComparison.OrdinalIgnoreCase);
}
