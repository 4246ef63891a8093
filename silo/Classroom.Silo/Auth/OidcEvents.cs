using System.IdentityModel.Tokens.Jwt;
using Classroom.Silo.Api;
using Classroom.Silo.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Classroom.Silo.Auth;

/// <summary>A sign-in through the organisation that ends without one; the page words the code.</summary>
public sealed class SignInRefusedException(string code) : Exception(code);

/// <summary>
/// What this program decides in the framework's handler. Invariant: whatever the provider or the browser sends, somebody is signed in with an account
/// and a role, or stands on the sign-in page with a sentence.
/// </summary>
public sealed class OidcEvents(
    IOptions<SiteOptions> site, IOptions<OidcOptions> options, OidcAccounts accounts, TimeProvider time, ILogger<OidcEvents> logger) : OpenIdConnectEvents
{
    /// <summary>
    /// The id token, which the organisation's sign-out asks for, is kept in the cookie up to this length: every request carries it, and nginx takes 4 KB
    /// of headers in an answer unless it is told otherwise.
    /// </summary>
    private const int LongestHint = 1200;

    public override Task RedirectToIdentityProvider(RedirectContext context)
    {
        context.ProtocolMessage.RedirectUri = Public(OidcSetup.CallbackPath) ?? context.ProtocolMessage.RedirectUri;
        return Task.CompletedTask;
    }

    public override Task RedirectToIdentityProviderForSignOut(RedirectContext context)
    {
        context.ProtocolMessage.PostLogoutRedirectUri = Public(OidcSetup.SignedOutPath) ?? context.ProtocolMessage.PostLogoutRedirectUri;
        // Says whose sign-out it is where there is no token.
        context.ProtocolMessage.ClientId = context.Options.ClientId;
        return Task.CompletedTask;
    }

    public override Task TokenValidated(TokenValidatedContext context)
    {
        var token = context.SecurityToken;
        // The handler takes an unsigned token that came from the token endpoint itself; over a school's http that says little.
        if (!OidcSetup.Algorithms.Contains(token.SignatureAlgorithm))
        {
            // Thrown and not failed: the handler keeps which page began.
            throw new SecurityTokenInvalidSignatureException("The id token is not signed by an asymmetric key.");
        }

        var age = time.GetUtcNow().UtcDateTime - token.IssuedAt;
        if (age > OidcSetup.OldestToken || -age > OidcSetup.ClockSkew)
        {
            throw Refused("clock-differs");
        }

        context.HttpContext.Features.Set(PersonOf(token, context.TokenEndpointResponse?.IdToken));
        return Task.CompletedTask;
    }

    public override async Task TicketReceived(TicketReceivedContext context)
    {
        try
        {
            var person = context.HttpContext.Features.Get<OrganisationPerson>()!;
            var (principal, role) = await accounts.EnterAsync(person, context.HttpContext.RequestAborted);
            context.Principal = principal;
            KeepLittle(context.Properties!, person);
            context.ReturnUri = Session.HomeOf(role, context.ReturnUri);
        }
        catch (Exception e) when (e is SignInRefusedException or DbUpdateException || Passing.WillPass(e))
        {
            End(context, e, context.ReturnUri);
        }
    }

    public override Task AccessDenied(AccessDeniedContext context)
    {
        End(context, Refused("organisation-refused"), context.ReturnUrl);
        return Task.CompletedTask;
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        End(context, context.Failure, context.Properties?.RedirectUri);
        return Task.CompletedTask;
    }

    /// <summary>The code of what went wrong, as the sign-in page words it.</summary>
    public static string CodeOf(Exception? failure)
    {
        return (failure switch
        {
            SignInRefusedException e => e,
            SecurityTokenExpiredException or SecurityTokenNotYetValidException => Refused("clock-differs"),
            OpenIdConnectProtocolException e when e.Data["error"] is "access_denied" or "login_required" or "interaction_required" or "consent_required" =>
                Refused("organisation-refused"),
            OpenIdConnectProtocolException e when e.Data["error"] is "server_error" or "temporarily_unavailable" => Refused("organisation-away"),
            HttpRequestException or TaskCanceledException or TimeoutException or IOException => Refused("organisation-away"),
            DbUpdateException => Refused("try-again"),
            _ when failure is not null && Passing.WillPass(failure) => Refused("try-again"),
            _ => Refused("organisation-failed"),
        }).Message;
    }

    private static SignInRefusedException Refused(string code) => new(code);

    private string? Public(string path) => site.Value.PublicUrl is { Length: > 0 } url ? url.TrimEnd('/') + path : null;

    private OrganisationPerson PersonOf(JwtSecurityToken token, string? text)
    {
        string[] Of(string? claim) => string.IsNullOrWhiteSpace(claim) ? [] : [.. token.Claims.Where(c => c.Type == claim).Select(c => c.Value)];
        return new OrganisationPerson(
            token.Issuer, token.Subject ?? "",
            Of("name").Concat(Of("preferred_username")).Concat(Of("email")).FirstOrDefault(n => !string.IsNullOrWhiteSpace(n)),
            Of(options.Value.RoleClaim), Of(options.Value.CentreClaim), text is { Length: <= LongestHint } ? text : null);
    }

    // Every request carries the cookie: none of the handler's own notes, and no token but the one that signing out asks for.
    private void KeepLittle(AuthenticationProperties properties, OrganisationPerson person)
    {
        properties.Items.Clear();
        properties.IsPersistent = true;
        (properties.IssuedUtc, properties.ExpiresUtc) = (time.GetUtcNow(), time.GetUtcNow().AddHours(options.Value.SessionHours));
        // Used or not, it ends then: whoever lost a role at the organisation has lost it here.
        properties.AllowRefresh = false;
        if (person.IdToken is { } token)
        {
            properties.StoreTokens([new AuthenticationToken { Name = OpenIdConnectParameterNames.IdToken, Value = token }]);
        }
    }

    private void End<T>(HandleRequestContext<T> context, Exception? failure, string? page) where T : AuthenticationSchemeOptions
    {
        var code = CodeOf(failure);
        // The message of a fault may hold what the provider sent; its kind says what to look for.
        logger.LogWarning("A sign-in through the organisation ended: {Code} ({Kind})", code, failure?.GetType().Name);
        context.Response.Redirect(Session.SignInOf(page, code));
        context.HandleResponse();
    }
}
