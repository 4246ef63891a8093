using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Classroom.Silo.Hubs;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Auth;

/// <summary>What a student's device or a board holds instead of an account: sealed by the server, bound to one classroom.</summary>
public sealed record Ticket(Role Role, Guid ClassroomId, Guid Id, Guid DeviceId);

/// <summary>Seals and opens tickets. A ticket outlives the lesson by the day in which it can be reopened.</summary>
public sealed class Tickets(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(3);
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("ortaq.ticket.1").ToTimeLimitedDataProtector();

    public string Seal(Ticket ticket) => _protector.Protect(JsonSerializer.Serialize(ticket), Life);

    public Ticket? Open(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 2048)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Ticket>(_protector.Unprotect(text));
        }
        catch (Exception e) when (e is CryptographicException or JsonException or FormatException)
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

        return request.Path.StartsWithSegments(HubSetup.Path, StringComparison.Ordinal) && request.Query.TryGetValue("access_token", out var token)
            ? token.ToString() : null;
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (tickets.Open(TextOf(Request)) is not { Role: Role.Student or Role.Board } ticket)
        {
            return Task.FromResult(AuthenticateResult.Fail("bad-ticket"));
        }

        var identity = new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, ticket.Id.ToString()),
            new(ClaimTypes.Role, ticket.Role.ToString()),
            new(Caller.ClassroomClaim, ticket.ClassroomId.ToString()),
            new(Caller.DeviceClaim, ticket.DeviceId.ToString()),
        ], SchemeName);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName)));
    }
}
