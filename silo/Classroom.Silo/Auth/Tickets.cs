using Classroom.Silo.Realtime;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Classroom.Silo.Auth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Auth;

/// <summary>What a student's device, a board or a room's helper holds instead of an account: sealed by the server, bound to one classroom.</summary>
/// <param name="Away">It was given in a satellite, whose phones and boards share one line.</param>
public sealed record Ticket(Role Role, Guid ClassroomId, Guid Id, Guid DeviceId, bool Away = false);

/// <summary>Seals and opens tickets. A ticket outlives the lesson by the day in which it can be reopened.</summary>
public sealed class Tickets(IDataProtectionProvider protection, TimeProvider time)
{
    private const int Length = 1 + (3 * 16);
    private const byte IsAway = 0x80;
    private static readonly TimeSpan Life = TimeSpan.FromDays(3);
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("ortaq.ticket.2").ToTimeLimitedDataProtector();

    public string Seal(Ticket ticket, TimeSpan? life = null)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        // Bytes rather than JSON: every phone sends it with every reconnect, and the server holds it as long as the connection.
        var bytes = new byte[Length];
        bytes[0] = (byte)((byte)ticket.Role | (ticket.Away ? IsAway : 0));
        ticket.ClassroomId.TryWriteBytes(bytes.AsSpan(1));
        ticket.Id.TryWriteBytes(bytes.AsSpan(17));
        ticket.DeviceId.TryWriteBytes(bytes.AsSpan(33));
        return WebEncoders.Base64UrlEncode(_protector.Protect(bytes, time.GetUtcNow() + (life ?? Life)));
    }

    public Ticket? Open(string? text) => Open(text, out _);

    /// <param name="until">When the ticket ends; a connection that it opened ends with it.</param>
    public Ticket? Open(string? text, out DateTimeOffset until)
    {
        until = default;
        if (string.IsNullOrEmpty(text) || text.Length > 2048)
        {
            return null;
        }

        try
        {
            return _protector.Unprotect(WebEncoders.Base64UrlDecode(text), out until) is { Length: Length } bytes
                ? new Ticket((Role)(bytes[0] & ~IsAway), new Guid(bytes.AsSpan(1, 16)), new Guid(bytes.AsSpan(17, 16)), new Guid(bytes.AsSpan(33, 16)), (bytes[0] & IsAway) != 0) : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }
}

/// <summary>Lets the hub in with a ticket in <c>access_token</c> (browsers cannot set headers on a WebSocket).</summary>
public sealed class TicketHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Tickets tickets)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Ticket";

    public static string? TextOf(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.Ordinal))
        {
            return header["Bearer ".Length..];
        }

        if (!request.Path.StartsWithSegments(HubSetup.Path, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // Not through Request.Query, which would keep what it read as long as the connection.
        foreach (var pair in new QueryStringEnumerable(request.QueryString.Value))
        {
            if (pair.EncodedName.Span is "access_token")
            {
                return pair.DecodeValue().ToString();
            }
        }

        return null;
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (tickets.Open(TextOf(Request), out var until) is not { Role: Role.Student or Role.Board or Role.Helper } ticket)
        {
            return Task.FromResult(AuthenticateResult.Fail("bad-ticket"));
        }

        var identity = new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, ticket.Id.ToString()),
            new(ClaimTypes.Role, ticket.Role.ToString()),
            new(Caller.ClassroomClaim, ticket.ClassroomId.ToString()),
            new(Caller.DeviceClaim, ticket.DeviceId.ToString()),
            .. ticket.Away ? [new Claim(Caller.AwayClaim, "")] : Array.Empty<Claim>(),
        ], SchemeName);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(
            new ClaimsPrincipal(identity), new AuthenticationProperties { ExpiresUtc = until }, SchemeName)));
    }
}
